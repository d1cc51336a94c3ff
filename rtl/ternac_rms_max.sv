// The largest value of a vector, and the first position that has it: pipelined, a word a clock.
module ternac_rms_max #(
  parameter  int unsigned Lanes   = 4,
  parameter  int unsigned WordIdx = 1,  // bits of a word's number
  localparam int unsigned LaneIdx = $clog2(Lanes)
) (
  input  logic                       clk_i,
  input  logic                       clear_i,    // before the first word
  input  logic [3:0]                 valid_i,    // stage s works in this clock: 0 takes value_i
  input  logic [Lanes-1:0][31:0]     value_i,    // unsigned
  output logic [31:0]                value_o,    // largest of what stage 3 has taken
  output logic [WordIdx+LaneIdx-1:0] position_o  // its first position
);
  // Largest of 4, of 16, of 64 lanes; missing ones are 0, which no lane is.
  localparam int unsigned Num4 = (Lanes / 4 + 3) / 4 * 4;
  localparam int unsigned Num16 = 4;
  if (Lanes < 4 || Lanes > 64 || Lanes % 4 != 0) begin : gen_check_lanes
    $error("the tree is made for 4 to 64 lanes");
  end

  // The value, then the lane, inverted: the larger number is the larger value or the lower lane.
  typedef logic [32+LaneIdx-1:0] key_t;

  function automatic key_t key(logic [31:0] value, logic [LaneIdx-1:0] lane);
    return {value, ~lane};
  endfunction

  function automatic key_t largest(key_t a, key_t b, key_t c, key_t d);
    key_t ab, cd;
    ab = a > b ? a : b;
    cd = c > d ? c : d;
    return ab > cd ? ab : cd;
  endfunction

  logic [Num4-1:0][32+LaneIdx-1:0] max4_q;
  logic [Num16-1:0][32+LaneIdx-1:0] max16_q;
  key_t max64_q;
  logic none_q;  // nothing taken yet
  logic [WordIdx-1:0] word_q;

  always_ff @(posedge clk_i) begin
    if (valid_i[0]) begin
      for (int unsigned s = 0; s < Num4; s++) begin
        if (s < Lanes / 4)
          max4_q[s] <= largest(key(value_i[4*s], LaneIdx'(4 * s)),
                               key(value_i[4*s+1], LaneIdx'(4 * s + 1)),
                               key(value_i[4*s+2], LaneIdx'(4 * s + 2)),
                               key(value_i[4*s+3], LaneIdx'(4 * s + 3)));
        else max4_q[s] <= '0;
      end
    end
    if (valid_i[1]) begin
      for (int unsigned s = 0; s < Num16; s++) begin
        if (s < Num4 / 4)
          max16_q[s] <= largest(max4_q[4*s], max4_q[4*s+1], max4_q[4*s+2], max4_q[4*s+3]);
        else max16_q[s] <= '0;
      end
    end
    if (valid_i[2]) max64_q <= largest(max16_q[0], max16_q[1], max16_q[2], max16_q[3]);
    if (clear_i) begin
      none_q <= 1'b1;
      word_q <= '0;
    end else if (valid_i[3]) begin
      none_q <= 1'b0;
      word_q <= word_q + 1'b1;
      if (none_q || max64_q[LaneIdx+:32] > value_o) begin
        value_o <= max64_q[LaneIdx+:32];
        position_o <= {word_q, ~max64_q[LaneIdx-1:0]};
      end
    end
  end
endmodule
