// One bank's side of the copy engine: a FIFO of granules, and bursts that empty it into the bank, or fill it from there.
//
// Towards the card, a burst begins when all of its granules are in the FIFO, so that it holds the bank no longer than
// it must. Towards the host, it begins when they all have room. Bursts end at multiples of BurstBeats, so none
// crosses 4 KiB.
module ternac_copy_bank #(
  parameter int unsigned Beat = 64,         // bytes of a granule
  parameter int unsigned AddressBits = 38,  // of an AXI address
  parameter int unsigned IndexBits = 30,    // of a granule's number in the bank
  parameter int unsigned Depth = 512,       // granules of the FIFO
  parameter int unsigned BurstBeats = 64,   // beats of the longest burst, a power of two, of 4 KiB at most
  parameter int unsigned MaxBursts = 8,     // in flight, in either direction
  parameter int unsigned RoomBits = $clog2(Depth + 1)
) (
  input  logic                   clk_i,          // clock
  input  logic                   rst_ni,         // asynchronous reset, active low
  // a copy
  input  logic                   start_i,        // pulse: a copy begins, only when idle_o
  input  logic                   to_host_i,      // its direction, until the next start_i
  input  logic [IndexBits-1:0]   first_i,        // number of its first granule in the bank
  input  logic [IndexBits-1:0]   granules_i,     // how many; may be 0
  output logic                   idle_o,         // all of them are in the bank, or in the FIFO
  output logic                   error_o,        // the bank answers with an error
  // from the host: room is reserved before a granule is pushed
  output logic [RoomBits-1:0]    room_o,         // granules that can be reserved
  input  logic [RoomBits-1:0]    reserve_i,      // reserve so many
  input  logic                   push_i,         // put push_data_i in
  input  logic [8*Beat-1:0]      push_data_i,    // a granule
  // to the host
  output logic                   valid_o,        // data_o is the next granule
  output logic [8*Beat-1:0]      data_o,         // the granule
  input  logic                   pop_i,          // take it; only with valid_o
  // AXI4: INCR bursts of full beats, one ID
  output logic                   axi_arvalid_o,
  input  logic                   axi_arready_i,
  output logic [AddressBits-1:0] axi_araddr_o,
  output logic [7:0]             axi_arlen_o,
  input  logic                   axi_rvalid_i,
  output logic                   axi_rready_o,
  input  logic [8*Beat-1:0]      axi_rdata_i,
  input  logic                   axi_rlast_i,
  input  logic [1:0]             axi_rresp_i,
  output logic                   axi_awvalid_o,
  input  logic                   axi_awready_i,
  output logic [AddressBits-1:0] axi_awaddr_o,
  output logic [7:0]             axi_awlen_o,
  output logic                   axi_wvalid_o,
  input  logic                   axi_wready_i,
  output logic [8*Beat-1:0]      axi_wdata_o,
  output logic                   axi_wlast_o,
  input  logic                   axi_bvalid_i,
  output logic                   axi_bready_o,
  input  logic [1:0]             axi_bresp_i
);
  localparam int unsigned OffsetBits = $clog2(BurstBeats);
  localparam int unsigned BeatBits = OffsetBits + 1;  // of a number of beats
  localparam int unsigned FlightBits = $clog2(MaxBursts + 1);

  if (BurstBeats != 1 << OffsetBits || BurstBeats * Beat > 4096) begin : gen_check_burst
    $error("ternac_copy_bank: BurstBeats must be a power of two of 4 KiB at most");
  end
  if (Depth < 2 * BurstBeats) begin : gen_check_depth
    $error("ternac_copy_bank: two bursts must fit the FIFO");
  end

  // ---- what is left, and the next burst of it ------------------------------------------------------
  logic [IndexBits-1:0] next_q, left_q;
  logic                 planned_q;      // beats_q is the length of the next burst
  logic [BeatBits-1:0]  beats_q;
  logic                 begin_burst;
  logic [BeatBits-1:0]  to_boundary;

  assign to_boundary = BeatBits'(BurstBeats) - {1'b0, next_q[OffsetBits-1:0]};

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      next_q <= '0;
      left_q <= '0;
      planned_q <= 1'b0;
      beats_q <= '0;
    end else if (start_i) begin
      next_q <= first_i;
      left_q <= granules_i;
      planned_q <= 1'b0;
    end else if (begin_burst) begin
      next_q <= next_q + IndexBits'(beats_q);
      left_q <= left_q - IndexBits'(beats_q);
      planned_q <= 1'b0;
    end else if (!planned_q && left_q != '0) begin
      beats_q <= left_q < IndexBits'(to_boundary) ? left_q[BeatBits-1:0] : to_boundary;
      planned_q <= 1'b1;
    end
  end

  // ---- FIFO -----------------------------------------------------------------------------------------
  logic push, pop, fifo_valid, r_fire, w_fire;
  logic [RoomBits-1:0] room_q;    // not stored, and not reserved
  logic [RoomBits-1:0] stored_q;  // towards the card: granules of no burst yet

  assign push = to_host_i ? r_fire : push_i;
  assign pop = to_host_i ? pop_i : w_fire;

  ternac_granule_fifo #(
    .Width(8 * Beat),
    .Depth(Depth)
  ) u_fifo (
    .clk_i,
    .rst_ni,
    .push_i(push),
    .data_i(to_host_i ? axi_rdata_i : push_data_i),
    .valid_o(fifo_valid),
    .data_o,
    .pop_i(pop)
  );

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      room_q <= RoomBits'(Depth);
      stored_q <= '0;
    end else begin
      room_q <= room_q + RoomBits'(pop) - reserve_i -
          (begin_burst && to_host_i ? RoomBits'(beats_q) : '0);
      if (!to_host_i)
        stored_q <= stored_q + RoomBits'(push_i) - (begin_burst ? RoomBits'(beats_q) : '0);
    end
  end

  assign room_o = room_q;
  assign valid_o = fifo_valid && to_host_i;

  // ---- bursts ---------------------------------------------------------------------------------------
  logic ar_valid_q, aw_valid_q;
  logic [IndexBits-1:0] address_q;
  logic [7:0] len_q;
  logic [BeatBits-1:0] w_left_q;      // beats of the burst under way
  logic [FlightBits-1:0] flight_q;
  logic address_free, data_free, ended;

  assign address_free = !(ar_valid_q || aw_valid_q) || (ar_valid_q ? axi_arready_i : axi_awready_i);
  assign data_free = w_left_q == '0 || (w_left_q == BeatBits'(1) && w_fire);
  assign begin_burst = planned_q && address_free && flight_q != FlightBits'(MaxBursts) &&
      (to_host_i ? room_q >= RoomBits'(beats_q) : data_free && stored_q >= RoomBits'(beats_q));
  assign r_fire = axi_rvalid_i && axi_rready_o;
  assign w_fire = axi_wvalid_o && axi_wready_i;
  assign ended = (r_fire && axi_rlast_i) || (axi_bvalid_i && axi_bready_o);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      ar_valid_q <= 1'b0;
      aw_valid_q <= 1'b0;
      address_q <= '0;
      len_q <= '0;
      w_left_q <= '0;
      flight_q <= '0;
    end else begin
      if (address_free) begin
        ar_valid_q <= begin_burst && to_host_i;
        aw_valid_q <= begin_burst && !to_host_i;
      end
      if (begin_burst) begin
        address_q <= next_q;
        len_q <= 8'(beats_q) - 8'd1;
      end
      if (begin_burst && !to_host_i) w_left_q <= beats_q;
      else if (w_fire) w_left_q <= w_left_q - BeatBits'(1);
      flight_q <= flight_q + FlightBits'(begin_burst) - FlightBits'(ended);
    end
  end

  assign axi_arvalid_o = ar_valid_q;
  assign axi_araddr_o = AddressBits'(address_q) << $clog2(Beat);
  assign axi_arlen_o = len_q;
  assign axi_rready_o = 1'b1;
  assign axi_awvalid_o = aw_valid_q;
  assign axi_awaddr_o = AddressBits'(address_q) << $clog2(Beat);
  assign axi_awlen_o = len_q;
  assign axi_wvalid_o = w_left_q != '0;
  assign axi_wdata_o = data_o;
  assign axi_wlast_o = w_left_q == BeatBits'(1);
  assign axi_bready_o = 1'b1;

  assign idle_o = left_q == '0 && flight_q == '0;
  assign error_o = (r_fire && axi_rresp_i != '0) || (axi_bvalid_i && axi_bresp_i != '0);

`ifndef SYNTHESIS
  a_idle : assert property (@(posedge clk_i) disable iff (!rst_ni)
      start_i |-> idle_o && room_q == RoomBits'(Depth));
  a_data : assert property (@(posedge clk_i) disable iff (!rst_ni)
      axi_wvalid_o |-> fifo_valid);
`endif
endmodule
