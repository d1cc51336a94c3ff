// Sums of activations, each taken as it is, negated, or not at all: one sum for each of a few rows. No
// multiplier. The adder tree has a register every second level of adders.
//
// Codes are two bits of two's complement: 01 adds the activation, 11 subtracts it, 00 does neither. They have
// 16 bits for a column, and partial sums have 16 bits, so that a simulator finds them at whole words, which
// made it more than three times as fast. For synthesis, the arithmetic has as many bits as it needs, and the
// registers that repeat the sign are merged: tools do not find that out by themselves.
module ternac_ternary_sum #(
  parameter int unsigned Columns = 8,    // a power of two, 2 to 256
  parameter int unsigned Rows = 5,
  localparam int unsigned Levels = ($clog2(Columns) + 1) / 2  // clocks from valid_i to valid_o
) (
  input  logic                           clk_i,
  input  logic                           rst_ni,
  input  logic                           valid_i,  // sum these
  input  logic [Columns-1:0][15:0]       code_i,   // the codes of a column, row 0 in the lowest bits
  input  logic [Columns-1:0][7:0]        x_i,      // its activation, -127 to 127
  output logic                           valid_o,
  output logic [Rows-1:0][15:0]          sum_o     // two's complement
);
  if (Columns < 2 || Columns > 256 || Columns != 1 << $clog2(Columns) || Rows > 8) begin : gen_columns
    $error("columns must be a power of two, their sums have 16 bits, and so have the codes of a column");
  end

  logic [Levels:0] valid;
  assign valid[0] = valid_i;

  // The sum of a few columns, of one row.
  localparam int unsigned Few = Columns >= 4 ? 4 : 2;
`ifdef SYNTHESIS
  localparam int unsigned FewBits = 8 + $clog2(Few);
`endif
  function automatic logic [15:0] select(logic [Few-1:0][15:0] code, logic [Few-1:0][7:0] x,
                                         int unsigned row);
`ifdef SYNTHESIS
    // The complement is the negative minus 1.
    logic signed [FewBits-1:0] sum;
    logic [7:0] term;
    sum = '0;
    for (int unsigned k = 0; k < Few; k++) begin
      term = {8{code[k][2*row]}} & (x[k] ^ {8{code[k][2*row+1]}});
      sum = sum + FewBits'($signed(term)) + FewBits'(code[k][2*row] && code[k][2*row+1]);
    end
    return 16'(sum);
`else
    int sum;
    sum = 0;
    for (int unsigned k = 0; k < Few; k++)
      if (code[k][2*row]) sum += code[k][2*row+1] ? -32'($signed(x[k])) : 32'($signed(x[k]));
    return 16'(sum);
`endif
  endfunction

  for (genvar l = 0; l < Levels; l++) begin : gen_level
    // A level sums groups of four of what the level before has; the last one may be left with two.
    localparam int unsigned Terms = Columns >> (2 * l);
    localparam int unsigned Group = Terms >= 4 ? 4 : 2;
    localparam int unsigned Groups = Terms / Group;
`ifdef SYNTHESIS
    localparam int unsigned Bits = 8 + $clog2(Columns / Groups);  // of a sum
`endif
    logic [Rows-1:0][Groups-1:0][15:0] sum_q;
    logic valid_q;

    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) valid_q <= 1'b0;
      else valid_q <= valid[l];
    end
    assign valid[l+1] = valid_q;

    if (l == 0) begin : gen_select
      // The loop's body has what is next to each other in sum_q.
      localparam int unsigned Chunk = Groups >= 4 ? 4 : Groups;
      always_ff @(posedge clk_i) begin
        if (valid[l])
          for (int unsigned c = 0; c < Groups / Chunk; c++)
            for (int unsigned r = 0; r < Rows; r++) begin
              automatic logic [Chunk-1:0][15:0] sums;
              for (int unsigned g = 0; g < Chunk; g++)
                sums[g] = select(code_i[(c*Chunk+g)*Few+:Few], x_i[(c*Chunk+g)*Few+:Few], r);
              sum_q[r][c*Chunk+:Chunk] <= sums;
            end
      end
    end else begin : gen_add
      always_ff @(posedge clk_i) begin
        if (valid[l])
          for (int unsigned r = 0; r < Rows; r++)
            for (int unsigned g = 0; g < Groups; g++) begin
`ifdef SYNTHESIS
              automatic logic signed [Bits-1:0] sum = '0;
              for (int unsigned k = 0; k < Group; k++)
                sum = sum + Bits'($signed(gen_level[l-1].sum_q[r][g*Group+k]));
              sum_q[r][g] <= 16'(sum);
`else
              automatic logic [15:0] sum = '0;
              for (int unsigned k = 0; k < Group; k++)
                sum = sum + gen_level[l-1].sum_q[r][g*Group+k];
              sum_q[r][g] <= sum;
`endif
            end
      end
    end
  end

  assign valid_o = valid[Levels];
  for (genvar r = 0; r < Rows; r++) begin : gen_sum
    assign sum_o[r] = gen_level[Levels-1].sum_q[r];
  end
endmodule
