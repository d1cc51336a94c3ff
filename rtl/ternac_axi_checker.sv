// The rules of AXI4 that this design depends on, as assertions on one port. For simulation only.
//
// From the master: valid and payload stay until ready; bursts are INCR, of full beats at aligned addresses, of at
// most MaxBeats, inside 4 KiB; no more bursts in flight than allowed; data of a write has its last beat where its
// address says, whichever comes first. From the slave: the same stability, only responses that were asked for, last
// beats right, no errors. Writes have one ID.
module ternac_axi_checker #(
  parameter int unsigned AddressBits = 32,
  parameter int unsigned DataBytes = 8,
  parameter int unsigned IdBits = 2,
  parameter int unsigned MaxBeats = 256,
  parameter int unsigned MaxReads [2**IdBits] = '{default: 1},  // bursts in flight, by ID
  parameter int unsigned MaxWrites = 1,                         // bursts in flight
  parameter bit MayFail = 1'b0                                  // the slave may answer with errors
) (
  input logic                   clk_i,
  input logic                   rst_ni,
  input logic                   arvalid_i,
  input logic                   arready_i,
  input logic [IdBits-1:0]      arid_i,
  input logic [AddressBits-1:0] araddr_i,
  input logic [7:0]             arlen_i,
  input logic [2:0]             arsize_i,
  input logic [1:0]             arburst_i,
  input logic                   rvalid_i,
  input logic                   rready_i,
  input logic [IdBits-1:0]      rid_i,
  input logic [8*DataBytes-1:0] rdata_i,
  input logic                   rlast_i,
  input logic [1:0]             rresp_i,
  input logic                   awvalid_i,
  input logic                   awready_i,
  input logic [AddressBits-1:0] awaddr_i,
  input logic [7:0]             awlen_i,
  input logic [2:0]             awsize_i,
  input logic [1:0]             awburst_i,
  input logic                   wvalid_i,
  input logic                   wready_i,
  input logic [8*DataBytes-1:0] wdata_i,
  input logic [DataBytes-1:0]   wstrb_i,
  input logic                   wlast_i,
  input logic                   bvalid_i,
  input logic                   bready_i,
  input logic [1:0]             bresp_i
);
`ifndef SYNTHESIS
  localparam int unsigned PageBytes = 4096;
  localparam int unsigned Ids = 2 ** IdBits;

  // Whether a burst obeys the rules.
  function automatic logic legal(logic [11:0] address, logic [7:0] len, logic [2:0] size,
                                 logic [1:0] burst);
    int unsigned offset;  // in the 4 KiB
    offset = 32'(address);
    return burst == 2'b01 && 32'd1 << size == DataBytes && offset % DataBytes == 0 &&
        32'(len) < MaxBeats && offset + (32'(len) + 1) * DataBytes <= PageBytes;
  endfunction

  // What waits: a channel's valid without ready, with the payload that must stay.
  logic ar_held_q, r_held_q, aw_held_q, w_held_q, b_held_q;
  logic [IdBits+AddressBits+12:0] ar, ar_q;
  logic [IdBits+8*DataBytes+2:0] r, r_q;
  logic [AddressBits+12:0] aw, aw_q;
  logic [9*DataBytes:0] w, w_q;
  logic [1:0] b_q;
  assign ar = {arid_i, araddr_i, arlen_i, arsize_i, arburst_i};
  assign r = {rid_i, rdata_i, rlast_i, rresp_i};
  assign aw = {awaddr_i, awlen_i, awsize_i, awburst_i};
  assign w = {wdata_i, wstrb_i, wlast_i};

  // Immediate assertions: concurrent ones would copy all of the data in every clock of a simulation.
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      {ar_held_q, r_held_q, aw_held_q, w_held_q, b_held_q} <= '0;
    end else begin
      ar_held_q <= arvalid_i && !arready_i;
      r_held_q <= rvalid_i && !rready_i;
      aw_held_q <= awvalid_i && !awready_i;
      w_held_q <= wvalid_i && !wready_i;
      b_held_q <= bvalid_i && !bready_i;
      if (arvalid_i && !arready_i) ar_q <= ar;
      if (rvalid_i && !rready_i) r_q <= r;
      if (awvalid_i && !awready_i) aw_q <= aw;
      if (wvalid_i && !wready_i) w_q <= w;
      if (bvalid_i && !bready_i) b_q <= bresp_i;

      if (ar_held_q) a_ar_stable : assert (arvalid_i && ar == ar_q);
      if (r_held_q) a_r_stable : assert (rvalid_i && r == r_q);
      if (aw_held_q) a_aw_stable : assert (awvalid_i && aw == aw_q);
      if (w_held_q) a_w_stable : assert (wvalid_i && w == w_q);
      if (b_held_q) a_b_stable : assert (bvalid_i && bresp_i == b_q);
      if (arvalid_i)
        a_ar_legal : assert (legal(araddr_i[11:0], arlen_i, arsize_i, arburst_i));
      if (awvalid_i)
        a_aw_legal : assert (legal(awaddr_i[11:0], awlen_i, awsize_i, awburst_i));
      if (rvalid_i) a_r_okay : assert (MayFail || rresp_i == 2'b00);
      if (bvalid_i) a_b_okay : assert (MayFail || bresp_i == 2'b00);
    end
  end

  // Reads in flight: the lengths of each ID's bursts, oldest first. Writes: the lengths of bursts whose data
  // is not complete; data may come before its address, so the beats of such bursts wait, too.
  int unsigned read_lengths [Ids][$];
  int unsigned read_beats [Ids];      // beats that came of the oldest
  int unsigned write_lengths [$];     // by address, oldest first
  int unsigned data_lengths [$];      // by last beat
  int unsigned data_beats;            // beats of the burst that is on its way
  int unsigned responses_due;         // bursts complete, address and data, without a response
  int unsigned writes_in_flight;

  // A model, no hardware: it counts with blocking assignments.
  /* verilator lint_off BLKSEQ */
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      for (int unsigned i = 0; i < Ids; i++) begin
        read_lengths[i].delete();
        read_beats[i] = 0;
      end
      write_lengths.delete();
      data_lengths.delete();
      data_beats = 0;
      responses_due = 0;
      writes_in_flight = 0;
    end else begin
      if (rvalid_i && rready_i) begin
        a_r_asked : assert (read_lengths[rid_i].size() != 0);
        read_beats[rid_i] += 1;
        a_r_last : assert (rlast_i == (read_beats[rid_i] == read_lengths[rid_i][0]));
        if (rlast_i) begin
          void'(read_lengths[rid_i].pop_front());
          read_beats[rid_i] = 0;
        end
      end
      if (arvalid_i && arready_i) begin
        read_lengths[arid_i].push_back(32'(arlen_i) + 1);
        a_reads_limit : assert (read_lengths[arid_i].size() <= MaxReads[arid_i]);
      end
      if (bvalid_i && bready_i) begin
        a_b_due : assert (responses_due != 0);
        responses_due -= 1;
        writes_in_flight -= 1;
      end
      if (awvalid_i && awready_i) begin
        write_lengths.push_back(32'(awlen_i) + 1);
        writes_in_flight += 1;
        a_writes_limit : assert (writes_in_flight <= MaxWrites);
      end
      if (wvalid_i && wready_i) begin
        data_beats += 1;
        if (wlast_i) begin
          data_lengths.push_back(data_beats);
          data_beats = 0;
        end else if (write_lengths.size() > data_lengths.size()) begin
          a_w_not_last : assert (data_beats < write_lengths[data_lengths.size()]);
        end
      end
      while (write_lengths.size() != 0 && data_lengths.size() != 0) begin
        a_w_last : assert (write_lengths[0] == data_lengths[0]);
        void'(write_lengths.pop_front());
        void'(data_lengths.pop_front());
        responses_due += 1;
      end
    end
  end
  /* verilator lint_on BLKSEQ */
`endif
endmodule
