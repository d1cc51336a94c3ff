// CRC-32 of lines, as in zlib, Ethernet and PNG: reflected, polynomial 0xEDB88320, ones before and inverted behind.
//
// A line's part is computed by itself first, so that what feeds back is only the old CRC, moved on by a line: a
// few levels of XOR in a clock, whatever the width.
module ternac_crc32 #(
  parameter int unsigned Bytes = 64  // of a line
) (
  input  logic               clk_i,    // clock
  input  logic               rst_ni,   // asynchronous reset, active low
  input  logic               clear_i,  // begin anew: the CRC of no bytes
  input  logic               valid_i,  // a line follows
  input  logic [8*Bytes-1:0] data_i,   // the line, its first byte in the lowest bits
  output logic               busy_o,   // crc_o does not have all lines yet
  output logic [31:0]        crc_o     // of all lines since clear_i
);
  localparam logic [31:0] Polynomial = 32'hedb88320;

  // The state after the bits of a line.
  function automatic logic [31:0] advance(logic [31:0] state, logic [8*Bytes-1:0] data);
    logic [31:0] next;
    next = state;
    for (int unsigned i = 0; i < 8 * Bytes; i++)
      next = {1'b0, next[31:1]} ^ (next[0] ^ data[i] ? Polynomial : 32'd0);
    return next;
  endfunction

  logic        valid_q;
  logic [31:0] line_q, state_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q <= 1'b0;
      line_q <= '0;
      state_q <= '1;
    end else begin
      valid_q <= valid_i;
      if (valid_i) line_q <= advance('0, data_i);
      if (clear_i) state_q <= '1;
      else if (valid_q) state_q <= advance(state_q, '0) ^ line_q;
    end
  end

  assign busy_o = valid_q;
  assign crc_o = ~state_q;
endmodule
