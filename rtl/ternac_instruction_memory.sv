// The instruction memory: written by the host while the core is stopped, read by the front end.

module ternac_instruction_memory #(
  parameter int unsigned Instructions = 1024,  // capacity
  localparam int unsigned IndexBits = $clog2(Instructions)
) (
  input  logic                 clk_i,     // clock
  input  logic                 we_i,      // write wdata_i
  input  logic [IndexBits-1:0] windex_i,  // where to
  input  logic [         63:0] wdata_i,   // an instruction word
  input  logic                 re_i,      // read
  input  logic [IndexBits-1:0] rindex_i,  // where from
  output logic [         63:0] rdata_o    // the word, from one clock after re_i until the next re_i
);
  logic [63:0] words_q [Instructions];

  always_ff @(posedge clk_i) begin
    if (we_i) words_q[windex_i] <= wdata_i;
    if (re_i) rdata_o <= words_q[rindex_i];
  end
endmodule
