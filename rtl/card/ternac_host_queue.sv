// A queue between host and core: entries of 64 bits in a block RAM, and how many there are.
module ternac_host_queue #(
  parameter  int unsigned Depth = 512,  // entries
  localparam int unsigned CountBits = $clog2(Depth + 1)
) (
  input  logic                 clk_i,        // clock
  input  logic                 rst_ni,       // asynchronous reset, active low: empties it
  input  logic                 in_valid_i,   // append in_data_i
  output logic                 in_ready_o,   // there is room
  input  logic [63:0]          in_data_i,    // new entry
  output logic                 out_valid_o,  // there is an entry
  input  logic                 out_ready_i,  // take the entry
  output logic [63:0]          out_data_o,   // oldest entry
  output logic [CountBits-1:0] count_o       // entries in it
);
  logic [CountBits-1:0] count_q;
  logic push, pop;

  assign in_ready_o = count_q != CountBits'(Depth);
  assign push = in_valid_i && in_ready_o;
  assign pop = out_valid_o && out_ready_i;
  assign count_o = count_q;

  ternac_granule_fifo #(
    .Width(64),
    .Depth(Depth)
  ) u_fifo (
    .clk_i,
    .rst_ni,
    .push_i(push),
    .data_i(in_data_i),
    .valid_o(out_valid_o),
    .data_o(out_data_o),
    .pop_i(pop)
  );

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) count_q <= '0;
    else count_q <= count_q + CountBits'(push) - CountBits'(pop);
  end
endmodule
