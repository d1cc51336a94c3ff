// Collects granules from the banks into lines and writes them to host memory; and writes completions.
//
// Requests are of 4, 2 or 1 lines, at a multiple of their own size: what the host channel takes natively. Data never
// come before their request was accepted. Lines of a check are collected as well, but go nowhere.
module ternac_copy_host_write
  import ternac_csr_pkg::*;
#(
  parameter  int unsigned Channels = 4,    // banks
  parameter  int unsigned Beat = 64,       // bytes of a granule
  parameter  int unsigned LineBits = 58,   // of a line's number, and of a number of lines
  parameter  int unsigned MaxBursts = 64,  // in flight
  localparam int unsigned LineGranules = HostLineBytes / Beat
) (
  input  logic                             clk_i,          // clock
  input  logic                             rst_ni,         // asynchronous reset, active low
  // a copy
  input  logic                             start_i,        // pulse: a copy begins, only when idle_o
  input  logic                             check_i,        // with start_i: write nothing
  input  logic [LineBits-1:0]              first_i,        // number of its first line in host memory
  input  logic [LineBits-1:0]              lines_i,        // how many
  input  logic [$clog2(HostLineBytes)+8:0] granule_i,      // its first granule on the card, lowest bits
  // a completion
  input  logic                             complete_i,     // pulse: write a line, only when idle_o
  input  logic [LineBits-1:0]              complete_at_i,  // its number in host memory
  input  logic [8*HostLineBytes-1:0]       complete_data_i,
  output logic                             idle_o,         // everything is written, and answered
  output logic                             error_o,        // the host answers with an error
  output logic                             line_o,         // axi_wdata_o is a line of the copy, for the CRC
  // from the banks
  input  logic [Channels-1:0]              valid_i,        // a bank's next granule is there
  input  logic [Channels-1:0][8*Beat-1:0]  data_i,         // the granule
  output logic [Channels-1:0]              pop_o,          // it is taken
  // AXI4 writes to host memory
  output logic                             axi_awvalid_o,
  input  logic                             axi_awready_i,
  output logic [63:0]                      axi_awaddr_o,
  output logic [7:0]                       axi_awlen_o,
  output logic                             axi_wvalid_o,
  input  logic                             axi_wready_i,
  output logic [8*HostLineBytes-1:0]       axi_wdata_o,
  output logic                             axi_wlast_o,
  input  logic                             axi_bvalid_i,
  output logic                             axi_bready_o,
  input  logic [1:0]                       axi_bresp_i
);
  localparam int unsigned FlightBits = $clog2(MaxBursts + 1);
  localparam int unsigned ChannelBits = $clog2(Channels) + 1;
  // Granules of a line that are taken in a clock, and clocks that a line takes.
  localparam int unsigned Slice = LineGranules < Channels ? LineGranules : Channels;
  localparam int unsigned Slices = LineGranules / Slice;
  localparam int unsigned SliceBits = Slices > 1 ? $clog2(Slices) : 1;

  // Lines of the request at a line with so many left.
  function automatic logic [2:0] request_lines(logic [1:0] line, logic [LineBits-1:0] left);
    if (line == '0 && left >= LineBits'(4)) return 3'd4;
    if (!line[0] && left >= LineBits'(2)) return 3'd2;
    return 3'd1;
  endfunction

  // ---- requests -------------------------------------------------------------------------------------
  logic [LineBits-1:0] next_q, left_q, address_q;
  logic [2:0] lines;
  logic aw_valid_q, request, aw_fire, w_last_fire, b_fire;
  logic [7:0] len_q;
  logic [FlightBits-1:0] flight_q;  // bursts without an answer
  logic check_q;
  logic [FlightBits-1:0] lead_q;    // bursts accepted whose data are not complete

  assign lines = request_lines(next_q[1:0], left_q);
  assign request = left_q != '0 && flight_q != FlightBits'(MaxBursts) &&
      (!aw_valid_q || axi_awready_i);
  assign aw_fire = axi_awvalid_o && axi_awready_i;
  assign b_fire = axi_bvalid_i && axi_bready_o;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      next_q <= '0;
      left_q <= '0;
      aw_valid_q <= 1'b0;
      address_q <= '0;
      len_q <= '0;
      flight_q <= '0;
      lead_q <= '0;
      check_q <= 1'b0;
    end else begin
      if (start_i) begin
        check_q <= check_i;
        next_q <= first_i;
        left_q <= check_i ? '0 : lines_i;
      end else if (request) begin
        next_q <= next_q + LineBits'(lines);
        left_q <= left_q - LineBits'(lines);
      end
      if (!aw_valid_q || axi_awready_i) aw_valid_q <= request || complete_i;
      if (complete_i) begin
        check_q <= 1'b0;
        address_q <= complete_at_i;
        len_q <= '0;
      end else if (request) begin
        address_q <= next_q;
        len_q <= 8'(lines) - 8'd1;
      end
      flight_q <= flight_q + FlightBits'(request || complete_i) - FlightBits'(b_fire);
      lead_q <= lead_q + FlightBits'(aw_fire) - FlightBits'(w_last_fire);
    end
  end

  assign axi_awvalid_o = aw_valid_q;
  assign axi_awaddr_o = 64'(address_q) << $clog2(HostLineBytes);
  assign axi_awlen_o = len_q;
  assign axi_bready_o = 1'b1;
  assign error_o = b_fire && axi_bresp_i != '0;

  // ---- lines ----------------------------------------------------------------------------------------
  logic w_valid_q, w_last_q, w_free, take, last_slice, filled;
  logic [8*HostLineBytes-1:0] w_data_q;
  logic [SliceBits-1:0] slice_q;
  logic [ChannelBits-1:0] line_bank_q;  // bank of the line's first granule, when it has fewer than banks
  logic [LineBits-1:0] w_left_q;        // lines that are not filled
  logic [1:0] w_line_q;                 // number of the line being filled, lowest bits
  logic [2:0] w_burst_q;                // lines of its burst from it on; 0: it begins one
  logic [2:0] w_burst;
  logic [Channels-1:0] wanted;

  always_comb begin
    for (int unsigned c = 0; c < Channels; c++)
      wanted[c] = Slice == Channels || c / Slice == 32'(line_bank_q) / Slice;
  end

  assign last_slice = slice_q == SliceBits'(Slices - 1);
  assign w_free = !w_valid_q || check_q || (axi_wvalid_o && axi_wready_i);
  assign take = w_left_q != '0 && w_free && (wanted & ~valid_i) == '0;
  assign filled = take && last_slice;
  assign pop_o = take ? wanted : '0;
  assign w_burst = w_burst_q == '0 ? request_lines(w_line_q, w_left_q) : w_burst_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      w_valid_q <= 1'b0;
      w_last_q <= 1'b0;
      slice_q <= '0;
      line_bank_q <= '0;
      w_left_q <= '0;
      w_line_q <= '0;
      w_burst_q <= '0;
    end else begin
      if (w_free) w_valid_q <= filled || complete_i;
      if (filled) w_last_q <= w_burst == 3'd1;
      else if (complete_i) w_last_q <= 1'b1;
      if (take) slice_q <= last_slice ? '0 : slice_q + SliceBits'(1);
      if (start_i) begin
        line_bank_q <= ChannelBits'(32'(granule_i) % Channels);
        w_left_q <= lines_i;
        w_line_q <= first_i[1:0];
        w_burst_q <= '0;
      end else if (filled) begin
        line_bank_q <= ChannelBits'((32'(line_bank_q) + LineGranules) % Channels);
        w_left_q <= w_left_q - LineBits'(1);
        w_line_q <= w_line_q + 2'd1;
        w_burst_q <= w_burst - 3'd1;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (complete_i) begin
      w_data_q <= complete_data_i;
    end else if (take) begin
      for (int unsigned c = 0; c < Channels; c++)
        if (wanted[c]) w_data_q[(32'(slice_q) * Slice + c % Slice) * 8 * Beat+:8 * Beat] <= data_i[c];
    end
  end

  logic completion_q;  // the line is a completion
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) completion_q <= 1'b0;
    else if (complete_i) completion_q <= 1'b1;
    else if (start_i) completion_q <= 1'b0;
  end

  assign axi_wvalid_o = w_valid_q && !check_q && lead_q != '0;
  assign axi_wdata_o = w_data_q;
  assign axi_wlast_o = w_last_q;
  assign w_last_fire = axi_wvalid_o && axi_wready_i && w_last_q;
  assign line_o = w_valid_q && w_free && !completion_q;

  assign idle_o = left_q == '0 && flight_q == '0 && w_left_q == '0 && !w_valid_q;
endmodule
