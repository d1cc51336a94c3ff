// One bank for two masters: the core and the copy engine.
//
// Reads of the copy engine have an ID of their own, which the core does not use, so answers find their way by it. Writes have one
// ID; the bank answers them in order, so a FIFO of who wrote tells whose data and whose answer is next. When both want to
// send an address, they take turns. No clock is lost on the way to the bank, but for data of a write, which go one
// clock after their address at the earliest.
module ternac_axi_share #(
  parameter int unsigned AddressBits = 38,
  parameter int unsigned DataBytes = 64,
  parameter int unsigned MaxWrites = 16,      // bursts in flight, of both
  parameter logic [1:0]  CopyId = 2'd3        // ID of the copy engine's reads
) (
  input  logic                   clk_i,
  input  logic                   rst_ni,
  // the core
  input  logic                   core_arvalid_i,
  output logic                   core_arready_o,
  input  logic [1:0]             core_arid_i,
  input  logic [AddressBits-1:0] core_araddr_i,
  input  logic [7:0]             core_arlen_i,
  output logic                   core_rvalid_o,
  input  logic                   core_rready_i,
  input  logic                   core_awvalid_i,
  output logic                   core_awready_o,
  input  logic [AddressBits-1:0] core_awaddr_i,
  input  logic [7:0]             core_awlen_i,
  input  logic                   core_wvalid_i,
  output logic                   core_wready_o,
  input  logic [8*DataBytes-1:0] core_wdata_i,
  input  logic [DataBytes-1:0]   core_wstrb_i,
  input  logic                   core_wlast_i,
  output logic                   core_bvalid_o,
  input  logic                   core_bready_i,
  // the copy engine
  input  logic                   copy_arvalid_i,
  output logic                   copy_arready_o,
  input  logic [AddressBits-1:0] copy_araddr_i,
  input  logic [7:0]             copy_arlen_i,
  output logic                   copy_rvalid_o,
  input  logic                   copy_rready_i,
  input  logic                   copy_awvalid_i,
  output logic                   copy_awready_o,
  input  logic [AddressBits-1:0] copy_awaddr_i,
  input  logic [7:0]             copy_awlen_i,
  input  logic                   copy_wvalid_i,
  output logic                   copy_wready_o,
  input  logic [8*DataBytes-1:0] copy_wdata_i,
  input  logic                   copy_wlast_i,
  output logic                   copy_bvalid_o,
  input  logic                   copy_bready_i,
  // the bank; data and errors of its answers go past this module
  output logic                   arvalid_o,
  input  logic                   arready_i,
  output logic [1:0]             arid_o,
  output logic [AddressBits-1:0] araddr_o,
  output logic [7:0]             arlen_o,
  input  logic                   rvalid_i,
  output logic                   rready_o,
  input  logic [1:0]             rid_i,
  output logic                   awvalid_o,
  input  logic                   awready_i,
  output logic [AddressBits-1:0] awaddr_o,
  output logic [7:0]             awlen_o,
  output logic                   wvalid_o,
  input  logic                   wready_i,
  output logic [8*DataBytes-1:0] wdata_o,
  output logic [DataBytes-1:0]   wstrb_o,
  output logic                   wlast_o,
  input  logic                   bvalid_i,
  output logic                   bready_o
);
  // ---- addresses: who has been shown stays until it is accepted --------------------------------------
  logic ar_held_q, ar_copy_q, ar_copy;  // ar_copy: the copy engine's address is shown
  logic aw_held_q, aw_copy_q, aw_copy;
  logic aw_room;

  assign ar_copy = ar_held_q ? ar_copy_q : copy_arvalid_i && (!core_arvalid_i || !ar_copy_q);
  assign arvalid_o = ar_copy ? copy_arvalid_i : core_arvalid_i;
  assign arid_o = ar_copy ? CopyId : core_arid_i;
  assign araddr_o = ar_copy ? copy_araddr_i : core_araddr_i;
  assign arlen_o = ar_copy ? copy_arlen_i : core_arlen_i;
  assign core_arready_o = arready_i && !ar_copy;
  assign copy_arready_o = arready_i && ar_copy;

  assign aw_copy = aw_held_q ? aw_copy_q : copy_awvalid_i && (!core_awvalid_i || !aw_copy_q);
  assign awvalid_o = (aw_copy ? copy_awvalid_i : core_awvalid_i) && aw_room;
  assign awaddr_o = aw_copy ? copy_awaddr_i : core_awaddr_i;
  assign awlen_o = aw_copy ? copy_awlen_i : core_awlen_i;
  assign core_awready_o = awready_i && aw_room && !aw_copy;
  assign copy_awready_o = awready_i && aw_room && aw_copy;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      {ar_held_q, ar_copy_q, aw_held_q, aw_copy_q} <= '0;
    end else begin
      ar_held_q <= arvalid_o && !arready_i;
      aw_held_q <= awvalid_o && !awready_i;
      // Who went last waits for the other one.
      if (arvalid_o) ar_copy_q <= ar_copy;
      if (awvalid_o) aw_copy_q <= aw_copy;
    end
  end

  // ---- data and answers of writes: in the order of the addresses -------------------------------------
  logic aw_fire, w_owner_valid, w_owner_copy, b_owner_copy, data_room, answer_room;
  /* verilator lint_off UNUSEDSIGNAL */
  logic b_owner_valid;  // for an assertion
  /* verilator lint_on UNUSEDSIGNAL */

  assign aw_fire = awvalid_o && awready_i;
  assign aw_room = data_room && answer_room;

  ternac_fifo #(
    .Width(1),
    .Depth(MaxWrites)
  ) u_data_owner (
    .clk_i,
    .rst_ni,
    .in_valid_i(aw_fire),
    .in_ready_o(data_room),
    .in_data_i(aw_copy),
    .out_valid_o(w_owner_valid),
    .out_ready_i(wvalid_o && wready_i && wlast_o),
    .out_data_o(w_owner_copy)
  );

  ternac_fifo #(
    .Width(1),
    .Depth(MaxWrites)
  ) u_answer_owner (
    .clk_i,
    .rst_ni,
    .in_valid_i(aw_fire),
    .in_ready_o(answer_room),
    .in_data_i(aw_copy),
    .out_valid_o(b_owner_valid),
    .out_ready_i(bvalid_i && bready_o),
    .out_data_o(b_owner_copy)
  );

  assign wvalid_o = w_owner_valid && (w_owner_copy ? copy_wvalid_i : core_wvalid_i);
  assign wdata_o = w_owner_copy ? copy_wdata_i : core_wdata_i;
  assign wstrb_o = w_owner_copy ? '1 : core_wstrb_i;
  assign wlast_o = w_owner_copy ? copy_wlast_i : core_wlast_i;
  assign core_wready_o = wready_i && w_owner_valid && !w_owner_copy;
  assign copy_wready_o = wready_i && w_owner_valid && w_owner_copy;

  assign core_bvalid_o = bvalid_i && !b_owner_copy;
  assign copy_bvalid_o = bvalid_i && b_owner_copy;
  assign bready_o = b_owner_copy ? copy_bready_i : core_bready_i;

  // ---- data of reads --------------------------------------------------------------------------------
  assign core_rvalid_o = rvalid_i && rid_i != CopyId;
  assign copy_rvalid_o = rvalid_i && rid_i == CopyId;
  assign rready_o = rid_i == CopyId ? copy_rready_i : core_rready_i;

`ifndef SYNTHESIS
  a_answer : assert property (@(posedge clk_i) disable iff (!rst_ni)
      bvalid_i |-> b_owner_valid);
  a_core_id : assert property (@(posedge clk_i) disable iff (!rst_ni)
      core_arvalid_i |-> core_arid_i != CopyId);
`endif
endmodule
