// div of a pair of elements: a restoring division, two bits of the quotient a clock.
module ternac_rowwise_divide
  import ternac_pkg::*;
#(
  localparam int unsigned Steps = 16
) (
  input  logic        clk_i,
  input  logic        take_i,     // stage 0: take a_i and b_i
  input  logic        load_i,     // stage 1: begin with them
  input  logic        step_i,     // stage 2: divide, in Steps clocks
  input  logic        round_i,    // stage 3: round; load_i may come in the same clock
  input  logic [31:0] a_i,        // dividend
  input  logic [31:0] b_i,        // divisor
  output logic [31:0] quotient_o  // after stage 3
);
  // |a| * 2^(F + 1) / |b|: the quotient and a bit to round with. Larger ones saturate.
  localparam int unsigned QuotientBits = 2 * Steps;
  // The first partial remainder is what is left of the dividend above QuotientBits.
  localparam int unsigned LowBits = QuotientBits - FractionBits - 1;

  logic [31:0] a_q, b_q;  // magnitudes
  logic negative_q;       // sign of the result
  logic [31:0] divisor_q;
  logic [33:0] triple_q;  // of the divisor
  logic over_q, zero_q, minus_q;  // result saturates, is zero, is negative
  logic [31:0] remainder_q;
  logic [31:0] quotient_q;  // what is left of the dividend, from above; the quotient, from below

  // The remainder with two more bits of the dividend.
  logic [33:0] partial;
  assign partial = {remainder_q, quotient_q[31:30]};

  // floor(a + 1/2): half goes up, so it goes down in magnitude if the result is negative.
  logic [31:0] half;
  assign half = {1'b0, quotient_q[31:1]}
      + 32'(quotient_q[0] && (!minus_q || remainder_q != '0));

  always_ff @(posedge clk_i) begin
    if (take_i) begin
      a_q <= a_i[31] ? -a_i : a_i;
      b_q <= b_i[31] ? -b_i : b_i;
      negative_q <= a_i[31] ^ b_i[31];
    end
    if (load_i) begin
      divisor_q <= b_q;
      triple_q <= {2'b0, b_q} + {1'b0, b_q, 1'b0};
      minus_q <= negative_q;
      over_q <= (32+LowBits)'(a_q) >= {b_q, LowBits'(0)};
      zero_q <= a_q == '0;
      remainder_q <= a_q >> LowBits;
      quotient_q <= {a_q[LowBits-1:0], (QuotientBits-LowBits)'(0)};
    end else if (step_i) begin
      if (partial >= triple_q) begin
        quotient_q <= {quotient_q[29:0], 2'd3};
        remainder_q <= 32'(partial - triple_q);
      end else if (partial >= {1'b0, divisor_q, 1'b0}) begin
        quotient_q <= {quotient_q[29:0], 2'd2};
        remainder_q <= 32'(partial - {1'b0, divisor_q, 1'b0});
      end else if (partial >= {2'b0, divisor_q}) begin
        quotient_q <= {quotient_q[29:0], 2'd1};
        remainder_q <= 32'(partial - {2'b0, divisor_q});
      end else begin
        quotient_q <= {quotient_q[29:0], 2'd0};
        remainder_q <= 32'(partial);
      end
    end
    if (round_i) begin
      if (zero_q) quotient_o <= '0;
      else if (minus_q) quotient_o <= over_q ? 32'h8000_0000 : -half;
      else quotient_o <= over_q || half[31] ? 32'h7fff_ffff : half;
    end
  end
endmodule
