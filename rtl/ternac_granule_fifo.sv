// A FIFO of granules on a memory with a registered output, as block RAMs have: what is pushed is at the head in
// the next clock if nothing is before it, and one granule a clock goes through.
//
// Whoever pushes keeps count of the room.
module ternac_granule_fifo #(
  parameter int unsigned Width = 64,  // bits of a granule
  parameter int unsigned Depth = 64   // granules
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic             push_i,   // put data_i behind the last; only when there is room
  input  logic [Width-1:0] data_i,
  output logic             valid_o,  // there is a head
  output logic [Width-1:0] data_o,   // the head
  input  logic             pop_i     // take it; only with valid_o
);
  localparam int unsigned PointerBits = Depth > 1 ? $clog2(Depth) : 1;
  localparam int unsigned CountBits = $clog2(Depth + 1);

  logic [Width-1:0] memory[Depth];
  logic [PointerBits-1:0] write_q, read_q;  // read_q: the granule behind the head
  logic [CountBits-1:0] count_q;            // with the head
  logic [Width-1:0] read_data_q, bypass_data_q;
  logic bypass_q;                           // the head is in bypass_data_q, else in read_data_q
  logic bypass;                             // what is pushed becomes the head at once
  logic advance;                            // the head of the next clock comes from the memory

  function automatic logic [PointerBits-1:0] next(logic [PointerBits-1:0] pointer);
    return 32'(pointer) == Depth - 1 ? '0 : pointer + 1'b1;
  endfunction

  assign valid_o = count_q != '0;
  assign data_o = bypass_q ? bypass_data_q : read_data_q;
  assign bypass = push_i && (count_q == '0 || (pop_i && count_q == CountBits'(1)));
  assign advance = pop_i && count_q > CountBits'(1);

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      write_q <= '0;
      read_q <= '0;
      count_q <= '0;
      bypass_q <= 1'b0;
    end else if (push_i || pop_i) begin
      // What goes past the memory takes its place there all the same: the pointers stay together.
      if (push_i) write_q <= next(write_q);
      if (bypass || advance) read_q <= next(read_q);
      if (bypass || advance) bypass_q <= bypass;
      count_q <= count_q + CountBits'(push_i) - CountBits'(pop_i);
    end
  end

  always_ff @(posedge clk_i) begin
    if (push_i) memory[write_q] <= data_i;
    if (advance) read_data_q <= memory[read_q];
    if (bypass) bypass_data_q <= data_i;
  end

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (push_i) a_no_overflow : assert (32'(count_q) < Depth || pop_i);
    if (pop_i) a_no_underflow : assert (valid_o);
  end
`endif
endmodule
