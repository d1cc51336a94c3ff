// The factor from a product's sums to elements, absmax / 127 * scale, as multiplier * 2^-shift: rescale()
// of the instruction set (isa/machine.yaml). Eight clocks, no more than a product's first sums take.
module ternac_rescale_factor
  import ternac_pkg::*;
#(
  parameter int unsigned SumBits = 21  // of a sum, two's complement
) (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        start_i,       // absmax_i and scale_i are there, and stay for Clocks
  input  logic [30:0] absmax_i,      // of the activation register
  input  logic [30:0] scale_i,       // binary32 without its sign
  output logic        ready_o,       // the factor is there; stays until the next start
  output logic [31:0] multiplier_o,  // 0, or from 2^31 up
  output logic [5:0]  shift_o        // to the right, 0 to MaxShift
);
  // From start_i to ready_o.
  localparam int unsigned Clocks = 8;
  // A shift by more makes every sum zero: a product is below 2^(SumBits - 1 + 32) in magnitude.
  localparam int unsigned MaxShift = SumBits + 31;

  if (MaxShift > 63 || ActivationMax != 127) begin : gen_parameters
    $error("the shift has six bits; the division below is by 127");
  end

  logic [7:0] exponent;
  logic [23:0] mantissa;
  assign exponent = scale_i[30:23];
  assign mantissa = {1'b1, scale_i[22:0]};

  function automatic logic [5:0] leading_zeros(logic [54:0] value);
    logic [5:0] count;
    count = 6'd55;
    for (int unsigned i = 0; i < 55; i++) if (value[i]) count = 6'(54 - i);
    return count;
  endfunction

  // One base-128 digit of a division by 127: 128 r + d = 127 r + (r + d), so the quotient's digit is r,
  // and one more if r + d reaches 127.
  typedef struct packed {
    logic [6:0] quotient;
    logic [6:0] remainder;  // below 127
  } step_t;
  function automatic step_t divide(logic [6:0] remainder, logic [6:0] digit);
    logic [7:0] sum, above;
    sum = 8'(remainder) + 8'(digit);
    above = sum + 8'd1;  // from 128 up if the sum reaches 127; then the rest is what remains
    return above[7] ? '{remainder + 7'd1, above[6:0]} : '{remainder, sum[6:0]};
  endfunction

  logic [Clocks-2:0] stage_q;  // which registers below take a value
  logic              ready_q;
  logic [54:0]       partial_q, product_q;
  logic [5:0]        zeros_q;
  logic [38:0]       normal_q;                  // its top bit is set
  logic [41:0]       dividend_q;                // digits leave at the top
  logic [31:0]       quotient_q;                // digits enter at the bottom
  logic [6:0]        remainder_q;
  logic signed [9:0] places_q;                  // of the shift, any range
  logic              zero_q;                    // every element is zero

  // Scaled by a power of two so that the quotient has 32 bits: from 127 * 2^31 up, below 127 * 2^32.
  logic high_end;
  assign high_end = normal_q[38:32] == 7'd127;
  logic signed [9:0] places;
  // The product was shifted by zeros - 16 to the left, and by one less if it was at the high end.
  assign places = 10'sd150 + 10'($signed({1'b0, zeros_q})) - 10'sd16 - 10'($signed({1'b0, high_end})) -
      10'($signed({1'b0, exponent}));

  step_t high, low;
  assign high = divide(remainder_q, dividend_q[41:35]);
  assign low = divide(high.remainder, dividend_q[34:28]);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      stage_q <= '0;
      ready_q <= 1'b0;
    end else begin
      stage_q <= {stage_q[Clocks-3:0], start_i};
      ready_q <= !start_i && (ready_q || stage_q[Clocks-2]);
    end
  end

  always_ff @(posedge clk_i) begin
    if (start_i) partial_q <= 55'(absmax_i) * 55'(mantissa);
    if (stage_q[0]) product_q <= partial_q;
    if (stage_q[1]) zeros_q <= leading_zeros(product_q);
    if (stage_q[2]) normal_q <= 39'((product_q << zeros_q) >> 16);
    if (stage_q[3]) begin
      dividend_q <= 42'(normal_q) >> high_end;
      remainder_q <= '0;
      places_q <= places;
      zero_q <= exponent == '0 || places > $signed(10'(MaxShift));
    end
    if (|stage_q[6:4]) begin
      dividend_q <= dividend_q << 14;
      quotient_q <= {quotient_q[17:0], high.quotient, low.quotient};
      remainder_q <= low.remainder;
    end
  end

  assign ready_o = ready_q;
  assign multiplier_o = zero_q ? '0 : quotient_q;
  // Below 1, any sum but zero saturates: it is at least 2^31 in magnitude before a shift to the left.
  assign shift_o = zero_q || places_q < 10'sd0 ? '0 : 6'(places_q);
endmodule
