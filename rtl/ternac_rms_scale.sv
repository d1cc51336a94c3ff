// norm's second pass: sat32(round(v * R / 2^shift)) of an element a clock, pipelined: partial products, product,
// shift, round.
module ternac_rms_scale (
  input  logic        clk_i,
  input  logic [3:0]  valid_i,    // stage s works in this clock: 0 takes element_i
  input  logic [31:0] element_i,  // element
  input  logic [31:0] factor_i,   // R, unsigned
  input  logic [5:0]  shift_i,    // 1 or more
  output logic [31:0] result_o    // after stage 3
);
  localparam int unsigned MiddleBits = 34;
  // Of the four products of halves, the outer two side by side, and the inner two added.
  logic [63:0] outer_q, product_q, shifted_q;
  logic [MiddleBits-1:0] middle_q;

  // The shifted product has a bit below the result's last.
  logic [31:0] up;
  assign up = shifted_q[32:1] + 32'(shifted_q[0]);

  always_ff @(posedge clk_i) begin
    if (valid_i[0]) begin
      outer_q <= {32'($signed(element_i[31:16])) * 32'(factor_i[31:16]),
                  32'(element_i[15:0]) * 32'(factor_i[15:0])};
      middle_q <= MiddleBits'($signed(element_i[31:16])) * MiddleBits'(factor_i[15:0])
          + MiddleBits'(element_i[15:0]) * MiddleBits'(factor_i[31:16]);
    end
    if (valid_i[1])
      product_q <= outer_q + {{48 - MiddleBits{middle_q[MiddleBits-1]}}, middle_q, 16'b0};
    if (valid_i[2]) shifted_q <= $signed(product_q) >>> (shift_i - 1'b1);
    if (valid_i[3]) begin
      if (shifted_q[63:32] != '0 && shifted_q[63:32] != '1)
        result_o <= shifted_q[63] ? 32'h8000_0000 : 32'h7fff_ffff;
      // Only the largest element can leave the range by rounding.
      else result_o <= up[31] && !shifted_q[63] ? 32'h7fff_ffff : up;
    end
  end
endmodule
