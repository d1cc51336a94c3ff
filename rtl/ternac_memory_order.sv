// What accesses to DRAM that leave the program order must wait for: stores that are not acknowledged,
// and matrices that are not fetched.

module ternac_memory_order
  import ternac_core_pkg::*;
#(
  // For uniformity: the tables have the same size everywhere.
  /* verilator lint_off UNUSEDPARAM */
  parameter ternac_pkg::config_t Cfg = ternac_pkg::ConfigTiny  // what the core is built of
  /* verilator lint_on UNUSEDPARAM */
) (
  input  logic   clk_i,             // clock
  input  logic   rst_ni,            // asynchronous reset, active low
  input  range_t query_i,           // what a scalar load or a matrix reads
  output logic   query_conflict_o,  // it overlaps a store that is not acknowledged
  input  logic   store_push_i,      // a store goes into the issue queue
  input  range_t store_i,           // what it writes
  output logic   store_full_o,      // no room for another store
  input  logic   store_pop_i,       // the oldest store is acknowledged
  output logic   no_stores_o,       // every store is acknowledged
  input  logic   matrix_push_i,     // a matrix goes to the weight fetch
  input  range_t matrix_i,          // what it reads
  output logic   matrix_full_o,     // no room for another matrix
  input  logic   matrix_pop_i,      // the oldest matrix is fetched
  input  range_t store_query_i,     // what the store that is to be issued writes
  output logic   store_conflict_o   // it overlaps a matrix that is not fetched
);
  localparam int unsigned Entries = 8;

  ternac_range_table #(.Entries(Entries)) u_stores (
    .clk_i,
    .rst_ni,
    .push_i(store_push_i),
    .range_i(store_i),
    .pop_i(store_pop_i),
    .full_o(store_full_o),
    .empty_o(no_stores_o),
    .query_i(query_i),
    .conflict_o(query_conflict_o)
  );

  // A younger matrix that overlaps the store waits for it in the front end, so an overlap here is
  // always with an older matrix.
  ternac_range_table #(.Entries(Entries)) u_matrices (
    .clk_i,
    .rst_ni,
    .push_i(matrix_push_i),
    .range_i(matrix_i),
    .pop_i(matrix_pop_i),
    .full_o(matrix_full_o),
    /* verilator lint_off PINCONNECTEMPTY */
    .empty_o(),
    /* verilator lint_on PINCONNECTEMPTY */
    .query_i(store_query_i),
    .conflict_o(store_conflict_o)
  );
endmodule
