// A bank of fetched weights: a FIFO of granules in an SRAM, whose head is always shown.
//
// A granule that is written in clock t is at the head of an empty bank in t + ClocksWeightFetchPop.
// The SRAM's output register is the head, so a pop every clock keeps up: the pop enables the next read.
module ternac_weight_bank
  import ternac_pkg::*;
#(
  parameter int unsigned Width = 64,  // bits of a granule
  parameter int unsigned Depth = 16   // granules
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic             write_i,  // append data_i; whoever writes has counted the room
  input  logic [Width-1:0] data_i,   // a granule
  output logic             valid_o,  // data_o is the oldest granule
  output logic [Width-1:0] data_o,   // the oldest granule
  input  logic             pop_i     // take it; only with valid_o
);
  localparam int unsigned PointerBits = $clog2(Depth);

  if (Depth < 2 || Depth != 1 << PointerBits) begin : gen_depth
    $error("weight_fifo must be a power of two, at least 2");
  end
  if (ClocksWeightFetchPop != 2) begin : gen_clocks
    $error("a granule takes two clocks through a bank");
  end

  logic [Width-1:0] memory [Depth];
  logic [Width-1:0] head_q;
  logic             valid_q;
  logic [PointerBits-1:0] write_q, read_q;
  logic [PointerBits:0] stored_q;  // in the SRAM, without the head
  logic read;

  assign read = stored_q != '0 && (!valid_q || pop_i);
  assign valid_o = valid_q;
  assign data_o = head_q;

  always_ff @(posedge clk_i) begin
    if (write_i) memory[write_q] <= data_i;
    if (read) head_q <= memory[read_q];
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q <= 1'b0;
      write_q <= '0;
      read_q <= '0;
      stored_q <= '0;
    end else begin
      valid_q <= read || (valid_q && !pop_i);
      write_q <= write_q + PointerBits'(write_i);
      read_q <= read_q + PointerBits'(read);
      stored_q <= stored_q + (PointerBits + 1)'(write_i) - (PointerBits + 1)'(read);
      a_room : assert (!write_i || stored_q != (PointerBits + 1)'(Depth))
        else $error("a granule arrived at a full bank");
      a_pop : assert (!pop_i || valid_q) else $error("popped from an empty bank");
    end
  end
endmodule
