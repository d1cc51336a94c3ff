// A lane of the rms unit: what happens to each element. ternac_rms says when.
module ternac_rms_lane
  import ternac_pkg::*;
  import ternac_core_pkg::*;
(
  input  logic        clk_i,
  input  rms_lane_t   control_i,  // what to do in this clock
  input  logic        there_i /* verilator public_flat_rd */,    // the element in stage 2 is below vl
  input  logic [31:0] element_i /* verilator public_flat_rd */,  // element
  input  logic [31:0] factor_i,   // norm: R
  input  logic [5:0]  shift_i,    // norm: j - F
  input  logic [31:0] absmax_i,   // quant
  input  logic [33:0] triple_i,   // quant: 3 * absmax
  output logic [31:0] value_o,    // after value: the magnitude, or what argmax compares
  output logic [31:0] aa_o,       // after square: the magnitude is a * 2^16 + b; a * a,
  output logic [31:0] ab_o,       // a * b,
  output logic [31:0] bb_o,       // b * b
  output logic [31:0] scaled_o,   // after scale
  output logic [7:0]  quant_o     // after quantise
);
  // Not inlined, the lane's code is compiled once, not once for each lane, as long as it calls no functions: their
  // variables are numbered, so no two lanes would be the same.
  /* verilator no_inline_module */

  logic [31:0] element_q;
  logic negative_q;

  always_ff @(posedge clk_i) begin
    if (control_i.capture) element_q <= element_i;
    if (control_i.value) begin
      // argmax orders elements as unsigned numbers, too. What is not there counts as the smallest.
      if (!there_i) value_o <= '0;
      else if (control_i.order) value_o <= {~element_q[31], element_q[30:0]};
      else value_o <= element_q[31] ? -element_q : element_q;
      negative_q <= element_q[31];
    end
    if (control_i.square) begin
      aa_o <= 32'(value_o[31:16]) * 32'(value_o[31:16]);
      ab_o <= 32'(value_o[31:16]) * 32'(value_o[15:0]);
      bb_o <= 32'(value_o[15:0]) * 32'(value_o[15:0]);
    end
  end

  ternac_rms_scale u_scale (
    .clk_i,
    .valid_i(control_i.scale),
    .element_i(element_q),
    .factor_i,
    .shift_i,
    .result_o(scaled_o)
  );

  ternac_rms_quantise u_quantise (
    .clk_i,
    .valid_i(control_i.quantise),
    .magnitude_i(value_o),
    .negative_i(negative_q),
    .absmax_i,
    .triple_i,
    .result_o(quant_o)
  );
endmodule
