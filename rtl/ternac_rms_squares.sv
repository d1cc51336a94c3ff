// The sum of the squares of a vector, exact, in three parts: an element's magnitude is a * 2^16 + b. The lanes have
// squared.
module ternac_rms_squares
  import ternac_pkg::*;
#(
  parameter  int unsigned Lanes = 4,
  localparam int unsigned Bits  = 32 + $clog2(MaxVlmax)  // of a part
) (
  input  logic                   clk_i,
  input  logic                   clear_i,  // before the first word
  input  logic [3:0]             valid_i,  // stage s works in this clock: 0 takes a word
  input  logic [Lanes-1:0][31:0] aa_i,     // a * a,
  input  logic [Lanes-1:0][31:0] ab_i,     // a * b,
  input  logic [Lanes-1:0][31:0] bb_i,     // b * b of each element
  output logic [Bits-1:0]        aa_o,     // their sums over what stage 3 has taken
  output logic [Bits-1:0]        ab_o,
  output logic [Bits-1:0]        bb_o
);
  // Sums of 4, of 16, of 64 lanes; missing ones are 0.
  localparam int unsigned Num4 = (Lanes / 4 + 3) / 4 * 4;
  localparam int unsigned Num16 = 4;
  if (Lanes < 4 || Lanes > 64 || Lanes % 4 != 0) begin : gen_check_lanes
    $error("the tree is made for 4 to 64 lanes");
  end

  // Parts side by side: aa, ab, bb.
  logic [2:0][Lanes-1:0][31:0] square;
  assign square = {bb_i, ab_i, aa_i};
  logic [2:0][Num4-1:0][33:0] sum4_q;
  logic [2:0][Num16-1:0][35:0] sum16_q;
  logic [2:0][37:0] sum64_q;
  logic [2:0][Bits-1:0] total_q;

  always_ff @(posedge clk_i) begin
    if (valid_i[0]) begin
      for (int unsigned part = 0; part < 3; part++) begin
        for (int unsigned s = 0; s < Num4; s++) begin
          if (s < Lanes / 4)
            sum4_q[part][s] <= 34'(square[part][4*s]) + 34'(square[part][4*s+1])
                + 34'(square[part][4*s+2]) + 34'(square[part][4*s+3]);
          else sum4_q[part][s] <= '0;
        end
      end
    end
    if (valid_i[1]) begin
      for (int unsigned part = 0; part < 3; part++) begin
        for (int unsigned s = 0; s < Num16; s++) begin
          if (s < Num4 / 4)
            sum16_q[part][s] <= 36'(sum4_q[part][4*s]) + 36'(sum4_q[part][4*s+1])
                + 36'(sum4_q[part][4*s+2]) + 36'(sum4_q[part][4*s+3]);
          else sum16_q[part][s] <= '0;
        end
      end
    end
    if (valid_i[2]) begin
      for (int unsigned part = 0; part < 3; part++) begin
        sum64_q[part] <= 38'(sum16_q[part][0]) + 38'(sum16_q[part][1])
            + 38'(sum16_q[part][2]) + 38'(sum16_q[part][3]);
      end
    end
    if (clear_i) total_q <= '0;
    else if (valid_i[3]) begin
      for (int unsigned part = 0; part < 3; part++)
        total_q[part] <= total_q[part] + Bits'(sum64_q[part]);
    end
  end

  assign aa_o = total_q[0];
  assign ab_o = total_q[1];
  assign bb_o = total_q[2];
endmodule
