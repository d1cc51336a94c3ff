// quant's second pass: round(127 * v / absmax) of an element a clock, exact, by a pipelined restoring division of two
// bits a stage.
module ternac_rms_quantise
  import ternac_pkg::*;
(
  input  logic        clk_i,
  input  logic [5:0]  valid_i,      // stage s works in this clock: 0 takes magnitude_i
  input  logic [31:0] magnitude_i,  // |v|, at most absmax; or 2^31, with absmax 2^31 - 1
  input  logic        negative_i,   // v < 0
  input  logic [31:0] absmax_i,     // needed from stage 1 on
  input  logic [33:0] triple_i,     // 3 * absmax
  output logic [7:0]  result_o      // after stage 5
);
  // The quotient 2 * 127 * |v| / absmax has 8 bits, the last one to round with.
  localparam int unsigned Steps = 4;
  if (ActivationMax != 127) begin : gen_check_max
    $error("made for values up to 127");
  end

  // Before each step: what is left of the dividend; its lowest bits, from above, and the quotient, from below.
  logic [Steps:0][31:0] remainder_q;
  logic [Steps:0][7:0] quotient_q;
  logic [Steps:0] negative_q;

  // The remainders with two more bits of the dividend.
  logic [Steps-1:0][33:0] partial;
  for (genvar s = 0; s < Steps; s++) begin : gen_partial
    assign partial[s] = {remainder_q[s], quotient_q[s][7:6]};
  end

  // floor(a + 1/2): half goes up, so it goes down in magnitude if the result is negative.
  logic [7:0] half;
  assign half = {1'b0, quotient_q[Steps][7:1]}
      + 8'(quotient_q[Steps][0] && (!negative_q[Steps] || remainder_q[Steps] != '0));

  always_ff @(posedge clk_i) begin
    if (valid_i[0]) begin
      {remainder_q[0], quotient_q[0]} <= {magnitude_i, 8'b0} - {7'b0, magnitude_i, 1'b0};
      negative_q[0] <= negative_i;
    end
    for (int unsigned s = 0; s < Steps; s++) begin
      if (valid_i[s+1]) begin
        negative_q[s+1] <= negative_q[s];
        if (partial[s] >= triple_i) begin
          quotient_q[s+1] <= {quotient_q[s][5:0], 2'd3};
          remainder_q[s+1] <= 32'(partial[s] - triple_i);
        end else if (partial[s] >= {1'b0, absmax_i, 1'b0}) begin
          quotient_q[s+1] <= {quotient_q[s][5:0], 2'd2};
          remainder_q[s+1] <= 32'(partial[s] - {1'b0, absmax_i, 1'b0});
        end else if (partial[s] >= {2'b0, absmax_i}) begin
          quotient_q[s+1] <= {quotient_q[s][5:0], 2'd1};
          remainder_q[s+1] <= 32'(partial[s] - {2'b0, absmax_i});
        end else begin
          quotient_q[s+1] <= {quotient_q[s][5:0], 2'd0};
          remainder_q[s+1] <= 32'(partial[s]);
        end
      end
    end
    if (valid_i[5]) result_o <= negative_q[Steps] ? -half : half;
  end
endmodule
