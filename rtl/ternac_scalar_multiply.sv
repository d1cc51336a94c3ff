// The low 64 bits of a product, from three products of 32 bits, each with room for two registers in
// the multiplier. The operands stay the same until the result is taken, Stages clocks after the first.

module ternac_scalar_multiply #(
  localparam int unsigned Stages = 4
) (
  input  logic        clk_i,     // clock
  input  logic [63:0] a_i,       // operand
  input  logic [63:0] b_i,       // operand
  output logic [63:0] product_o  // a_i * b_i of Stages clocks ago, modulo 2^64
);
  if (ternac_pkg::ClocksFrontMultiply < Stages) begin : gen_stages
    $error("ternac_scalar_multiply: front.multiply in isa/core.yaml is shorter than its pipeline");
  end

  logic [1:0][63:0] low_q;   // low half by low half
  logic [1:0][31:0] left_q;  // high half by low half, and the other way round
  logic [1:0][31:0] right_q;
  logic [63:0] low_sum_q;
  logic [31:0] cross_q;

  always_ff @(posedge clk_i) begin
    low_q <= {low_q[0], 64'(a_i[31:0]) * 64'(b_i[31:0])};
    left_q <= {left_q[0], a_i[63:32] * b_i[31:0]};
    right_q <= {right_q[0], a_i[31:0] * b_i[63:32]};
    low_sum_q <= low_q[1];
    cross_q <= left_q[1] + right_q[1];
    product_o <= low_sum_q + {cross_q, 32'b0};
  end
endmodule
