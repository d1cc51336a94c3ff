// Lines of a packed matrix: ceil(rows / trits of a byte) * ceil(columns / columns of a line).

module ternac_matrix_size
  import ternac_pkg::*;
  import ternac_core_pkg::*;
#(
  localparam int unsigned Stages = 3
) (
  input  logic       clk_i,      // clock
  input  logic       is_t5_i,    // packing t5, else t4
  input  vl_t        rows_i,     // rows of the matrix
  input  vl_t        columns_i,  // columns of the matrix
  output matrix_lines_t lines_o  // its lines, of the inputs Stages clocks ago
);
  // The first stage belongs to the clock that every instruction executes in.
  if (ClocksFrontMatrix + 1 < Stages) begin : gen_stages
    $error("ternac_matrix_size: front.matrix in isa/core.yaml is shorter than its pipeline");
  end

  // ceil(rows / trits) = floor((rows + trits - 1) * Reciprocal / 2^Shift): with Shift = bits of the
  // dividend + ceil(log2(trits)) and the reciprocal rounded up, that is exact for every dividend.
  localparam int unsigned DividendBits = VlBits + 1;
  localparam int unsigned T4Shift = DividendBits + $clog2(T4TritsPerByte);
  localparam int unsigned T5Shift = DividendBits + $clog2(T5TritsPerByte);
  localparam logic [DividendBits:0] T4Reciprocal =
      (DividendBits + 1)'(((1 << T4Shift) + T4TritsPerByte - 1) / T4TritsPerByte);
  localparam logic [DividendBits:0] T5Reciprocal =
      (DividendBits + 1)'(((1 << T5Shift) + T5TritsPerByte - 1) / T5TritsPerByte);
  localparam int unsigned ProductBits = 2 * DividendBits + 1;

  logic [DividendBits-1:0] dividend_q;
  logic is_t5_q;
  vl_t [1:0] line_columns_q;  // lines of a row group
  vl_t groups_q;              // row groups

  always_ff @(posedge clk_i) begin
    is_t5_q <= is_t5_i;
    dividend_q <= DividendBits'(rows_i)
        + DividendBits'(is_t5_i ? T5TritsPerByte - 1 : T4TritsPerByte - 1);
    line_columns_q[0] <= vl_t'((DividendBits'(columns_i) + DividendBits'(LineBytes - 1))
        >> $clog2(LineBytes));

    line_columns_q[1] <= line_columns_q[0];
    groups_q <= is_t5_q
        ? vl_t'((ProductBits'(dividend_q) * ProductBits'(T5Reciprocal)) >> T5Shift)
        : vl_t'((ProductBits'(dividend_q) * ProductBits'(T4Reciprocal)) >> T4Shift);

    lines_o <= matrix_lines_t'(groups_q) * matrix_lines_t'(line_columns_q[1]);
  end
endmodule
