// A lane of the row-wise unit: its operands and what computes with them. ternac_rowwise says when.
module ternac_rowwise_lane
  import ternac_pkg::*;
  import ternac_core_pkg::*;
(
  input  logic          clk_i,
  input  rowwise_lane_t control_i,  // what to do in this clock
  input  logic [31:0]   scalar_i,   // the scalar operand
  input  logic [31:0]   a_i /* verilator public_flat_rd */,        // element of the first vector
  input  logic [31:0]   b_i /* verilator public_flat_rd */,        // element of the second vector
  output logic [31:0]   result_o    // element of the result
);
  // Not inlined, the lane's code is compiled once, not once for each lane, as long as it calls no functions: their
  // variables are numbered, so no two lanes would be the same.
  /* verilator no_inline_module */

  logic [31:0] a_q, b_q;
  always_ff @(posedge clk_i) begin
    if (control_i.capture[0]) a_q <= a_i;
    if (control_i.capture[1]) b_q <= b_i;
  end

  logic [TableFractionBits:0] sigmoid;
  logic [31:0] sigmoid_of;
  ternac_rowwise_sigmoid u_sigmoid (
    .clk_i,
    .valid_i(control_i.sigmoid),
    .element_i(a_q),
    .sigmoid_o(sigmoid),
    .element_o(sigmoid_of)
  );

  logic [31:0] operand_x, operand_y, result;
  logic [63:0] product;
  always_comb begin
    unique case (control_i.x)
      LaneVector: operand_x = a_q;
      LaneScalar: operand_x = scalar_i;
      LaneSigmoid: operand_x = sigmoid_of;
      // sig rounds the sigmoid itself: times 2^(F - (30 - F)), over 2^F.
      default: operand_x = 32'(1 << (2 * FractionBits - TableFractionBits));
    endcase
    unique case (control_i.y)
      LaneVector: operand_y = b_q;
      LaneScalar: operand_y = scalar_i;
      LaneSigmoid: operand_y = {1'b0, sigmoid};
      // exp begins with a product, splat is one.
      default: operand_y = control_i.exact ? {1'b0, Log2E} : 32'(1 << FractionBits);
    endcase
  end
  ternac_rowwise_multiply u_multiply (
    .clk_i,
    .valid_i(control_i.multiply),
    .x_i(operand_x),
    .y_i(operand_y),
    .add_i(control_i.add),
    .subtract_i(control_i.subtract),
    .exact_i(control_i.exact),
    .thirty_i(control_i.thirty),
    .product_o(product),
    .result_o(result)
  );

  logic [31:0] power;
  ternac_rowwise_exp u_exp (
    .clk_i,
    .valid_i(control_i.exp),
    .exponent_i(product),
    .power_o(power)
  );

  logic [31:0] quotient;
  ternac_rowwise_divide u_divide (
    .clk_i,
    .take_i(control_i.divide[0]),
    .load_i(control_i.divide[1]),
    .step_i(control_i.divide[2]),
    .round_i(control_i.divide[3]),
    .a_i(a_q),
    .b_i(b_q),
    .quotient_o(quotient)
  );

  always_comb begin
    unique case (control_i.result)
      LaneQuotient: result_o = quotient;
      LanePower: result_o = power;
      default: result_o = result;
    endcase
  end
endmodule
