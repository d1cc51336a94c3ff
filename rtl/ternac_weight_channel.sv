// The weight fetch of one channel: goes through the channel's shares of the matrices in program order, in
// bursts, and says into which of the channel's banks each granule goes that arrives.
//
// A burst ends with the matrix, after Cfg.burst beats, or before a multiple of 4 KiB of the channel's AXI
// address. Its granules' places in the banks are reserved before it is asked for.
module ternac_weight_channel
  import ternac_pkg::*;
  import ternac_core_pkg::*;
#(
  parameter config_t Cfg = ConfigTiny,
  parameter int unsigned CountBits = 16,  // of the number of granules of a share
  localparam int unsigned Beat = Cfg.beat_bytes,
  localparam int unsigned Banks = Cfg.product_granules / Cfg.channels,
  localparam int unsigned ChAddrBits = AddressBits - $clog2(Beat) - $clog2(Cfg.channels)
) (
  input  logic                  clk_i,
  input  logic                  rst_ni,
  // the next matrix
  input  logic                  share_valid_i,  // there is one
  input  logic [ChAddrBits-1:0] share_first_i,  // the channel's first granule of it
  input  logic [CountBits-1:0]  share_count_i,  // how many; may be none
  output logic                  share_take_o,   // it is taken in this clock
  // to the memory port
  output logic                  req_valid_o,    // a burst; stays until it is accepted
  input  logic                  req_ready_i,
  output logic [ChAddrBits-1:0] req_address_o,  // its first granule
  output logic [7:0]            req_beats_o,    // its granules
  input  logic                  rsp_valid_i,    // a granule arrives
  input  logic                  rsp_last_i,     // the last one of its burst
  // the channel's banks: bank j has the channel's granules whose number is j modulo Banks
  output logic [Banks-1:0]      bank_write_o,   // the one that takes the granule that arrives
  input  logic [Banks-1:0]      bank_pop_i      // these give one away
);
  localparam int unsigned BankBits = Banks > 1 ? $clog2(Banks) : 1;
  localparam int unsigned RoomBits = $clog2(Cfg.weight_fifo + 1);
  localparam int unsigned FlightBits = $clog2(Cfg.outstanding + 1);
  localparam int unsigned SlotBits = Cfg.outstanding > 1 ? $clog2(Cfg.outstanding) : 1;
  localparam int unsigned BoundaryBits = 12 - $clog2(Beat);  // of a granule's number within 4 KiB

  if (Banks == 0 || Banks != 1 << $clog2(Banks)) begin : gen_banks
    $error("product_granules must be channels times a power of two");
  end
  if (Cfg.burst > 128 || Cfg.burst * Beat > 4096) begin : gen_burst
    $error("a burst has at most 128 beats and 4 KiB");
  end
  // The unit takes beats, so a granule may stay in each bank until the rest of its beat has come.
  if ((Cfg.burst + Banks - 1) / Banks >= Cfg.weight_fifo) begin : gen_room
    $error("a bank must have room for its share of a burst, and one granule more");
  end
  if (ClocksWeightFetchRequest != 4 || ClocksWeightFetchBurst != 3 ||
      ClocksWeightFetchMatrix != 4 || ClocksWeightFetchCredit != 2) begin : gen_clocks
    $error("the states below take other clocks than isa/core.yaml says");
  end

  typedef enum logic [1:0] {
    StLoad,    // take the next matrix
    StSize,    // how long is the burst
    StRoom,    // wait until the banks have room for it
    StRequest  // ask for it
  } state_e;

  state_e                state_q;
  logic [ChAddrBits-1:0] address_q;  // the next granule to ask for
  logic [CountBits-1:0]  left_q;     // granules to ask for
  logic [7:0]            beats_q;    // of the burst
  logic [FlightBits-1:0] flight_q;   // bursts that were asked for and have not arrived
  logic [Banks-1:0][RoomBits-1:0] room_q;  // places not reserved

  // Size.
  logic [BoundaryBits:0] to_boundary;
  logic [7:0]            beats;
  assign to_boundary = (BoundaryBits + 1)'(1 << BoundaryBits) -
      (BoundaryBits + 1)'(address_q[BoundaryBits-1:0]);
  always_comb begin
    beats = 8'(Cfg.burst);
    if (32'(left_q) < 32'(beats)) beats = 8'(left_q);
    if (32'(to_boundary) < 32'(beats)) beats = 8'(to_boundary);
  end

  // Room: bank j gets every Banks-th granule of the burst.
  logic [Banks-1:0][RoomBits-1:0] places;
  logic [Banks-1:0]               fits;
  always_comb begin
    for (int unsigned j = 0; j < Banks; j++) begin
      // The burst's first granule for this bank is the after-th one.
      automatic logic [BankBits-1:0] after = Banks > 1 ? BankBits'(j) - BankBits'(address_q) : '0;
      places[j] = RoomBits'((32'(beats_q) + Banks - 1 - 32'(after)) / Banks);
      fits[j] = places[j] <= room_q[j];
    end
  end

  logic accepted, arrived;
  assign req_valid_o = state_q == StRequest && flight_q < FlightBits'(Cfg.outstanding);
  assign req_address_o = address_q;
  assign req_beats_o = beats_q;
  assign accepted = req_valid_o && req_ready_i;
  assign arrived = rsp_valid_i && rsp_last_i;
  assign share_take_o = state_q == StLoad && share_valid_i;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= StLoad;
      address_q <= '0;
      left_q <= '0;
      beats_q <= '0;
    end else begin
      unique case (state_q)
        StLoad: begin
          address_q <= share_first_i;
          left_q <= share_count_i;
          if (share_valid_i && share_count_i != '0) state_q <= StSize;
        end
        StSize: begin
          beats_q <= beats;
          state_q <= StRoom;
        end
        StRoom: if (&fits) state_q <= StRequest;
        StRequest:
          if (accepted) begin
            address_q <= address_q + ChAddrBits'(beats_q);
            left_q <= left_q - CountBits'(beats_q);
            state_q <= left_q == CountBits'(beats_q) ? StLoad : StSize;
          end
        default: state_q <= StLoad;
      endcase
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      flight_q <= '0;
      for (int unsigned j = 0; j < Banks; j++) room_q[j] <= RoomBits'(Cfg.weight_fifo);
    end else begin
      flight_q <= flight_q + FlightBits'(accepted) - FlightBits'(arrived);
      for (int unsigned j = 0; j < Banks; j++)
        room_q[j] <= room_q[j] + RoomBits'(bank_pop_i[j]) -
            (state_q == StRoom && (&fits) ? places[j] : '0);
      a_expected : assert (!rsp_valid_i || flight_q != '0)
        else $error("weights arrived that nobody asked for");
      a_crossing : assert (!req_valid_o ||
          32'(address_q[BoundaryBits-1:0]) + 32'(beats_q) <= 1 << BoundaryBits)
        else $error("a burst crosses 4 KiB");
    end
  end

  // The bank of a granule that arrives: the burst's first bank, and on from there.
  if (Banks == 1) begin : gen_one_bank
    assign bank_write_o = rsp_valid_i;
  end else begin : gen_banks_in_turn
    logic [Cfg.outstanding-1:0][BankBits-1:0] first_q;  // of the bursts in flight
    logic [SlotBits-1:0] in_q, out_q;                   // the next one's, the oldest one's
    logic [BankBits-1:0] offset_q;                      // granules of the oldest that have arrived

    function automatic logic [SlotBits-1:0] next(logic [SlotBits-1:0] slot);
      return 32'(slot) == Cfg.outstanding - 1 ? '0 : slot + 1'b1;
    endfunction

    logic [BankBits-1:0] bank;
    assign bank = first_q[out_q] + offset_q;
    always_comb begin
      bank_write_o = '0;
      bank_write_o[bank] = rsp_valid_i;
    end

    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) begin
        first_q <= '0;
        in_q <= '0;
        out_q <= '0;
        offset_q <= '0;
      end else begin
        if (accepted) begin
          first_q[in_q] <= BankBits'(address_q);
          in_q <= next(in_q);
        end
        if (rsp_valid_i) offset_q <= rsp_last_i ? '0 : offset_q + 1'b1;
        if (arrived) out_q <= next(out_q);
      end
    end
  end
endmodule
