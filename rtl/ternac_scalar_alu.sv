// Scalar arithmetic, addresses and conditions of branches; everything but mul, in one clock.

module ternac_scalar_alu
  import ternac_pkg::*;
(
  input  opcode_e     opcode_i,  // the instruction
  input  logic [63:0] a_i,       // x[rs1]
  input  logic [63:0] b_i,       // x[rs2]
  input  logic [63:0] imm_i,     // its constant, extended
  input  logic [63:0] pc_i,      // its address
  output logic [63:0] result_o,  // x[rd] of scalar arithmetic
  output logic [63:0] sum_o,     // address of an access or of a jump's target
  output logic        taken_o    // it jumps, if its condition holds
);
  logic is_pc_relative;
  logic [63:0] second;  // second operand of arithmetic and comparisons
  logic less;
  logic less_unsigned;
  logic equal;

  always_comb begin
    unique case (opcode_i)
      OpAdd, OpSub, OpAnd, OpOr, OpXor, OpSll, OpSrl, OpSra, OpSlt, OpSltu, OpBeq, OpBne, OpBlt,
      OpBge, OpBltu, OpBgeu:
      second = b_i;
      default: second = imm_i;
    endcase
  end

  assign is_pc_relative = opcode_i inside {OpJal, OpBeq, OpBne, OpBlt, OpBge, OpBltu, OpBgeu};
  assign sum_o = (is_pc_relative ? pc_i : a_i) + (opcode_i == OpAdd ? b_i : imm_i);
  assign equal = a_i == second;
  assign less = $signed(a_i) < $signed(second);
  assign less_unsigned = a_i < second;

  always_comb begin
    unique case (opcode_i)
      OpAdd, OpAddi: result_o = sum_o;
      OpSub: result_o = a_i - second;
      OpAnd, OpAndi: result_o = a_i & second;
      OpOr, OpOri: result_o = a_i | second;
      OpXor, OpXori: result_o = a_i ^ second;
      OpSll, OpSlli: result_o = a_i << second[5:0];
      OpSrl, OpSrli: result_o = a_i >> second[5:0];
      OpSra, OpSrai: result_o = 64'($signed(a_i) >>> second[5:0]);
      OpSlt, OpSlti: result_o = 64'(less);
      OpSltu: result_o = 64'(less_unsigned);
      default: result_o = imm_i;  // li
    endcase
  end

  always_comb begin
    unique case (opcode_i)
      OpJal, OpJalr: taken_o = 1'b1;
      OpBeq: taken_o = equal;
      OpBne: taken_o = !equal;
      OpBlt: taken_o = less;
      OpBge: taken_o = !less;
      OpBltu: taken_o = less_unsigned;
      OpBgeu: taken_o = !less_unsigned;
      default: taken_o = 1'b0;
    endcase
  end
endmodule
