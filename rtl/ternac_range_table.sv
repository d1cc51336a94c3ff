// Ranges of DRAM in the order in which they were added, and whether one of them overlaps another range.

module ternac_range_table
  import ternac_core_pkg::*;
#(
  parameter int unsigned Entries = 8  // ranges that it holds, a power of two
) (
  input  logic   clk_i,       // clock
  input  logic   rst_ni,      // asynchronous reset, active low
  input  logic   push_i,      // add range_i; not when full_o
  input  range_t range_i,     // the new range
  input  logic   pop_i,       // drop the oldest range; not when empty_o
  output logic   full_o,      // no room for another one
  output logic   empty_o,     // holds none
  input  range_t query_i,     // range to ask about
  output logic   conflict_o   // a range in the table overlaps it, in the same clock
);
  localparam int unsigned IndexBits = $clog2(Entries);

  if (Entries < 2 || (Entries & (Entries - 1)) != 0) begin : gen_entries
    $error("ternac_range_table: Entries must be a power of two, 2 or more");
  end

  range_t [Entries-1:0] ranges_q;
  logic [Entries-1:0] valid_q;
  logic [IndexBits-1:0] head_q;
  logic [IndexBits-1:0] tail_q;

  assign full_o = valid_q[tail_q];
  assign empty_o = valid_q == '0;

  always_comb begin
    conflict_o = 1'b0;
    for (int unsigned i = 0; i < Entries; i++) begin
      if (valid_q[i] && query_i.first <= ranges_q[i].last && ranges_q[i].first <= query_i.last)
        conflict_o = 1'b1;
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q <= '0;
      head_q <= '0;
      tail_q <= '0;
    end else begin
      if (push_i) begin
        valid_q[tail_q] <= 1'b1;
        tail_q <= tail_q + 1'b1;
      end
      if (pop_i) begin
        valid_q[head_q] <= 1'b0;
        head_q <= head_q + 1'b1;
      end
    end
  end

  // No reset: valid_q tells what counts.
  always_ff @(posedge clk_i) begin
    if (push_i) ranges_q[tail_q] <= range_i;
  end

`ifndef SYNTHESIS
  assert property (@(posedge clk_i) disable iff (!rst_ni) !(push_i && full_o))
  else $error("ternac_range_table: pushed while full");
  assert property (@(posedge clk_i) disable iff (!rst_ni) !(pop_i && empty_o))
  else $error("ternac_range_table: popped while empty");
  assert property (@(posedge clk_i) disable iff (!rst_ni)
                   push_i |-> range_i.first <= range_i.last)
  else $error("ternac_range_table: a range that ends before it begins");
`endif
endmodule
