// norm's scalar step: from the sum of squares S to R = floor(sqrt(floor(vl * 2^(2j) / S))) and j. A restoring
// division gives two bits a clock, from the highest, and the square root takes them, two a clock.
// factor_o is valid ClocksFactor clocks after start_i, whatever the numbers are.
module ternac_rms_factor
  import ternac_pkg::*;
  import ternac_core_pkg::*;
#(
  localparam int unsigned Bits = 32 + $clog2(MaxVlmax)
) (
  input  logic                 clk_i,
  input  logic                 rst_ni,
  input  logic                 start_i,  // the sums are complete
  input  logic [Bits-1:0]      aa_i,     // the sum of squares, in parts (ternac_rms_squares)
  input  logic [Bits-1:0]      ab_i,
  input  logic [Bits-1:0]      bb_i,
  input  logic [VlBits+31:0]   eps_i,    // vl * eps
  input  vl_t                  vl_i,     // vector length
  output logic [31:0]          factor_o, // R, or 0 if S is 0
  output logic [5:0]           shift_o   // j - F
);
  // S is at most 2^(62 + log2(MaxVlmax)) plus a little.
  localparam int unsigned SumBits = 62 + $clog2(MaxVlmax) + 1;
  localparam int unsigned Steps = 32;  // the quotient has 63 or 64 bits
  localparam int unsigned Before = 6;  // clocks before the first step of the division
  localparam int unsigned LzBits = $clog2(SumBits);

  typedef logic [SumBits-1:0] sum_t;

  logic running_q;
  logic [5:0] count_q;  // clocks since start_i
  logic [5:0] count;
  assign count = start_i ? '0 : count_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      running_q <= 1'b0;
      count_q <= '0;
    end else begin
      count_q <= count + 1'b1;
      if (start_i) running_q <= 1'b1;
      else if (count_q == 6'(Before + Steps)) running_q <= 1'b0;
    end
  end

  function automatic logic [LzBits-1:0] leading_zeros(sum_t a);
    leading_zeros = LzBits'(SumBits - 1);
    for (int unsigned i = 0; i < SumBits; i++) if (a[i]) leading_zeros = LzBits'(SumBits - 1 - i);
  endfunction

  // A step of the division: {digit, next remainder}.
  function automatic logic [SumBits+1:0] step(sum_t remainder, sum_t divisor,
                                              logic [SumBits+1:0] triple);
    logic [SumBits+1:0] partial;
    partial = {remainder, 2'b0};
    if (partial >= triple) return {2'd3, sum_t'(partial - triple)};
    if (partial >= {1'b0, divisor, 1'b0}) return {2'd2, sum_t'(partial - {1'b0, divisor, 1'b0})};
    if (partial >= {2'b0, divisor}) return {2'd1, sum_t'(partial - {2'b0, divisor})};
    return {2'd0, sum_t'(partial)};
  endfunction

  sum_t high_q, low_q, sum_q;        // two halves of S, S
  logic [LzBits-1:0] zeros_q;        // leading zeros of S
  logic zero_q;                      // S is 0
  sum_t dividend_q, divisor_q;       // vl and S, shifted until their top bits are set
  logic [SumBits+1:0] triple_q;      // 3 * divisor
  logic less_q;                      // dividend < divisor
  logic [7:0] distance_q;            // 62 - log2(vl / S), rounded up: 2j, or 2j - 1
  sum_t remainder_q;
  logic [1:0] digit_q;               // of the quotient
  logic [31:0] root_q;
  logic [31:0] rest_q;               // radicand so far - root^2; one bit more after the last step

  // The length's leading zeros, and with them those of vl in SumBits bits.
  logic [$clog2(VlBits)-1:0] length_zeros;
  always_comb begin
    length_zeros = '0;
    for (int unsigned i = 0; i < VlBits; i++)
      if (vl_i[i]) length_zeros = ($clog2(VlBits))'(VlBits - 1 - i);
  end

  // vl / S is dividend / divisor * 2^(zeros - length's zeros), and dividend / divisor is in (1/2, 2).
  logic less;
  logic [7:0] distance;
  assign less = dividend_q < divisor_q;
  assign distance = 8'(62 + SumBits - VlBits) + 8'(length_zeros) - 8'(zeros_q) + 8'(less);

  logic [33:0] radicand, trial;
  assign radicand = {rest_q, digit_q};
  assign trial = {root_q, 2'b01};

  always_ff @(posedge clk_i) begin
    if (start_i || running_q) begin
      unique case (count)
        0: begin
          high_q <= (sum_t'(aa_i) << 32) + sum_t'(bb_i);
          low_q <= (sum_t'(ab_i) << 17) + sum_t'(eps_i);
        end
        1: sum_q <= high_q + low_q;
        2: begin
          zeros_q <= leading_zeros(sum_q);
          zero_q <= sum_q == '0;
        end
        3: begin
          divisor_q <= sum_q << zeros_q;
          dividend_q <= {vl_i << length_zeros, (SumBits-VlBits)'(0)};
        end
        4: begin
          triple_q <= {2'b0, divisor_q} + {1'b0, divisor_q, 1'b0};
          less_q <= less;
          distance_q <= distance;
        end
        5: begin
          // The quotient * 2^-64, in [1/4, 1): an even power of two away from vl / S.
          remainder_q <= dividend_q >> (2'd2 - 2'(less_q) - 2'(distance_q[0]));
          shift_o <= 6'(((distance_q + 8'd1) >> 1) - 8'(FractionBits));
          root_q <= '0;
          rest_q <= '0;
        end
        default: begin
          {digit_q, remainder_q} <= step(remainder_q, divisor_q, triple_q);
          if (count != 6'(Before)) begin
            root_q <= {root_q[30:0], radicand >= trial};
            rest_q <= 32'(radicand >= trial ? radicand - trial : radicand);
          end
        end
      endcase
    end
  end

  assign factor_o = zero_q ? '0 : root_q;
endmodule
