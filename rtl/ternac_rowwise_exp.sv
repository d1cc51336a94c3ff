// The second half of exp: 2^p of an exponent p = a * log2(e) a clock, pipelined: look-up, interpolation, shift.
module ternac_rowwise_exp
  import ternac_pkg::*;
(
  input  logic        clk_i,
  input  logic [5:0]  valid_i,     // stage s works in this clock: 0 takes exponent_i
  /* verilator lint_off UNUSEDSIGNAL */  // what is below the interpolation is dropped
  input  logic [63:0] exponent_i,  // in units of 2^-(F + 30)
  /* verilator lint_on UNUSEDSIGNAL */
  output logic [31:0] power_o      // an element; after stage 5
);
  localparam int unsigned PointBits = FractionBits + TableFractionBits;  // below the exponent's point
  localparam int unsigned Segments = 1 << ExpIndexBits;
  // 2^f rises by less than 2^31 * ln(2) / 1024 in a segment.
  localparam int unsigned RiseBits = TableFractionBits + 1 - ExpIndexBits;
  localparam int unsigned StepBits = ExpInterpolationBits;
  localparam int unsigned ProductBits = RiseBits + StepBits;
  localparam int unsigned ScaleBits = 64 - PointBits;
  // 2^k in units of an element is the table's 1 shifted right by Unshifted - k.
  localparam int unsigned Unshifted = TableFractionBits - FractionBits;

  // A segment's value, without its top bit, which is 1, and its rise to the next: block RAM.
  logic [RiseBits+TableFractionBits-1:0] table_q [Segments];
  initial begin
    for (int unsigned j = 0; j < Segments; j++)
      table_q[j] = {RiseBits'(Exp2[j+1] - Exp2[j]), TableFractionBits'(Exp2[j])};
  end

  logic [RiseBits+TableFractionBits-1:0] read_q, entry_q;
  logic [StepBits-1:0] step_0_q, step_1_q;  // after stages 0 and 1
  logic [ScaleBits-1:0] scale_q, distance_q;
  logic [2:0] over_q, under_q;  // saturates, is zero: after stages 2 to 4
  logic [4:0] shift_2_q, shift_3_q;
  logic [TableFractionBits-1:0] base_q;
  logic [ProductBits-1:0] product_q;
  logic [TableFractionBits:0] mantissa_q;
  logic [31:0] shifted_q;  // with a bit below the element's last

  always_ff @(posedge clk_i) begin
    if (valid_i[0]) begin
      read_q <= table_q[exponent_i[PointBits-1-:ExpIndexBits]];
      step_0_q <= exponent_i[PointBits-ExpIndexBits-1-:StepBits];
      scale_q <= exponent_i[PointBits+:ScaleBits];
    end
    if (valid_i[1]) begin  // the block RAM's output register
      entry_q <= read_q;
      step_1_q <= step_0_q;
      distance_q <= ScaleBits'(Unshifted) - scale_q;
    end
    if (valid_i[2]) begin
      base_q <= entry_q[TableFractionBits-1:0];
      product_q <= ProductBits'(entry_q[TableFractionBits+:RiseBits]) * ProductBits'(step_1_q)
          + ProductBits'(1 << (StepBits - 1));
      over_q[0] <= distance_q[ScaleBits-1];
      under_q[0] <= |distance_q[ScaleBits-2:5];
      shift_2_q <= distance_q[4:0];
    end
    if (valid_i[3]) begin
      mantissa_q <= {1'b1, base_q} + (TableFractionBits+1)'(product_q >> StepBits);
      over_q[1] <= over_q[0];
      under_q[1] <= under_q[0];
      shift_3_q <= shift_2_q;
    end
    if (valid_i[4]) begin
      shifted_q <= {mantissa_q, 1'b0} >> shift_3_q;
      over_q[2] <= over_q[1];
      under_q[2] <= under_q[1];
    end
    if (valid_i[5]) begin
      if (over_q[2]) power_o <= 32'h7fff_ffff;
      else if (under_q[2]) power_o <= '0;
      else power_o <= {1'b0, shifted_q[31:1]} + 32'(shifted_q[0]);  // stays below 2^31
    end
  end
endmodule
