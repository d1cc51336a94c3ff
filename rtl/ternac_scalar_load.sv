// Loads of scalars, one at a time: 4 bytes, extended by their sign, or 8 bytes. They are inside one
// granule, or whole granules of the only channel.
module ternac_scalar_load #(
  parameter ternac_pkg::config_t Cfg = ternac_pkg::ConfigTiny,
  localparam int unsigned Beat = Cfg.beat_bytes,
  localparam int unsigned GranBits = 8 * Beat,
  localparam int unsigned Ch = Cfg.channels,
  localparam int unsigned ChAddrBits = ternac_core_pkg::AddressBits - $clog2(Beat) - $clog2(Ch)
) (
  input  logic                        clk_i,
  input  logic                        rst_ni,
  // front end
  input  logic                        load_valid_i,
  output logic                        load_ready_o,
  input  ternac_core_pkg::address_t   load_address_i,  // a multiple of the size
  input  logic                        load_double_i,   // 8 bytes, else 4
  input  logic [4:0]                  load_rd_i,       // register that receives it
  output logic                        loaded_valid_o,  // for one clock
  output logic [4:0]                  loaded_rd_o,
  output logic [63:0]                 loaded_data_o,
  // memory ports; address and beats are common to all
  output logic [Ch-1:0]               req_valid_o,
  input  logic [Ch-1:0]               req_ready_i,
  output logic [ChAddrBits-1:0]       req_address_o,
  output logic [7:0]                  req_beats_o,
  input  logic [Ch-1:0]               rsp_valid_i,
  input  logic [Ch-1:0][GranBits-1:0] rsp_data_i,
  /* verilator lint_off UNUSEDSIGNAL */
  input  logic [Ch-1:0]               rsp_last_i       // not needed: granules are counted
  /* verilator lint_on UNUSEDSIGNAL */
);
  import ternac_pkg::*;
  import ternac_core_pkg::*;

  localparam int unsigned BeatBits = $clog2(Beat);
  localparam int unsigned ChBits = Ch > 1 ? $clog2(Ch) : 1;
  localparam int unsigned Part = Beat < 8 ? Beat : 8;  // bytes of the scalar that a response brings

  logic busy_q, double_q, loaded_q;
  address_t address_q;
  logic [4:0] rd_q;
  logic [3:0] ask_q, left_q;  // granules to ask for, and to receive
  logic [63:0] data_q;
  logic [ChBits-1:0] channel;
  logic [3:0] granules;       // of the new load
  logic response, taken;

  assign granules = Beat >= 8 ? 4'd1 : load_double_i ? 4'(8 / Part) : Beat >= 4 ? 4'd1 : 4'(4 / Part);
  assign channel = ChBits'(32'(address_q >> BeatBits) & (Ch - 1));
  assign load_ready_o = !busy_q;
  assign req_address_o = ChAddrBits'(address_q >> (BeatBits + $clog2(Ch)));
  assign req_beats_o = 32'(ask_q) < Cfg.burst ? 8'(ask_q) : 8'(Cfg.burst);
  always_comb begin
    req_valid_o = '0;
    req_valid_o[channel] = ask_q != '0;
  end
  assign taken = |(req_valid_o & req_ready_i);
  assign response = |rsp_valid_i;

  // The scalar's bytes of a granule; smaller granules are shifted in from above.
  logic [63:0] data;
  if (Beat > 8) begin : gen_select
    logic [GranBits-1:0] granule;
    assign granule = rsp_data_i[channel];
    // The low bits of the address were used to ask, and only the place in the granule is left.
    assign data = granule[64*address_q[BeatBits-1:3]+:64];
  end else if (Beat == 8) begin : gen_whole
    assign data = rsp_data_i[channel];
  end else begin : gen_shift
    assign data = {rsp_data_i[channel], data_q[63:GranBits]};
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      busy_q <= 1'b0;
      loaded_q <= 1'b0;
      ask_q <= '0;
      left_q <= '0;
    end else if (load_valid_i && load_ready_o) begin
      busy_q <= 1'b1;
      loaded_q <= 1'b0;
      ask_q <= granules;
      left_q <= granules;
    end else begin
      if (taken) ask_q <= ask_q - 4'(req_beats_o);
      if (response) left_q <= left_q - 1'b1;
      if (response && left_q == 4'd1) busy_q <= 1'b0;
      loaded_q <= response && left_q == 4'd1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (load_valid_i && load_ready_o) begin
      address_q <= load_address_i;
      double_q <= load_double_i;
      rd_q <= load_rd_i;
    end else begin
      // Several bursts only if each is whole granules of the only channel.
      if (taken && Beat < 8) address_q <= address_q + (address_t'(req_beats_o) << BeatBits);
      if (response) data_q <= data;
    end
  end

  // 4 bytes: in the upper half of the 8, if they were shifted in, or if their address says so.
  logic upper;
  logic [31:0] low;
  assign upper = Beat < 8 ? !double_q : address_q[2] && !double_q;
  assign low = upper ? data_q[63:32] : data_q[31:0];
  assign loaded_valid_o = loaded_q;
  assign loaded_rd_o = rd_q;
  assign loaded_data_o = double_q ? data_q : {{32{low[31]}}, low};

  if (Beat < 8 && Ch > 1) begin : gen_bad_beat
    $error("ternac_scalar_load: a scalar would be in several channels: beat_bytes is less than 8");
  end

`ifndef SYNTHESIS
  // What the cycle model counts with: events, so many clocks later.
  logic [ClocksScalarLoadRequest-1:0] accepted_q;
  logic [ClocksScalarLoadResult-1:0] complete_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      accepted_q <= '0;
      complete_q <= '0;
    end else begin
      accepted_q <= ClocksScalarLoadRequest'({accepted_q, load_valid_i && load_ready_o});
      complete_q <= ClocksScalarLoadResult'({complete_q, response && left_q == 4'd1});
      if (accepted_q[ClocksScalarLoadRequest-1]) a_request_clocks : assert (|req_valid_o);
      a_result_clocks : assert (loaded_valid_o == complete_q[ClocksScalarLoadResult-1]);
      if (response) a_response : assert (busy_q && $onehot(rsp_valid_i) && rsp_valid_i[channel]);
    end
  end
`endif
endmodule
