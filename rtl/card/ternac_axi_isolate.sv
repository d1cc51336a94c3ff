// Cuts a master off from its AXI port without breaking a transaction, so that the master can be reset.
//
// While isolate_i is high no new address goes out, but one that was shown stays until it is accepted; data and
// answers of bursts that were accepted go through. idle_o says that none is left.
module ternac_axi_isolate #(
  parameter int unsigned MaxBursts = 256  // in flight, of either kind
) (
  input  logic clk_i,          // clock
  input  logic rst_ni,         // asynchronous reset, active low
  input  logic isolate_i,      // let no new burst begin
  output logic idle_o,         // no burst is under way
  // of the master
  input  logic arvalid_i,
  output logic arready_o,
  input  logic awvalid_i,
  output logic awready_o,
  // of the port
  output logic arvalid_o,
  input  logic arready_i,
  output logic awvalid_o,
  input  logic awready_i,
  // seen going by
  input  logic r_last_i,       // the last beat of a read moves
  input  logic b_i             // an answer to a write moves
);
  localparam int unsigned CountBits = $clog2(MaxBursts + 1);

  logic ar_held_q, aw_held_q;  // shown, and not accepted
  logic [CountBits-1:0] reads_q, writes_q;
  logic ar_fire, aw_fire;

  assign arvalid_o = arvalid_i && (!isolate_i || ar_held_q);
  assign awvalid_o = awvalid_i && (!isolate_i || aw_held_q);
  assign arready_o = arready_i && arvalid_o;
  assign awready_o = awready_i && awvalid_o;
  assign ar_fire = arvalid_o && arready_i;
  assign aw_fire = awvalid_o && awready_i;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      ar_held_q <= 1'b0;
      aw_held_q <= 1'b0;
      reads_q <= '0;
      writes_q <= '0;
    end else begin
      ar_held_q <= arvalid_o && !arready_i;
      aw_held_q <= awvalid_o && !awready_i;
      reads_q <= reads_q + CountBits'(ar_fire) - CountBits'(r_last_i);
      writes_q <= writes_q + CountBits'(aw_fire) - CountBits'(b_i);
    end
  end

  assign idle_o = !arvalid_o && !awvalid_o && reads_q == '0 && writes_q == '0;

`ifndef SYNTHESIS
  a_reads : assert property (@(posedge clk_i) disable iff (!rst_ni)
      ar_fire |-> 32'(reads_q) < MaxBursts);
  a_writes : assert property (@(posedge clk_i) disable iff (!rst_ni)
      aw_fire |-> 32'(writes_q) < MaxBursts);
`endif
endmodule
