// Reads lines from host memory and deals their granules out to the banks.
//
// Requests are of 4, 2 or 1 lines, at a multiple of their own size: what the host channel takes natively. Lines come
// in the order of the requests. A request is made when its granules have room in the FIFOs of all their banks. Lines of
// zeros need no host: they come as soon as they are asked for.
module ternac_copy_host_read
  import ternac_csr_pkg::*;
#(
  parameter  int unsigned Channels = 4,     // banks
  parameter  int unsigned Beat = 64,        // bytes of a granule
  parameter  int unsigned LineBits = 58,    // of a line's number, and of a number of lines
  parameter  int unsigned RoomBits = 10,    // of a bank's room
  parameter  int unsigned MaxBursts = 128,  // in flight
  localparam int unsigned LineGranules = HostLineBytes / Beat
) (
  input  logic                              clk_i,          // clock
  input  logic                              rst_ni,         // asynchronous reset, active low
  // a copy
  input  logic                              start_i,        // pulse: a copy begins, only when idle_o
  input  logic                              zero_i,         // with start_i: lines of zeros
  input  logic [LineBits-1:0]               first_i,        // number of its first line in host memory
  input  logic [LineBits-1:0]               lines_i,        // how many
  input  logic [$clog2(HostLineBytes)+8:0]  granule_i,      // its first granule on the card, lowest bits
  output logic                              idle_o,         // all granules are in the banks' FIFOs
  output logic                              error_o,        // the host answers with an error
  output logic                              line_o,         // data_o is a line of the copy, for the CRC
  output logic [8*HostLineBytes-1:0]        data_o,
  // to the banks
  input  logic [Channels-1:0][RoomBits-1:0] room_i,         // granules that can be reserved
  output logic [Channels-1:0][RoomBits-1:0] reserve_o,      // reserve so many
  output logic [Channels-1:0]               push_o,         // a granule for a bank
  output logic [Channels-1:0][8*Beat-1:0]   push_data_o,    // the granule
  // AXI4 reads of host memory
  output logic                              axi_arvalid_o,
  input  logic                              axi_arready_i,
  output logic [63:0]                       axi_araddr_o,
  output logic [7:0]                        axi_arlen_o,
  input  logic                              axi_rvalid_i,
  output logic                              axi_rready_o,
  input  logic [8*HostLineBytes-1:0]        axi_rdata_i,
  input  logic                              axi_rlast_i,
  input  logic [1:0]                        axi_rresp_i
);
  localparam int unsigned MaxLines = 4;  // of a request
  localparam int unsigned FlightBits = $clog2(MaxBursts + 1);
  localparam int unsigned ChannelBits = $clog2(Channels) + 1;
  // Granules of a line that are dealt out in a clock, and clocks that a line takes.
  localparam int unsigned Slice = LineGranules < Channels ? LineGranules : Channels;
  localparam int unsigned Slices = LineGranules / Slice;
  localparam int unsigned SliceBits = Slices > 1 ? $clog2(Slices) : 1;
  // Most granules of a request in one bank.
  localparam int unsigned MostGranules =
      MaxLines * LineGranules > Channels ? MaxLines * LineGranules / Channels : 1;

  // ---- requests -------------------------------------------------------------------------------------
  logic [LineBits-1:0] next_q, left_q;
  logic [ChannelBits-1:0] bank_q;  // of the next request's first granule
  logic [2:0] lines;
  logic ar_valid_q, request, has_room, ended;
  logic [LineBits-1:0] address_q;
  logic [7:0] len_q;
  logic [FlightBits-1:0] flight_q;
  logic zero_q;
  logic [2:0] zeros_q;  // lines of zeros that were asked for

  always_comb begin
    if (next_q[1:0] == '0 && left_q >= LineBits'(4)) lines = 3'd4;
    else if (!next_q[0] && left_q >= LineBits'(2)) lines = 3'd2;
    else lines = 3'd1;
  end

  always_comb begin
    has_room = 1'b1;
    for (int unsigned c = 0; c < Channels; c++)
      if (room_i[c] < RoomBits'(MostGranules)) has_room = 1'b0;
  end

  assign request = left_q != '0 && has_room && flight_q != FlightBits'(MaxBursts) &&
      (zero_q ? zeros_q == '0 || (zeros_q == 3'd1 && line_o) : !ar_valid_q || axi_arready_i);

  // Granules of the request in bank c: those at its offset from the first bank, and every Channels-th from there on.
  always_comb begin
    for (int unsigned c = 0; c < Channels; c++) begin
      automatic int unsigned granules, offset;
      granules = 32'(lines) * LineGranules;
      offset = (c - 32'(bank_q)) % Channels;
      reserve_o[c] = '0;
      if (request && granules > offset)
        reserve_o[c] = RoomBits'((granules - offset + Channels - 1) / Channels);
    end
  end

  assign ended = axi_rvalid_i && axi_rready_o && axi_rlast_i;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      next_q <= '0;
      left_q <= '0;
      bank_q <= '0;
      ar_valid_q <= 1'b0;
      address_q <= '0;
      len_q <= '0;
      flight_q <= '0;
      zero_q <= 1'b0;
      zeros_q <= '0;
    end else begin
      if (start_i) begin
        zero_q <= zero_i;
        next_q <= first_i;
        left_q <= lines_i;
        bank_q <= ChannelBits'(32'(granule_i) % Channels);
      end else if (request) begin
        next_q <= next_q + LineBits'(lines);
        left_q <= left_q - LineBits'(lines);
        bank_q <= ChannelBits'((32'(bank_q) + 32'(lines) * LineGranules) % Channels);
      end
      if (!ar_valid_q || axi_arready_i) ar_valid_q <= request && !zero_q;
      if (request && zero_q) zeros_q <= lines;
      else if (zeros_q != '0 && line_o) zeros_q <= zeros_q - 3'd1;
      if (request) begin
        address_q <= next_q;
        len_q <= 8'(lines) - 8'd1;
      end
      flight_q <= flight_q + FlightBits'(request && !zero_q) - FlightBits'(ended);
    end
  end

  assign axi_arvalid_o = ar_valid_q;
  assign axi_araddr_o = 64'(address_q) << $clog2(HostLineBytes);
  assign axi_arlen_o = len_q;

  // ---- lines ----------------------------------------------------------------------------------------
  logic line_valid_q, last_slice;
  logic [8*HostLineBytes-1:0] line_q;
  logic [SliceBits-1:0] slice_q;
  logic [ChannelBits-1:0] line_bank_q;  // bank of the line's first granule, when it has fewer than banks

  assign last_slice = slice_q == SliceBits'(Slices - 1);
  assign axi_rready_o = !line_valid_q || last_slice;
  assign line_o = axi_rready_o && (zero_q ? zeros_q != '0 : axi_rvalid_i);
  assign data_o = zero_q ? '0 : axi_rdata_i;
  assign error_o = line_o && !zero_q && axi_rresp_i != '0;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      line_valid_q <= 1'b0;
      slice_q <= '0;
      line_bank_q <= '0;
    end else begin
      if (axi_rready_o) line_valid_q <= line_o;
      if (line_valid_q) slice_q <= last_slice ? '0 : slice_q + SliceBits'(1);
      if (start_i) line_bank_q <= ChannelBits'(32'(granule_i) % Channels);
      else if (line_valid_q && last_slice)
        line_bank_q <= ChannelBits'((32'(line_bank_q) + LineGranules) % Channels);
    end
  end

  always_ff @(posedge clk_i) begin
    if (line_o) line_q <= data_o;
  end

  // A line begins at a multiple of its granules, so a granule's place in the line says which banks it can go to.
  always_comb begin
    for (int unsigned c = 0; c < Channels; c++) begin
      push_o[c] = line_valid_q && (Slice == Channels || c / Slice == 32'(line_bank_q) / Slice);
      push_data_o[c] = line_q[(32'(slice_q) * Slice + c % Slice) * 8 * Beat+:8 * Beat];
    end
  end

  assign idle_o = left_q == '0 && flight_q == '0 && zeros_q == '0 && !line_valid_q;
endmodule
