// sat32(round(x * y / 2^F)), or of x +- y, of a pair of elements a clock, pipelined: operands, partial products,
// sum, limit.
module ternac_rowwise_multiply
  import ternac_pkg::*;
(
  input  logic        clk_i,
  input  logic [3:0]  valid_i,     // stage s works in this clock: 0 takes x_i and y_i
  input  logic [31:0] x_i,         // first operand
  input  logic [31:0] y_i,         // second operand
  input  logic        add_i,       // x + y
  input  logic        subtract_i,  // x - y
  input  logic        exact_i,     // the product is not rounded: it is taken from product_o
  input  logic        thirty_i,    // divide by 2^30, not by 2^F
  output logic [63:0] product_o,   // after stage 2
  output logic [31:0] result_o     // after stage 3
);
  localparam int unsigned SumBits = 33;
  localparam int unsigned MiddleBits = 34;

  // Of the four products of halves, the outer two side by side, and the inner two added.
  logic [31:0] x_q, y_q;
  logic [63:0] outer_q;
  logic [MiddleBits-1:0] middle_q;

  // Half of what the product is divided by, in the middle's units.
  logic [MiddleBits-1:0] half;
  always_comb begin
    half = MiddleBits'(1 << (FractionBits - 1 - 16));
    if (thirty_i) half = MiddleBits'(1 << (TableFractionBits - 1 - 16));
    if (exact_i) half = '0;
  end

  logic [63:0] quotient;
  assign quotient = thirty_i ? $signed(product_o) >>> TableFractionBits
                             : $signed(product_o) >>> FractionBits;

  always_ff @(posedge clk_i) begin
    if (valid_i[0]) begin
      x_q <= x_i;
      y_q <= y_i;
    end
    if (valid_i[1]) begin
      if (add_i || subtract_i) begin
        // Where the product's result is taken from.
        outer_q <= 64'($signed(subtract_i ? SumBits'($signed(x_q)) - SumBits'($signed(y_q))
                                          : SumBits'($signed(x_q)) + SumBits'($signed(y_q))))
            << FractionBits;
        middle_q <= '0;
      end else begin
        outer_q <= {32'($signed(x_q[31:16])) * 32'($signed(y_q[31:16])),
                    32'(x_q[15:0]) * 32'(y_q[15:0])};
        middle_q <= MiddleBits'($signed(x_q[31:16])) * MiddleBits'(y_q[15:0])
            + MiddleBits'(x_q[15:0]) * MiddleBits'($signed(y_q[31:16])) + half;
      end
    end
    if (valid_i[2])
      product_o <= outer_q + {{48 - MiddleBits{middle_q[MiddleBits-1]}}, middle_q, 16'b0};
    if (valid_i[3]) begin
      if (quotient[63:31] == '0 || quotient[63:31] == '1) result_o <= quotient[31:0];
      else result_o <= quotient[63] ? 32'h8000_0000 : 32'h7fff_ffff;
    end
  end
endmodule
