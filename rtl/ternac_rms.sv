// The unit of what needs a pass over a vector before it has a result: norm, quant, argmax.
// Clocks from start to done for n words: norm 2n + ClocksRmsNorm, quant 2n + ClocksRmsQuant, argmax
// n + ClocksRmsArgmax, whatever the elements are.
module ternac_rms
  import ternac_pkg::*;
  import ternac_core_pkg::*;
#(
  parameter  config_t     Cfg     = ConfigTiny,
  localparam int unsigned Lanes   = Cfg.lanes,
  localparam int unsigned Words   = Cfg.vlmax / Lanes,
  localparam int unsigned WordIdx = Words > 1 ? $clog2(Words) : 1
) (
  input logic clk_i,
  input logic rst_ni,

  input  logic    start_i,   // an instruction begins; only when the unit is idle
  /* verilator lint_off UNUSEDSIGNAL */  // other units' operands
  input  uop_t    uop_i,     // the instruction
  /* verilator lint_on UNUSEDSIGNAL */
  output logic    done_o,    // its last clock
  output argmax_t argmax_o,  // in the last clock of argmax

  output logic                vre_o,     // read
  output logic [2:0]          vrreg_o,   // register
  output logic [WordIdx-1:0]  vrword_o,  // word
  input  logic [Lanes*32-1:0] vrdata_i,  // one clock later

  output logic                vwe_o,     // write: norm
  output logic [2:0]          vwreg_o,   // register
  output logic [WordIdx-1:0]  vwword_o,  // word
  output logic [Lanes-1:0]    vwmask_o,  // lanes to write
  output logic [Lanes*32-1:0] vwdata_o,  // elements

  output logic               qwe_o,        // write: quant
  output logic [1:0]         qwreg_o,      // register; of absmax_we_o, too
  output logic [WordIdx-1:0] qwword_o,     // word
  output logic [Lanes*8-1:0] qwdata_o,     // values; what they are beyond vl is undefined
  output logic               absmax_we_o,  // write the absmax, with the last values
  output logic [31:0]        absmax_o      // absmax
);
  localparam int unsigned LaneIdx = $clog2(Lanes);
  localparam int unsigned SquareBits = 32 + $clog2(MaxVlmax);

  // Stages: clocks after a word's read. 1 captures it, 2 takes magnitudes.
  localparam int unsigned StageMax = 3;        // 3 to 6: the largest of a word, of all words
  localparam int unsigned StageArgmax = 7;     // compare with the largest so far
  localparam int unsigned StageSquares = 3;    // 3 to 7: sums of squares
  localparam int unsigned StageFactor = 8;     // the scalar step begins
  localparam int unsigned StageScale = 2;      // second pass of norm: 2 to 5
  localparam int unsigned StageQuantise = 3;   // second pass of quant: 3 to 8
  localparam int unsigned WriteNorm = StageScale + 4;
  localparam int unsigned WriteQuant = StageQuantise + 6;
  localparam int unsigned Stages = WriteQuant;

  // Clocks from the last read of the first pass to the first one of the second: as few as have R ready
  // for stage 2, and three times absmax for stage 4.
  localparam int unsigned WaitNorm = ClocksRmsNorm - WriteNorm;
  localparam int unsigned WaitQuant = ClocksRmsQuant - WriteQuant;
  if (WaitNorm + 1 + StageScale != StageFactor + 39 || WaitQuant + 1 + StageQuantise + 1 != StageMax + 5
      || ClocksRmsArgmax != StageArgmax + 1) begin : gen_check_clocks
    $error("isa/core.yaml does not say what the unit takes");
  end

  // The instruction, from start to done.
  logic norm_q, quant_q, argmax_q;
  logic [2:0] vd_q, vs_q;
  logic [1:0] q_q;
  vl_t vl_q;
  logic [63:0] scalar_q, base_q;
  logic [4:0] xindex_q, xmax_q;
  logic [WordIdx-1:0] last_word_q;
  logic [Lanes-1:0] last_mask_q;
  logic [VlBits+31:0] eps_q;  // vl * eps

  vl_t last_element;
  assign last_element = uop_i.vl - 1'b1;

  always_ff @(posedge clk_i) begin
    if (start_i) begin
      norm_q <= uop_i.opcode == OpNorm;
      quant_q <= uop_i.opcode == OpQuant;
      argmax_q <= uop_i.opcode == OpArgmax;
      vd_q <= uop_i.vd;
      vs_q <= uop_i.opcode == OpArgmax ? uop_i.vs2 : uop_i.vs1;
      q_q <= uop_i.q;
      vl_q <= uop_i.vl;
      scalar_q <= uop_i.scalar;
      base_q <= uop_i.base;
      xindex_q <= uop_i.xindex;
      xmax_q <= uop_i.xmax;
      last_word_q <= WordIdx'(last_element >> LaneIdx);
      last_mask_q <= {Lanes{1'b1}} >> (LaneIdx'(Lanes - 1) - last_element[LaneIdx-1:0]);
    end
    if (norm_q) eps_q <= (VlBits+32)'(vl_q) * (VlBits+32)'(scalar_q[31:0]);
  end

  // Passes.
  typedef enum logic [1:0] {PhaseIdle, PhaseFirst, PhaseWait, PhaseSecond} phase_e;
  phase_e phase_q;
  logic [WordIdx-1:0] rword_q;
  logic [$clog2(ClocksRmsNorm)-1:0] wait_q;
  logic read_first, read_second, read_last;

  assign read_first = phase_q == PhaseFirst;
  assign read_second = phase_q == PhaseSecond;
  assign read_last = rword_q == last_word_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      phase_q <= PhaseIdle;
      rword_q <= '0;
      wait_q <= '0;
    end else if (start_i) begin
      phase_q <= PhaseFirst;
      rword_q <= '0;
    end else begin
      unique case (phase_q)
        PhaseFirst: begin
          rword_q <= rword_q + 1'b1;
          if (read_last) begin
            rword_q <= '0;
            phase_q <= argmax_q ? PhaseIdle : PhaseWait;
            wait_q <= ($clog2(ClocksRmsNorm))'(norm_q ? WaitNorm : WaitQuant);
          end
        end
        PhaseWait: begin
          wait_q <= wait_q - 1'b1;
          if (wait_q == 1) phase_q <= PhaseSecond;
        end
        PhaseSecond: begin
          rword_q <= rword_q + 1'b1;
          if (read_last) phase_q <= PhaseIdle;
        end
        default: ;
      endcase
    end
  end

  assign vre_o = read_first || read_second;
  assign vrreg_o = vs_q;
  assign vrword_o = rword_q;

  // Which stages work for each pass, and on the last word.
  logic [Stages:0] first, second, last;
  logic [Stages:1] first_q, second_q, last_q;
  assign first = {first_q, read_first};
  assign second = {second_q, read_second};
  assign last = {last_q, read_last};

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      first_q <= '0;
      second_q <= '0;
    end else if (start_i) begin
      // Words of the last instruction may be on their way through stages that it does not have.
      first_q <= '0;
      second_q <= '0;
    end else begin
      first_q <= first[Stages-1:0];
      second_q <= second[Stages-1:0];
    end
  end
  always_ff @(posedge clk_i) last_q <= last[Stages-1:0];

  // Stage 1 captures, stage 2 takes the magnitude, or what argmax compares.
  logic [31:0] lane_value [Lanes], lane_aa [Lanes], lane_ab [Lanes], lane_bb [Lanes];
  logic [31:0] lane_scaled [Lanes];
  logic [7:0] lane_quant [Lanes];
  logic [Lanes-1:0][31:0] value, aa, ab, bb;
  logic [31:0] factor, absmax_q;
  logic [33:0] triple_q;
  logic [5:0] shift;
  rms_lane_t lane;
  always_comb begin
    lane = '0;
    lane.capture = first[1] || second[1];
    lane.value = first[2] || (second[2] && quant_q);
    lane.order = argmax_q;
    if (norm_q) begin
      lane.square = first[StageSquares];
      lane.scale = second[StageScale+:4];
    end
    if (quant_q) lane.quantise = second[StageQuantise+:6];
  end

  for (genvar l = 0; l < Lanes; l++) begin : gen_lanes
    ternac_rms_lane u_lane (
      .clk_i,
      .control_i(lane),
      .there_i(!last[2] || last_mask_q[l]),
      .element_i(vrdata_i[l*32+:32]),
      .factor_i(factor),
      .shift_i(shift),
      .absmax_i(absmax_q),
      .triple_i(triple_q),
      .value_o(lane_value[l]),
      .aa_o(lane_aa[l]),
      .ab_o(lane_ab[l]),
      .bb_o(lane_bb[l]),
      .scaled_o(lane_scaled[l]),
      .quant_o(lane_quant[l])
    );
  end
  always_comb begin
    for (int unsigned l = 0; l < Lanes; l++) begin
      value[l] = lane_value[l];
      aa[l] = lane_aa[l];
      ab[l] = lane_ab[l];
      bb[l] = lane_bb[l];
      vwdata_o[l*32+:32] = lane_scaled[l];
      qwdata_o[l*8+:8] = lane_quant[l];
    end
  end

  // norm
  logic [SquareBits-1:0] sum_aa, sum_ab, sum_bb;
  ternac_rms_squares #(.Lanes(Lanes)) u_squares (
    .clk_i,
    .clear_i(start_i),
    .valid_i(norm_q ? first[StageSquares+1+:4] : '0),
    .aa_i(aa),
    .ab_i(ab),
    .bb_i(bb),
    .aa_o(sum_aa),
    .ab_o(sum_ab),
    .bb_o(sum_bb)
  );
  ternac_rms_factor u_factor (
    .clk_i,
    .rst_ni,
    .start_i(norm_q && first[StageFactor] && last[StageFactor]),
    .aa_i(sum_aa),
    .ab_i(sum_ab),
    .bb_i(sum_bb),
    .eps_i(eps_q),
    .vl_i(vl_q),
    .factor_o(factor),
    .shift_o(shift)
  );

  // quant and argmax
  logic [31:0] largest;
  logic [WordIdx+LaneIdx-1:0] position;
  ternac_rms_max #(.Lanes(Lanes), .WordIdx(WordIdx)) u_max (
    .clk_i,
    .clear_i(start_i),
    .valid_i(norm_q ? '0 : first[StageMax+:4]),
    .value_i(value),
    .value_o(largest),
    .position_o(position)
  );

  logic [31:0] absmax;
  always_comb begin
    absmax = largest;
    if (largest < AbsmaxFloor) absmax = AbsmaxFloor;
    if (largest[31]) absmax = 32'h7fff_ffff;
  end
  always_ff @(posedge clk_i) begin
    if (quant_q && first[StageMax+4] && last[StageMax+4]) begin
      absmax_q <= absmax;
      triple_q <= {2'b0, absmax} + {1'b0, absmax, 1'b0};
    end
  end
  logic [63:0] max, max_q, index_q;
  logic update_q;
  assign max = {{32{~largest[31]}}, ~largest[31], largest[30:0]};
  always_ff @(posedge clk_i) begin
    if (argmax_q && first[StageArgmax] && last[StageArgmax]) begin
      update_q <= $signed(max) > $signed(scalar_q);
      max_q <= max;
      index_q <= base_q + 64'(position);
    end
  end

  // Writes, and the end.
  logic [WordIdx-1:0] wword_q;
  logic argmax_done;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) wword_q <= '0;
    else if (start_i) wword_q <= '0;
    else if (vwe_o || qwe_o) wword_q <= wword_q + 1'b1;
  end

  assign vwe_o = norm_q && second[WriteNorm];
  assign vwreg_o = vd_q;
  assign vwword_o = wword_q;
  assign vwmask_o = last[WriteNorm] ? last_mask_q : '1;
  assign qwe_o = quant_q && second[WriteQuant];
  assign qwreg_o = q_q;
  assign qwword_o = wword_q;
  assign absmax_we_o = qwe_o && last[WriteQuant];
  assign absmax_o = absmax_q;
  assign argmax_done = argmax_q && first[ClocksRmsArgmax] && last[ClocksRmsArgmax];
  assign argmax_o = '{
    valid: argmax_done,
    update: update_q,
    xindex: xindex_q,
    xmax: xmax_q,
    index: index_q,
    max: max_q
  };
  assign done_o = (vwe_o && last[WriteNorm]) || absmax_we_o || argmax_done;

`ifndef SYNTHESIS
  // Every instruction takes the clocks that docs/core.md states.
  logic busy_q;
  int unsigned clocks_q, expected;
  always_comb begin
    expected = 32'(last_word_q) + 1 + ClocksRmsArgmax;
    if (norm_q) expected = 2 * (32'(last_word_q) + 1) + ClocksRmsNorm;
    if (quant_q) expected = 2 * (32'(last_word_q) + 1) + ClocksRmsQuant;
  end
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) busy_q <= 1'b0;
    else begin
      clocks_q <= start_i ? 1 : clocks_q + 1;
      if (start_i) busy_q <= 1'b1;
      else if (done_o) busy_q <= 1'b0;
      if (start_i) begin
        assert (!busy_q);
        assert (uop_i.vl != 0 && 32'(uop_i.vl) <= Cfg.vlmax);
        assert (uop_i.opcode inside {OpNorm, OpQuant, OpArgmax});
      end
      if (done_o) assert (busy_q && clocks_q == expected);
      if (busy_q) assert (clocks_q <= expected);
    end
  end
`endif
endmodule
