// One channel of ternac_lsu: the bursts of its share of a vector, the granules on their way, and how much
// room there is for more. A load's granules come from memory and go to the unit, a store's the other way;
// both pass through the same FIFO, since only one instruction runs.
module ternac_lsu_channel #(
  parameter ternac_pkg::config_t Cfg = ternac_pkg::ConfigTiny,
  parameter int unsigned CountBits = 16,  // bits of the number of granules of a vector
  parameter int unsigned StoreSteps = 1,  // granules that a word of a store brings to a channel
  localparam int unsigned Beat = Cfg.beat_bytes,
  localparam int unsigned GranBits = 8 * Beat,
  localparam int unsigned ChAddrBits =
      ternac_core_pkg::AddressBits - $clog2(Cfg.beat_bytes) - $clog2(Cfg.channels)
) (
  input  logic                  clk_i,
  input  logic                  rst_ni,
  input  logic                  clear_i,      // an instruction starts: nothing is on its way
  input  logic                  setup_i,      // the clock after: take its range
  input  logic                  store_i,      // it is a store; stable from setup_i to its end
  input  logic [ChAddrBits-1:0] first_i,      // first granule, as a number within the channel
  input  logic [CountBits-1:0]  count_i,      // granules in this channel
  input  logic                  ends_i,       // the vector's last granule is in this channel ...
  input  logic [Beat-1:0]       end_strobe_i, // ... and this is what of it is written
  output logic                  idle_o,       // nothing to ask for; every write was acknowledged
  // the unit's side of the FIFO
  input  logic                  reserve_i,    // store: a word is read, StoreSteps granules will come
  output logic                  room_o,       // store: there is room for them
  input  logic                  push_i,       // store: a granule
  input  logic [GranBits-1:0]   push_data_i,
  output logic                  head_valid_o, // load: a granule is there
  output logic [GranBits-1:0]   head_o,
  input  logic                  pop_i,        // load: it is taken
  // the memory port; ternac_lsu has the words
  output logic                  req_valid_o,
  input  logic                  req_ready_i,
  output logic [ChAddrBits-1:0] req_address_o,
  output logic [7:0]            req_beats_o,
  input  logic                  rsp_valid_i,
  input  logic [GranBits-1:0]   rsp_data_i,
  output logic                  wreq_valid_o,
  input  logic                  wreq_ready_i,
  output logic                  wdata_valid_o,
  input  logic                  wdata_ready_i,
  output logic [GranBits-1:0]   wdata_o,
  output logic [Beat-1:0]       wstrb_o,
  output logic                  wlast_o,
  input  logic                  wrsp_valid_i
);
  // Two bursts at least have room, so that the memory works on one while the other arrives.
  localparam int unsigned MaxBeats = ternac_core_pkg::vector_burst(Cfg.burst, Cfg.vector_fifo);
  localparam int unsigned RoomBits = $clog2(Cfg.vector_fifo + 1);
  localparam int unsigned MaxWrites = Cfg.vector_fifo;  // bursts that wait for their response
  localparam int unsigned WritesBits = $clog2(MaxWrites + 1);

  // Bursts. A read asks for no more than there is room for: responses cannot be refused. Room only
  // grows while a request waits, so that a request stays until it is taken.
  logic burst_valid, burst_ready, read_taken, write_taken;
  logic [RoomBits-1:0] room_q;
  logic [WritesBits-1:0] writes_q;  // bursts asked for and not acknowledged
  logic next_valid_q;               // a burst of the write port whose data waits for another's end
  logic [7:0] next_beats_q;

  ternac_burst_splitter #(.Cfg(Cfg), .MaxBeats(MaxBeats), .CountBits(CountBits)) u_splitter (
    .clk_i, .rst_ni,
    .load_i(setup_i), .first_i, .count_i,
    .req_valid_o(burst_valid), .req_ready_i(burst_ready), .req_address_o, .req_beats_o
  );

  assign req_valid_o = burst_valid && !store_i && 32'(room_q) >= 32'(req_beats_o);
  assign wreq_valid_o = burst_valid && store_i && !next_valid_q && 32'(writes_q) < MaxWrites;
  assign read_taken = req_valid_o && req_ready_i;
  assign write_taken = wreq_valid_o && wreq_ready_i;
  assign burst_ready = read_taken || write_taken;

  // The FIFO.
  logic push, pop, beat;
  assign push = rsp_valid_i || push_i;
  assign beat = wdata_valid_o && wdata_ready_i;
  assign pop = pop_i || beat;
  assign room_o = 32'(room_q) >= StoreSteps;

  ternac_granule_fifo #(.Width(GranBits), .Depth(Cfg.vector_fifo)) u_fifo (
    .clk_i, .rst_ni,
    .push_i(push), .data_i(store_i ? push_data_i : rsp_data_i),
    .valid_o(head_valid_o), .data_o(head_o), .pop_i(pop)
  );

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) room_q <= RoomBits'(Cfg.vector_fifo);
    else if (clear_i) room_q <= RoomBits'(Cfg.vector_fifo);
    else if (read_taken || reserve_i || pop)
      room_q <= room_q + RoomBits'(pop) - (read_taken ? RoomBits'(req_beats_o) : '0) -
          (reserve_i ? RoomBits'(StoreSteps) : '0);
  end

  // Data of writes: a beat goes out when its burst was handed to the port. The port shows the address
  // of one burst while the data of the one before it still moves.
  logic [7:0] beats_q;              // beats of the burst that are left
  logic [CountBits-1:0] granules_q; // granules of the store that are left
  logic free;                       // this burst ends, or there is none

  assign free = beats_q == '0 || (beat && wlast_o);
  assign wdata_valid_o = head_valid_o && beats_q != '0;
  assign wdata_o = head_o;
  assign wlast_o = beats_q == 8'd1;
  assign wstrb_o = ends_i && granules_q == CountBits'(1) ? end_strobe_i : '1;
  assign idle_o = !burst_valid && writes_q == '0;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      beats_q <= '0;
      next_valid_q <= 1'b0;
      writes_q <= '0;
    end else if (store_i) begin
      if (!free) beats_q <= beats_q - 8'(beat);
      else if (next_valid_q) beats_q <= next_beats_q;
      else beats_q <= write_taken ? req_beats_o : '0;
      next_valid_q <= !free && (next_valid_q || write_taken);
      if (write_taken != wrsp_valid_i)
        writes_q <= write_taken ? writes_q + 1'b1 : writes_q - 1'b1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (write_taken) next_beats_q <= req_beats_o;
    if (setup_i) granules_q <= count_i;
    else if (beat) granules_q <= granules_q - 1'b1;
  end

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (wrsp_valid_i) a_response_to_store : assert (writes_q != '0);
    if (rsp_valid_i) a_response_to_load : assert (!store_i);
  end
`endif
endmodule
