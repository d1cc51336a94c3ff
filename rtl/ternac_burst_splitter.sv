// Splits a range of granules of one channel into AXI bursts: at most MaxBeats beats, and none across
// 4 KiB of the channel's address (AXI4, A3.4.1).
//
// The burst that comes next is shown combinationally from registers: it is stable until it is taken.
module ternac_burst_splitter #(
  parameter ternac_pkg::config_t Cfg = ternac_pkg::ConfigTiny,
  parameter int unsigned MaxBeats = Cfg.burst,  // 1 to 255
  parameter int unsigned CountBits = 16,        // bits of the number of granules of a range
  localparam int unsigned ChAddrBits =
      ternac_core_pkg::AddressBits - $clog2(Cfg.beat_bytes) - $clog2(Cfg.channels)
) (
  input  logic                  clk_i,
  input  logic                  rst_ni,
  input  logic                  load_i,         // take a new range; the old one must be at its end
  input  logic [ChAddrBits-1:0] first_i,        // its first granule, as a number within the channel
  input  logic [CountBits-1:0]  count_i,        // its granules; 0: nothing to do
  output logic                  req_valid_o,    // there is a burst, from the clock after load_i on
  input  logic                  req_ready_i,    // it is taken
  output logic [ChAddrBits-1:0] req_address_o,  // its first granule
  output logic [7:0]            req_beats_o     // its beats
);
  localparam int unsigned PageBytes = 4096;
  localparam int unsigned PageBits = $clog2(PageBytes / Cfg.beat_bytes);

  logic [ChAddrBits-1:0] address_q;
  logic [CountBits-1:0] left_q;
  logic [PageBits:0] to_page;  // granules up to the end of the 4 KiB

  assign to_page = (PageBits + 1)'(PageBytes / Cfg.beat_bytes) - {1'b0, address_q[PageBits-1:0]};
  assign req_valid_o = left_q != '0;
  assign req_address_o = address_q;

  always_comb begin
    req_beats_o = 8'(MaxBeats);
    if (32'(left_q) < MaxBeats) req_beats_o = 8'(left_q);
    if (32'(to_page) < 32'(req_beats_o)) req_beats_o = 8'(to_page);
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      left_q <= '0;
    end else if (load_i) begin
      left_q <= count_i;
    end else if (req_valid_o && req_ready_i) begin
      left_q <= left_q - CountBits'(req_beats_o);
    end
  end

  always_ff @(posedge clk_i) begin
    if (load_i) address_q <= first_i;
    else if (req_valid_o && req_ready_i) address_q <= address_q + ChAddrBits'(req_beats_o);
  end

  if (MaxBeats < 1 || MaxBeats > 255) begin : gen_bad_burst
    $error("ternac_burst_splitter: MaxBeats is not from 1 to 255");
  end
  if (CountBits < 8) begin : gen_bad_count
    $error("ternac_burst_splitter: CountBits is less than 8");
  end

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (load_i) a_load_when_empty : assert (!req_valid_o);
  end
`endif
endmodule
