// A FIFO with the oldest entry in view. An entry that is pushed in clock t is in view from t + 1.

module ternac_fifo #(
  parameter int unsigned Width = 64,  // bits of an entry
  parameter int unsigned Depth = 16   // entries
) (
  input  logic             clk_i,        // clock
  input  logic             rst_ni,       // asynchronous reset, active low: empties it
  input  logic             in_valid_i,   // append in_data_i
  output logic             in_ready_o,   // there is room; does not depend on out_ready_i
  input  logic [Width-1:0] in_data_i,    // new entry
  output logic             out_valid_o,  // there is an entry
  input  logic             out_ready_i,  // take the entry
  output logic [Width-1:0] out_data_o    // oldest entry
);
  localparam int unsigned IndexBits = Depth > 1 ? $clog2(Depth) : 1;
  localparam int unsigned CountBits = $clog2(Depth + 1);

  if (Depth == 0) begin : gen_depth
    $error("ternac_fifo: Depth must be 1 or more");
  end

  logic [Width-1:0] entries_q [Depth];
  logic [IndexBits-1:0] head_q;
  logic [IndexBits-1:0] tail_q;
  logic [CountBits-1:0] count_q;
  logic push;
  logic pop;

  assign in_ready_o = count_q != CountBits'(Depth);
  assign out_valid_o = count_q != '0;
  assign out_data_o = entries_q[head_q];
  assign push = in_valid_i && in_ready_o;
  assign pop = out_valid_o && out_ready_i;

  function automatic logic [IndexBits-1:0] next(logic [IndexBits-1:0] index);
    return index == IndexBits'(Depth - 1) ? '0 : index + 1'b1;
  endfunction

  // No reset: an entry is read only after it was written.
  always_ff @(posedge clk_i) begin
    if (push) entries_q[tail_q] <= in_data_i;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      head_q <= '0;
      tail_q <= '0;
      count_q <= '0;
    end else begin
      if (push) tail_q <= next(tail_q);
      if (pop) head_q <= next(head_q);
      if (push != pop) count_q <= push ? count_q + 1'b1 : count_q - 1'b1;
    end
  end

`ifndef SYNTHESIS
  assert property (@(posedge clk_i) disable iff (!rst_ni) count_q <= CountBits'(Depth))
  else $error("ternac_fifo: more entries than it has room for");
`endif
endmodule
