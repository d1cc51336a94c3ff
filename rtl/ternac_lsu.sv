// Vector loads (ldv, ldv.h, ldv.b) and stores (sv), and scalar stores (sw, sd): one instruction at a
// time, over all channels in parallel.
//
// Granule g of memory is in channel g mod channels, so an instruction's granule k is in channel
// (first + k) mod channels. A step moves up to one granule of each channel, in address order, from or to the
// word that is being put together or taken apart; a word of a vector register is one step or more.
module ternac_lsu #(
  parameter ternac_pkg::config_t Cfg = ternac_pkg::ConfigTiny,
  localparam int unsigned Lanes = Cfg.lanes,
  localparam int unsigned Beat = Cfg.beat_bytes,
  localparam int unsigned GranBits = 8 * Beat,
  localparam int unsigned Ch = Cfg.channels,
  localparam int unsigned WordIdx = Cfg.vlmax > Lanes ? $clog2(Cfg.vlmax / Lanes) : 1,
  localparam int unsigned ChAddrBits = ternac_core_pkg::AddressBits - $clog2(Beat) - $clog2(Ch)
) (
  input  logic                           clk_i,
  input  logic                           rst_ni,
  // issue
  input  logic                           start_i,        // run uop_i; only when idle
  /* verilator lint_off UNUSEDSIGNAL */
  input  ternac_core_pkg::uop_t          uop_i,          // other units' fields are not used
  /* verilator lint_on UNUSEDSIGNAL */
  output logic                           done_o,         // load: its last write; store: acknowledged
  output logic                           store_done_o,   // with done_o, if it was a store
  // vector registers: data comes in the clock after vre_o
  output logic                           vre_o,
  output logic [2:0]                     vrreg_o,
  output logic [WordIdx-1:0]             vrword_o,
  input  logic [Lanes*32-1:0]            vrdata_i,
  output logic                           vwe_o,
  output logic [2:0]                     vwreg_o,
  output logic [WordIdx-1:0]             vwword_o,
  output logic [Lanes-1:0]               vwmask_o,       // lanes that are written
  output logic [Lanes*32-1:0]            vwdata_o,
  // reads: granule number within the channel, beats of the burst; responses are always taken
  output logic [Ch-1:0]                  req_valid_o,
  input  logic [Ch-1:0]                  req_ready_i,
  output logic [Ch-1:0][ChAddrBits-1:0]  req_address_o,
  output logic [Ch-1:0][7:0]             req_beats_o,
  input  logic [Ch-1:0]                  rsp_valid_i,
  input  logic [Ch-1:0][GranBits-1:0]    rsp_data_i,
  /* verilator lint_off UNUSEDSIGNAL */
  input  logic [Ch-1:0]                  rsp_last_i,     // not needed: granules are counted
  /* verilator lint_on UNUSEDSIGNAL */
  // writes: bursts, their data, one response for each burst
  output logic [Ch-1:0]                  wreq_valid_o,
  input  logic [Ch-1:0]                  wreq_ready_i,
  output logic [Ch-1:0][ChAddrBits-1:0]  wreq_address_o,
  output logic [Ch-1:0][7:0]             wreq_beats_o,
  output logic [Ch-1:0]                  wdata_valid_o,
  input  logic [Ch-1:0]                  wdata_ready_i,
  output logic [Ch-1:0][GranBits-1:0]    wdata_o,
  output logic [Ch-1:0][Beat-1:0]        wstrb_o,
  output logic [Ch-1:0]                  wlast_o,
  input  logic [Ch-1:0]                  wrsp_valid_i
);
  import ternac_pkg::*;
  import ternac_core_pkg::*;

  localparam int unsigned BeatBits = $clog2(Beat);
  localparam int unsigned ChBits = Ch > 1 ? $clog2(Ch) : 1;
  localparam int unsigned Slots = Lanes * 4 / Beat;     // granules of a word of 4-byte elements
  localparam int unsigned StoreSteps = Slots / Ch;      // steps of a word that is stored
  localparam int unsigned StepBits = StoreSteps > 1 ? $clog2(StoreSteps) : 1;
  localparam int unsigned BytesBits = VlBits + 2;       // bytes of a vector
  localparam int unsigned CountBits = BytesBits - BeatBits < 8 ? 8 : BytesBits - BeatBits + 1;

  // The instruction.
  logic active_q, store_q, scalar_q;
  logic setup_q;               // its first clock: ranges are computed
  logic [1:0] width_q;         // log2 of an element's bytes
  logic [2:0] register_q;      // vector register that is read or written
  logic [4:0] shift_q;
  logic [BytesBits-1:0] bytes_q;
  address_t address_q;
  logic [63:0] scalar_data_q;

  logic store_start, scalar_start;
  logic [1:0] width;
  always_comb begin
    scalar_start = uop_i.opcode == OpSw || uop_i.opcode == OpSd;
    store_start = scalar_start || uop_i.opcode == OpSv;
    unique case (uop_i.opcode)
      OpLdvB: width = 2'd0;
      OpLdvH: width = 2'd1;
      default: width = 2'd2;
    endcase
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      active_q <= 1'b0;
      setup_q <= 1'b0;
      store_q <= 1'b0;
    end else begin
      setup_q <= start_i;
      if (start_i) begin
        active_q <= 1'b1;
        store_q <= store_start;
      end else if (done_o) begin
        active_q <= 1'b0;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (start_i) begin
      scalar_q <= scalar_start;
      width_q <= width;
      register_q <= store_start ? uop_i.vs2 : uop_i.vd;
      shift_q <= width == 2'd2 ? '0 : uop_i.shift;
      address_q <= uop_i.address;
      scalar_data_q <= uop_i.opcode == OpSw ? {2{uop_i.scalar[31:0]}} : uop_i.scalar;
      unique case (uop_i.opcode)
        OpSw: bytes_q <= BytesBits'(4);
        OpSd: bytes_q <= BytesBits'(8);
        default: bytes_q <= BytesBits'(uop_i.vl) << width;
      endcase
    end
  end

  // Its granules: first to first + granules - 1, the last one with end_strobe.
  logic [AddressBits-BeatBits-1:0] first;
  logic [CountBits-1:0] granules;
  logic [ChBits-1:0] first_channel;
  logic [Beat-1:0] end_strobe, end_strobe_q;

  assign first = address_q[AddressBits-1:BeatBits];
  assign first_channel = ChBits'(32'(first) & (Ch - 1));
  // A scalar is less than a granule, or whole granules.
  assign granules = CountBits'((32'(bytes_q) + Beat - 1) >> BeatBits);

  always_comb begin
    int unsigned offset;  // of the first byte, in a granule
    int unsigned tail;    // bytes from there on
    offset = scalar_q ? 32'(address_q) & (Beat - 1) : 0;
    tail = ((32'(bytes_q) - 1) & (Beat - 1)) + 1;
    for (int unsigned b = 0; b < Beat; b++) end_strobe[b] = b >= offset && b < offset + tail;
  end

  always_ff @(posedge clk_i) begin
    if (setup_q) end_strobe_q <= end_strobe;
  end

  // Channels.
  logic [Ch-1:0] idle, room, push, head_valid, pop;
  logic [Ch-1:0][GranBits-1:0] push_data, head;
  logic read;

  for (genvar c = 0; c < Ch; c++) begin : gen_channel
    logic [ChBits-1:0] nth;  // the first granule of this channel is the range's granule nth
    logic [CountBits-1:0] count;
    logic ends_q;
    assign nth = ChBits'((c - 32'(first_channel)) & (Ch - 1));
    assign count = CountBits'((32'(granules) + Ch - 1 - 32'(nth)) >> $clog2(Ch));

    always_ff @(posedge clk_i) begin
      if (setup_q) ends_q <= ((32'(granules) - 1) & (Ch - 1)) == 32'(nth);
    end

    ternac_lsu_channel #(.Cfg(Cfg), .CountBits(CountBits), .StoreSteps(StoreSteps)) u_channel (
      .clk_i, .rst_ni,
      .clear_i(start_i), .setup_i(setup_q), .store_i(store_q),
      .first_i(ChAddrBits'((first + (AddressBits - BeatBits)'(nth)) >> $clog2(Ch))),
      .count_i(count), .ends_i(ends_q), .end_strobe_i(end_strobe_q), .idle_o(idle[c]),
      .reserve_i(read), .room_o(room[c]), .push_i(push[c]), .push_data_i(push_data[c]),
      .head_valid_o(head_valid[c]), .head_o(head[c]), .pop_i(pop[c]),
      .req_valid_o(req_valid_o[c]), .req_ready_i(req_ready_i[c]),
      .req_address_o(req_address_o[c]), .req_beats_o(req_beats_o[c]),
      .rsp_valid_i(rsp_valid_i[c]), .rsp_data_i(rsp_data_i[c]),
      .wreq_valid_o(wreq_valid_o[c]), .wreq_ready_i(wreq_ready_i[c]),
      .wdata_valid_o(wdata_valid_o[c]), .wdata_ready_i(wdata_ready_i[c]), .wdata_o(wdata_o[c]),
      .wstrb_o(wstrb_o[c]), .wlast_o(wlast_o[c]), .wrsp_valid_i(wrsp_valid_i[c])
    );
  end
  assign wreq_address_o = req_address_o;
  assign wreq_beats_o = req_beats_o;

  // Steps of loads and stores count the same things.
  logic [CountBits-1:0] left_q;    // granules that no step has moved
  logic [ChBits-1:0] channel_q;    // channel of the next one
  logic [StepBits-1:0] step_q;     // step within the word
  logic step, last_of_word;
  logic load_step, store_step;
  logic [StepBits-1:0] last_step;  // of a full word
  logic [2:0] step_granules;       // granules of a step, but for the last
  logic [Ch-1:0] part;             // channels that take part in the step

  always_comb begin
    last_step = '0;
    step_granules = 3'(Ch);
    for (int unsigned w = 0; w < 3; w++) begin
      if (32'(width_q) == w) begin
        if ((Lanes << w) / Beat >= Ch) last_step = StepBits'((Lanes << w) / Beat / Ch - 1);
        else step_granules = 3'((Lanes << w) / Beat);
      end
    end
    for (int unsigned c = 0; c < Ch; c++) begin
      int unsigned nth;
      nth = (c - 32'(channel_q)) & (Ch - 1);
      part[c] = nth < 32'(step_granules) && nth < 32'(left_q);
    end
  end

  assign load_step = active_q && !store_q && left_q != '0 && (part & ~head_valid) == '0;
  assign step = load_step || store_step;
  assign last_of_word = step_q == last_step || left_q <= CountBits'(step_granules);
  assign pop = load_step ? part : '0;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      left_q <= '0;
    end else if (setup_q) begin
      left_q <= granules;
    end else if (step) begin
      left_q <= left_q <= CountBits'(step_granules) ? '0 : left_q - CountBits'(step_granules);
    end
  end

  always_ff @(posedge clk_i) begin
    if (setup_q) begin
      step_q <= '0;
      channel_q <= first_channel;
    end else if (step) begin
      step_q <= last_of_word ? '0 : step_q + 1'b1;
      channel_q <= ChBits'((32'(channel_q) + 32'(step_granules)) & (Ch - 1));
    end
  end

  // Loads: a step turns the heads so that the first in address order comes first, and puts them into
  // their places of the word.
  logic [Slots-1:0][GranBits-1:0] word_q;
  logic word_valid_q, wide_valid;
  logic [VlBits-1:0] elements_q;  // elements that are not written
  logic [WordIdx-1:0] index_q;    // word that is written next

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) word_valid_q <= 1'b0;
    else word_valid_q <= load_step && last_of_word;
  end

  always_ff @(posedge clk_i) begin
    if (load_step) begin
      for (int unsigned j = 0; j < Slots; j++) begin
        if (32'(step_q) == j / Ch) word_q[j] <= head[ChBits'((j + 32'(channel_q)) & (Ch - 1))];
      end
    end
  end

  ternac_lsu_widen #(.Lanes(Lanes)) u_widen (
    .clk_i, .rst_ni,
    .valid_i(word_valid_q), .bytes_i(word_q), .width_i(width_q), .shift_i(shift_q),
    .valid_o(wide_valid), .word_o(vwdata_o)
  );

  always_ff @(posedge clk_i) begin
    if (start_i) begin
      index_q <= '0;
      elements_q <= uop_i.vl;
    end else if (wide_valid || read) begin
      index_q <= index_q + 1'b1;
      elements_q <= elements_q <= VlBits'(Lanes) ? '0 : elements_q - VlBits'(Lanes);
    end
  end

  assign vwe_o = wide_valid;
  assign vwreg_o = register_q;
  assign vwword_o = index_q;
  always_comb begin
    for (int unsigned i = 0; i < Lanes; i++) vwmask_o[i] = i < 32'(elements_q);
  end

  // Stores: words are read no faster than their steps go on, and only when every channel has room for
  // its part, so a step never waits.
  logic [Slots-1:0][GranBits-1:0] store_word_q;
  logic store_word_valid_q, read_q;
  logic [StepBits-1:0] pace_q;  // clocks until a word may be read

  assign read = active_q && store_q && !scalar_q && elements_q != '0 && pace_q == '0 && (&room);
  assign vre_o = read;
  assign vrreg_o = register_q;
  assign vrword_o = index_q;
  assign store_step = store_word_valid_q;
  assign push = store_step ? part : '0;

  always_comb begin
    for (int unsigned c = 0; c < Ch; c++)
      push_data[c] = store_word_q[32'(step_q) * Ch + ((c - 32'(channel_q)) & (Ch - 1))];
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      read_q <= 1'b0;
      pace_q <= '0;
      store_word_valid_q <= 1'b0;
    end else if (store_q) begin
      read_q <= read;
      if (start_i) pace_q <= '0;
      else if (read) pace_q <= StepBits'(StoreSteps - 1);
      else if (pace_q != '0) pace_q <= pace_q - 1'b1;
      if (read_q || (setup_q && scalar_q)) store_word_valid_q <= 1'b1;
      else if (last_of_word) store_word_valid_q <= 1'b0;
    end
  end

  always_ff @(posedge clk_i) begin
    if (read_q) store_word_q <= vrdata_i;
    else if (setup_q && scalar_q) store_word_q <= {Lanes / 2{scalar_data_q}};
  end

  // The end.
  assign store_done_o = active_q && store_q && !setup_q && (&idle);
  assign done_o = store_done_o || (wide_valid && elements_q <= VlBits'(Lanes));

  if (Slots < Ch || Lanes < 2) begin : gen_bad_lanes
    $error("ternac_lsu: lanes is less than beat_bytes, or less than 2");
  end
  if (Cfg.vector_fifo < StoreSteps) begin : gen_bad_fifo
    $error("ternac_lsu: vector_fifo does not hold a channel's part of a word");
  end

`ifndef SYNTHESIS
  // What the cycle model counts with: events, so many clocks later.
  logic [ClocksLsuRequest-1:0] started_q;
  logic [ClocksLsuLoadWrite-2:0] complete_q;  // a word's last granule is at the head for one clock
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      started_q <= '0;
      complete_q <= '0;
    end else begin
      started_q <= ClocksLsuRequest'({started_q, start_i});
      complete_q <= (ClocksLsuLoadWrite - 1)'({complete_q, load_step && last_of_word});
      if (start_i) a_start_when_idle : assert (!active_q);
      if (started_q[ClocksLsuRequest-1])
        a_request_clocks : assert ((req_valid_o | wreq_valid_o) != '0);
      a_write_clocks : assert (vwe_o == complete_q[ClocksLsuLoadWrite-2]);
    end
  end
`endif
endmodule
