// The row-wise unit: one result element from the same element of the operands. A word a clock, but div.
// Clocks from start to done for n words: n + ClocksRowwiseDepth; for exp, sig and silu n + ClocksRowwiseFunction;
// for div n * ClocksRowwiseDivide + ClocksRowwiseDivideDepth.
module ternac_rowwise
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

  input  logic start_i,  // an instruction begins; only when the unit is idle
  /* verilator lint_off UNUSEDSIGNAL */  // other units' operands
  input  uop_t uop_i,    // the instruction
  /* verilator lint_on UNUSEDSIGNAL */
  output logic done_o,   // its last clock

  output logic [1:0]               vre_o,     // read, by operand
  output logic [1:0][2:0]          vrreg_o,   // register
  output logic [1:0][WordIdx-1:0]  vrword_o,  // word
  input  logic [1:0][Lanes*32-1:0] vrdata_i,  // one clock later

  output logic                vwe_o,     // write
  output logic [2:0]          vwreg_o,   // register
  output logic [WordIdx-1:0]  vwword_o,  // word
  output logic [Lanes-1:0]    vwmask_o,  // lanes to write
  output logic [Lanes*32-1:0] vwdata_o   // elements
);
  localparam int unsigned LaneIdx = $clog2(Lanes);
  if (Lanes != 1 << LaneIdx) begin : gen_check_lanes
    $error("lanes must be a power of two");
  end

  // Stage s of the pipeline works s clocks after a word's read: 1 captures the operands. Results are
  // written in a stage that depends on the instruction.
  localparam int unsigned WriteDivide = ClocksRowwiseDivide + ClocksRowwiseDivideDepth - 1;
  localparam int unsigned Stages = WriteDivide;
  if (ClocksRowwiseDepth != 6 || ClocksRowwiseFunction != 11 || ClocksRowwiseDivide != 17
      || ClocksRowwiseDivideDepth != 5) begin : gen_check_clocks
    $error("isa/core.yaml does not say what the row-wise pipeline takes");
  end

  // The instruction, from start to done.
  typedef struct packed {
    logic [1:0] reads;      // its operands that are vectors
    logic function_like;    // exp, sig, silu
    logic sigmoid;          // sig, silu
    logic divide;
    rowwise_lane_t lane;    // what of it stays the same
  } control_t;

  function automatic control_t control_of(opcode_e opcode);
    control_t control;
    control = '0;
    control.lane.x = LaneVector;
    control.lane.y = LaneVector;
    control.lane.result = LaneProduct;
    unique case (opcode)
      OpAddVv, OpSubVv, OpMulVv, OpDivVv: control.reads = 2'b11;
      OpSubXv: begin
        control.reads = 2'b10;
        control.lane.x = LaneScalar;
      end
      OpAddVx, OpMulVx: begin
        control.reads = 2'b01;
        control.lane.y = LaneScalar;
      end
      OpSplat: begin
        control.lane.x = LaneScalar;
        control.lane.y = LaneConstant;
      end
      OpExp, OpSig, OpSilu: begin
        control.reads = 2'b01;
        control.function_like = 1'b1;
      end
      default: ;
    endcase
    unique case (opcode)
      OpAddVv, OpAddVx: control.lane.add = 1'b1;
      OpSubVv, OpSubXv: control.lane.subtract = 1'b1;
      OpDivVv: begin
        control.divide = 1'b1;
        control.lane.result = LaneQuotient;
      end
      OpExp: begin
        control.lane.y = LaneConstant;
        control.lane.exact = 1'b1;
        control.lane.result = LanePower;
      end
      OpSig, OpSilu: begin
        control.sigmoid = 1'b1;
        control.lane.x = opcode == OpSilu ? LaneSigmoid : LaneConstant;
        control.lane.y = LaneSigmoid;
        control.lane.thirty = opcode == OpSilu;
      end
      default: ;
    endcase
    return control;
  endfunction

  control_t control_q;
  logic [2:0] vd_q, vs1_q, vs2_q;
  logic [31:0] scalar_q;
  logic [WordIdx-1:0] last_word_q;
  logic [Lanes-1:0] last_mask_q;

  vl_t last_element;
  assign last_element = uop_i.vl - 1'b1;

  always_ff @(posedge clk_i) begin
    if (start_i) begin
      control_q <= control_of(uop_i.opcode);
      vd_q <= uop_i.vd;
      vs1_q <= uop_i.vs1;
      vs2_q <= uop_i.vs2;
      scalar_q <= uop_i.scalar[31:0];
      last_word_q <= WordIdx'(last_element >> LaneIdx);
      last_mask_q <= {Lanes{1'b1}} >> (LaneIdx'(Lanes - 1) - last_element[LaneIdx-1:0]);
    end
  end

  // Reads: a word a clock, or one each time that the divider takes one.
  logic reading_q, read, read_last;
  logic [WordIdx-1:0] rword_q;
  logic [$clog2(ClocksRowwiseDivide)-1:0] wait_q;

  assign read = reading_q && wait_q == 0;
  assign read_last = read && rword_q == last_word_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      reading_q <= 1'b0;
      rword_q <= '0;
      wait_q <= '0;
    end else if (start_i) begin
      reading_q <= 1'b1;
      rword_q <= '0;
      wait_q <= '0;
    end else if (read) begin
      reading_q <= !read_last;
      rword_q <= rword_q + 1'b1;
      if (control_q.divide) wait_q <= ($clog2(ClocksRowwiseDivide))'(ClocksRowwiseDivide - 1);
    end else if (wait_q != 0) begin
      wait_q <= wait_q - 1'b1;
    end
  end

  assign vre_o = {2{read}} & control_q.reads;
  assign vrreg_o = {vs2_q, vs1_q};
  assign vrword_o = {rword_q, rword_q};

  // Which stages work, and on the last word.
  logic [Stages:0] valid, last;
  logic [Stages:1] valid_q, last_q;
  assign valid = {valid_q, read};
  assign last = {last_q, read_last};

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q <= '0;
      last_q <= '0;
    end else if (start_i) begin
      // Words of the last instruction may be on their way through stages that it does not have.
      valid_q <= '0;
      last_q <= '0;
    end else begin
      valid_q <= valid[Stages-1:0];
      last_q <= last[Stages-1:0];
    end
  end

  // The divider divides from stage 4 on, and rounds when it may begin with the next word.
  localparam int unsigned DivideSteps = 16;
  localparam int unsigned StageRound = 4 + DivideSteps;
  logic dividing_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) dividing_q <= 1'b0;
    else if (valid[3]) dividing_q <= control_q.divide;
    else if (valid[StageRound-1]) dividing_q <= 1'b0;
  end

  // Lanes: stage 1 captures; sig and silu look up in stages 2 to 6, before they multiply; exp does after it.
  rowwise_lane_t lane;
  always_comb begin
    lane = control_q.lane;
    lane.capture = {2{valid[1]}} & control_q.reads;
    if (control_q.divide) begin
      lane.divide = {valid[StageRound], dividing_q, valid[3:2]};
    end else if (control_q.sigmoid) begin
      lane.sigmoid = valid[6:2];
      lane.multiply = valid[10:7];
    end else begin
      lane.multiply = valid[5:2];
      if (control_q.lane.exact) lane.exp = valid[10:5];
    end
  end

  logic [31:0] result [Lanes];
  for (genvar l = 0; l < Lanes; l++) begin : gen_lanes
    ternac_rowwise_lane u_lane (
      .clk_i,
      .control_i(lane),
      .scalar_i(scalar_q),
      .a_i(vrdata_i[0][l*32+:32]),
      .b_i(vrdata_i[1][l*32+:32]),
      .result_o(result[l])
    );
  end
  always_comb begin
    for (int unsigned l = 0; l < Lanes; l++) vwdata_o[l*32+:32] = result[l];
  end

  // Writes.
  logic [WordIdx-1:0] wword_q;
  logic write, write_last;
  always_comb begin
    write = valid[ClocksRowwiseDepth];
    write_last = last[ClocksRowwiseDepth];
    if (control_q.function_like) begin
      write = valid[ClocksRowwiseFunction];
      write_last = last[ClocksRowwiseFunction];
    end
    if (control_q.divide) begin
      write = valid[WriteDivide];
      write_last = last[WriteDivide];
    end
  end
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) wword_q <= '0;
    else if (start_i) wword_q <= '0;
    else if (write) wword_q <= wword_q + 1'b1;
  end

  assign vwe_o = write;
  assign vwreg_o = vd_q;
  assign vwword_o = wword_q;
  assign vwmask_o = write_last ? last_mask_q : '1;
  assign done_o = write_last;

`ifndef SYNTHESIS
  // Every instruction takes the clocks that docs/core.md states.
  logic busy_q;
  int unsigned clocks_q, expected;
  always_comb begin
    expected = 32'(last_word_q) + 1 + ClocksRowwiseDepth;
    if (control_q.function_like) expected = 32'(last_word_q) + 1 + ClocksRowwiseFunction;
    if (control_q.divide)
      expected = (32'(last_word_q) + 1) * ClocksRowwiseDivide + ClocksRowwiseDivideDepth;
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
      end
      if (done_o) assert (busy_q && clocks_q == expected);
      if (busy_q) assert (clocks_q <= expected);
    end
  end
`endif
endmodule
