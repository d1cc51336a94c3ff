// The ternary unit: a packed matrix, which the weight fetch streams into its banks, times an activation
// register. docs/core.md has its rate and its timing.
//
// A row group (4 or 5 rows, one byte a column) is so many granules as its columns take. A beat is up to P
// consecutive ones of it, and meets a word of the activation register. If a row group fits into half a beat,
// a beat is two row groups, one in each half of the adder tree.
//
// Pipeline, from the clock b in which a beat's granules leave their banks:
//   b       banks are popped and rotated into order; the activation word is read
//   b+1     bytes become codes; activations beyond the matrix become zero
//   b+2 ..  adder trees, one for each half of the beat: Levels clocks
//   then    accumulate (1), rescale (5), collect (1), write
module ternac_tmatmul
  import ternac_pkg::*;
  import ternac_core_pkg::*;
#(
  parameter config_t Cfg = ConfigTiny,
  localparam int unsigned Lanes = Cfg.lanes,
  localparam int unsigned Beat = Cfg.beat_bytes,
  localparam int unsigned P = Cfg.product_granules,
  localparam int unsigned GranBits = 8 * Beat,
  localparam int unsigned WordIdx = Cfg.vlmax > Lanes ? $clog2(Cfg.vlmax / Lanes) : 1,
  localparam int unsigned QWordIdx = Cfg.vlmax > P * Beat ? $clog2(Cfg.vlmax / (P * Beat)) : 1
) (
  input  logic                       clk_i,
  input  logic                       rst_ni,
  // from issue
  input  logic                       start_i,       // run uop_i; only when idle
  input  uop_t                       uop_i,
  output logic                       done_o,        // the last clock of the instruction
  // weights: granule g is in bank g mod P
  input  logic [P-1:0]               bank_valid_i,  // the bank's oldest granule is there
  input  logic [P-1:0][GranBits-1:0] bank_data_i,
  output logic [P-1:0]               bank_pop_o,    // take it
  // activation registers, in words of P * Beat int8 values
  output logic                       qre_o,         // read; qrdata_i is there one clock later
  output logic [1:0]                 qrreg_o,
  output logic [QWordIdx-1:0]        qrword_o,
  input  logic [P*GranBits-1:0]      qrdata_i,
  /* verilator lint_off UNUSEDSIGNAL */
  input  logic [NumQRegs-1:0][31:0]  absmax_i,      // of every activation register, below 2^31
  /* verilator lint_on UNUSEDSIGNAL */
  // vector registers
  output logic                       vwe_o,         // write a word
  output logic [2:0]                 vwreg_o,
  output logic [WordIdx-1:0]         vwword_o,
  output logic [Lanes-1:0]           vwmask_o,
  output logic [Lanes*32-1:0]        vwdata_o,
  // counters
  output logic                       starved_o      // a beat could be taken if its weights were there
);
  localparam int unsigned Columns = P * Beat;  // of a beat
  localparam int unsigned Half = Columns / 2;
  localparam int unsigned HalfGranules = P / 2;
  localparam int unsigned BankBits = $clog2(P);
  localparam int unsigned Rows = Cfg.has_t5 ? T5TritsPerByte : T4TritsPerByte;  // of a row group
  localparam int unsigned LineGranules = LineBytes / Beat;
  // A beat can hold two row groups if half of it holds the narrowest, a line.
  localparam bit Pairs = LineGranules <= HalfGranules;
  localparam int unsigned Elements = Pairs ? 2 * Rows : Rows;  // that are rescaled in a clock
  localparam int unsigned CountBits = $clog2(Elements + 1);
  localparam int unsigned Levels = ($clog2(Half) + 1) / 2;
  // The first sums must not come before their factor, four levels after the shortest row group's first
  // beat: the adder trees of narrow beats are lower than that, but their row groups may be longer.
  localparam int unsigned ShortestBeats = LineGranules > P ? LineGranules / P : 1;
  localparam int unsigned Settle = Levels + ShortestBeats < 5 ? 5 - Levels - ShortestBeats : 0;
  localparam int unsigned SumBits = 8 + $clog2(Cfg.vlmax);  // of a sum over all columns
  localparam int unsigned GranulesBits = $clog2(Cfg.vlmax / Beat + LineGranules + 1);

  if (P < 2 || P != 1 << BankBits || Beat != 1 << $clog2(Beat)) begin : gen_beat
    $error("product_granules (at least 2) and beat_bytes must be powers of two");
  end
  // The collector writes a word a clock.
  if (Elements > Lanes && (LineGranules / P) * Lanes < Elements) begin : gen_rate
    $error("there are too few lanes for the elements that a narrow product ends in a clock");
  end
  if (ClocksTmatmulDepth != 9) begin : gen_depth
    $error("the pipeline has another depth than isa/core.yaml says");
  end

  // The instruction.
  typedef enum logic [2:0] {
    StIdle,
    StPrepare,  // work out the first beat
    StSettle,   // Settle clocks
    StStream,   // take beats
    StFinish    // wait for the last element
  } state_e;
  state_e state_q;
  logic [2:0] settle_q;  // clocks in StSettle
  /* verilator lint_off UNUSEDSIGNAL */
  uop_t   uop_q;  // some of its fields are for other units
  /* verilator lint_on UNUSEDSIGNAL */
  logic   t5, pairs_q;
  logic [GranulesBits-1:0] granules_q;  // of a row group
  logic [2:0]              group_rows;  // rows of a row group
  logic [CountBits-1:0]    beat_rows;   // rows of a row group, or of two of them
  assign t5 = Cfg.has_t5 && (!Cfg.has_t4 || uop_q.opcode == OpTmatmulT5);
  assign group_rows = t5 ? 3'(T5TritsPerByte) : 3'(T4TritsPerByte);
  assign beat_rows = pairs_q ? CountBits'(group_rows) << 1 : CountBits'(group_rows);

  // Where the stream of beats is. beat_q is the next one to take; next is the one after it, or the first
  // one in StPrepare.
  typedef struct packed {
    logic [P-1:0]            banks;    // that it takes a granule of
    logic [BankBits-1:0]     lower;    // bank of the first granule of its lower half
    logic [BankBits-1:0]     upper;    // and of its upper half
    logic [GranulesBits-1:0] left;     // granules left in the row group, with this beat's
    logic [QWordIdx-1:0]     word;     // of the activation register
    logic                    first;    // of its row group, or pair of them
    logic                    last;     // of its row group, or pair of them
    vl_t                     row;      // first row of its row group
    logic                    ends;     // the last one of the product
  } beat_t;
  beat_t beat_q, next;
  logic  take;

  // The n banks from the given one on.
  function automatic logic [P-1:0] banks_from(logic [BankBits-1:0] start, logic [BankBits-1:0] n);
    logic [P-1:0] banks;
    for (int unsigned b = 0; b < P; b++)
      banks[b] = BankBits'(BankBits'(b) - start) < n;
    return banks;
  endfunction

  logic [GranulesBits-1:0] granules;
  logic pairs;
  assign granules = state_q == StPrepare ?
      GranulesBits'((32'(uop_q.columns) + LineBytes - 1) / LineBytes * LineGranules) : granules_q;
  assign pairs = state_q == StPrepare ? Pairs && 32'(granules) <= HalfGranules : pairs_q;

  always_comb begin
    automatic logic [BankBits-1:0] lower_n, upper_n;  // granules of the halves, at most P / 2 each
    automatic logic [CountBits-1:0] rows = pairs ? CountBits'(group_rows) << 1
                                                 : CountBits'(group_rows);
    next = beat_q;
    if (state_q == StPrepare) begin
      next.lower = BankBits'(uop_q.address >> $clog2(Beat));
      next.left = granules;
      next.word = '0;
      next.first = 1'b1;
      next.row = '0;
    end else if (beat_q.last) begin
      // A pair of row groups was whole, or the product ends.
      next.lower = beat_q.lower + BankBits'(pairs ? granules << 1 : beat_q.left);
      next.left = granules;
      next.word = '0;
      next.first = 1'b1;
      next.row = beat_q.row + VlBits'(rows);
    end else begin
      next.left = beat_q.left - GranulesBits'(P);
      next.word = beat_q.word + 1'b1;
      next.first = 1'b0;
    end
    if (pairs) begin
      lower_n = BankBits'(granules);
      upper_n = next.row + VlBits'(group_rows) < uop_q.vl ? BankBits'(granules) : '0;
    end else begin
      lower_n = 32'(next.left) < HalfGranules ? BankBits'(next.left) : BankBits'(HalfGranules);
      if (32'(next.left) >= P) upper_n = BankBits'(HalfGranules);
      else upper_n = BankBits'(next.left) - lower_n;
    end
    next.upper = next.lower + (pairs ? BankBits'(granules) : BankBits'(HalfGranules));
    next.banks = banks_from(next.lower, lower_n) | banks_from(next.upper, upper_n);
    next.last = pairs || 32'(next.left) <= P;
    next.ends = next.last && next.row + VlBits'(rows) >= uop_q.vl;
  end

  assign take = state_q == StStream && (bank_valid_i & beat_q.banks) == beat_q.banks;
  assign bank_pop_o = take ? beat_q.banks : '0;
  assign starved_o = state_q == StStream && !take;
  assign qre_o = take;
  assign qrreg_o = uop_q.q;
  assign qrword_o = beat_q.word;
  assign vwreg_o = uop_q.vd;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q <= StIdle;
      settle_q <= '0;
    end else begin
      settle_q <= state_q == StSettle ? settle_q + 1'b1 : '0;
      unique case (state_q)
        StIdle: if (start_i) state_q <= StPrepare;
        StPrepare: state_q <= Settle == 0 ? StStream : StSettle;
        StSettle: if (32'(settle_q) + 1 == Settle) state_q <= StStream;
        StStream: if (take && beat_q.ends) state_q <= StFinish;
        StFinish: if (done_o) state_q <= StIdle;
        default: state_q <= StIdle;
      endcase
      a_start : assert (!start_i || state_q == StIdle) else $error("started while busy");
    end
  end

  // Which columns of the word that has the matrix's last one are columns of the matrix.
  logic [Columns-1:0]  mask_q;
  logic [QWordIdx-1:0] last_word_q;  // that word; beats beyond it are padding
  always_ff @(posedge clk_i) begin
    if (state_q == StIdle && start_i) uop_q <= uop_i;
    if (state_q == StPrepare) begin
      granules_q <= granules;
      pairs_q <= pairs;
      last_word_q <= QWordIdx'((uop_q.columns - 1'b1) >> $clog2(Columns));
      for (int unsigned k = 0; k < Columns; k++)
        mask_q[k] <= $clog2(Columns)'(pairs ? k % Half : k) <= $clog2(Columns)'(uop_q.columns - 1'b1);
    end
    if (state_q == StPrepare || take) beat_q <= next;
  end

  // Granules in order, while the activation word is read.
  logic ordered_valid_q, ordered_first_q, ordered_last_q;
  logic ordered_masked_q, ordered_padding_q;  // its word is the last one, or beyond
  logic [P-1:0][GranBits-1:0] ordered_q;
  always_ff @(posedge clk_i) begin
    if (take) begin
      for (int unsigned i = 0; i < HalfGranules; i++) begin
        ordered_q[i] <= bank_data_i[BankBits'(beat_q.lower+BankBits'(i))];
        ordered_q[HalfGranules+i] <= bank_data_i[BankBits'(beat_q.upper+BankBits'(i))];
      end
      ordered_first_q <= beat_q.first;
      ordered_last_q <= beat_q.last;
      ordered_masked_q <= beat_q.word == last_word_q;
      ordered_padding_q <= beat_q.word > last_word_q;
    end
  end

  // Codes and activations. A negative scale swaps +1 and -1: the sums come out negated.
  logic swap;
  logic [Columns-1:0][7:0] bytes, activations, x_q;
  logic [Columns-1:0][15:0] code_q;  // in words that a simulator finds fast
  assign swap = uop_q.scalar[31];
  assign bytes = ordered_q;
  assign activations = pairs_q ? {2{qrdata_i[8*Half-1:0]}} : qrdata_i;

  function automatic logic [15:0] decode_byte(logic [7:0] value, logic is_t5, logic negate);
    logic [15:0] code;
    code = is_t5 ? 16'(T5Trits[value]) : 16'(T4Trits[value]);
    return negate ? code ^ ((code & 16'h5555) << 1) : code;
  endfunction

  always_ff @(posedge clk_i) begin
    if (ordered_valid_q)
      for (int unsigned k = 0; k < Columns; k += 2)
        code_q[k+:2] <= {decode_byte(bytes[k+1], t5, swap), decode_byte(bytes[k], t5, swap)};
  end
  always_ff @(posedge clk_i) begin
    if (ordered_valid_q) begin
      if (ordered_padding_q) x_q <= '0;
      else if (!ordered_masked_q) x_q <= activations;
      else
        for (int unsigned k = 0; k < Columns; k++) x_q[k] <= mask_q[k] ? activations[k] : '0;
    end
  end

  // Sums of both halves. What belongs to a beat goes along: which part of its row group it is.
  logic code_valid_q;
  logic [Levels:0] along_first_q, along_last_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      ordered_valid_q <= 1'b0;
      code_valid_q <= 1'b0;
    end else begin
      ordered_valid_q <= take;
      code_valid_q <= ordered_valid_q;
    end
  end
  always_ff @(posedge clk_i) begin
    along_first_q <= {along_first_q[Levels-1:0], ordered_first_q};
    along_last_q <= {along_last_q[Levels-1:0], ordered_last_q};
  end

  logic [1:0] half_valid;
  logic [1:0][Rows-1:0][15:0] half_sum;
  for (genvar h = 0; h < 2; h++) begin : gen_half
    ternac_ternary_sum #(.Columns(Half), .Rows(Rows)) u_sum (
      .clk_i,
      .rst_ni,
      .valid_i(code_valid_q),
      .code_i(code_q[h*Half+:Half]),
      .x_i(x_q[h*Half+:Half]),
      .valid_o(half_valid[h]),
      .sum_o(half_sum[h])
    );
  end

  // Accumulate over the beats of a row group; two row groups stay apart.
  logic sum_valid_q;
  logic [Elements-1:0][SumBits-1:0] sum_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) sum_valid_q <= 1'b0;
    else sum_valid_q <= (&half_valid) && along_last_q[Levels];
  end
  always_ff @(posedge clk_i) begin
    if (&half_valid) begin
      for (int unsigned r = 0; r < Rows; r++)
        sum_q[r] <= (along_first_q[Levels] ? '0 : sum_q[r]) + SumBits'($signed(half_sum[0][r])) +
            (pairs_q ? '0 : SumBits'($signed(half_sum[1][r])));
      if (pairs_q)
        for (int unsigned r = 0; r < Rows; r++)
          if (32'(group_rows) + r < Elements)
            sum_q[32'(group_rows)+r] <= SumBits'($signed(half_sum[1][r]));
    end
  end

  // Elements.
  logic        ready;
  logic [31:0] multiplier;
  logic [5:0]  shift;
  ternac_rescale_factor #(.SumBits(SumBits)) u_factor (
    .clk_i,
    .rst_ni,
    .start_i(state_q == StPrepare),
    .absmax_i(absmax_i[uop_q.q][30:0]),
    .scale_i(uop_q.scalar[30:0]),
    .ready_o(ready),
    .multiplier_o(multiplier),
    .shift_o(shift)
  );

  logic element_valid;
  logic [Elements-1:0][31:0] element;
  ternac_rescale #(.Elements(Elements), .SumBits(SumBits)) u_rescale (
    .clk_i,
    .rst_ni,
    .valid_i(sum_valid_q),
    .sum_i(sum_q),
    .multiplier_i(multiplier),
    .shift_i(shift),
    .valid_o(element_valid),
    .element_o(element)
  );

  ternac_word_collector #(.Lanes(Lanes), .Elements(Elements), .WordIdx(WordIdx)) u_collector (
    .clk_i,
    .rst_ni,
    .start_i(state_q == StPrepare),
    .vl_i(uop_q.vl),
    .valid_i(element_valid),
    .count_i(beat_rows),
    .element_i(element),
    .we_o(vwe_o),
    .word_o(vwword_o),
    .mask_o(vwmask_o),
    .data_o(vwdata_o),
    .done_o
  );

`ifndef SYNTHESIS
  // The timing that docs/core.md states: clocks since start, but those without weights, are the beats, the
  // words that the last beat left to write, and what the pipeline takes.
  int unsigned clocks_q, beats_q, words_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      clocks_q <= '0;
      beats_q <= '0;
      words_q <= '0;
    end else if (start_i) begin
      clocks_q <= '0;
      beats_q <= '0;
      words_q <= '0;
    end else if (state_q != StIdle) begin
      clocks_q <= clocks_q + 32'(!starved_o);
      beats_q <= beats_q + 32'(take);
      words_q <= element_valid ? '0 : words_q + 32'(vwe_o);
      a_factor : assert (!sum_valid_q || ready) else $error("sums without a factor");
      a_clocks : assert (!done_o ||
          clocks_q + 1 == beats_q + words_q + 1 + Levels + Settle + ClocksTmatmulDepth)
        else $error("a product took other clocks than stated");
    end
  end
`endif
endmodule
