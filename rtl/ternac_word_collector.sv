// Collects the elements of a result, a few a clock and in order, and writes them to a vector register in
// words. Elements at vl and above are not written.
module ternac_word_collector
  import ternac_core_pkg::*;
#(
  parameter int unsigned Lanes = 8,      // elements of a word
  parameter int unsigned Elements = 5,   // at most so many arrive in a clock
  parameter int unsigned WordIdx = 8,    // bits of a word's number
  localparam int unsigned CountBits = $clog2(Elements + 1)
) (
  input  logic                      clk_i,
  input  logic                      rst_ni,
  input  logic                      start_i,    // a result begins, of vl_i elements
  input  vl_t                       vl_i,       // stays until done_o
  input  logic                      valid_i,    // elements arrive, the next count_i ones
  input  logic [CountBits-1:0]      count_i,    // stays until done_o; the last arrival may exceed vl
  input  logic [Elements-1:0][31:0] element_i,
  output logic                      we_o,       // write a word
  output logic [WordIdx-1:0]        word_o,     // its number
  output logic [Lanes-1:0]          mask_o,     // the lanes to write
  output logic [Lanes*32-1:0]       data_o,
  output logic                      done_o      // with the last word
);
  // A buffer of blocks: an element has the same slot in whichever block it goes to, so that all blocks get
  // the same data and only their enables differ.
  localparam int unsigned LaneBits = $clog2(Lanes);
  localparam int unsigned SlotBits = $clog2(Elements);
  localparam int unsigned Slots = 1 << SlotBits;
  localparam int unsigned BufferBits = 1 + (SlotBits > LaneBits ? SlotBits : LaneBits);
  localparam int unsigned BlockBits = BufferBits - SlotBits;
  localparam int unsigned PositionBits = BufferBits - LaneBits;  // of a word in the buffer

  if (Lanes < 2 || Lanes != 1 << LaneBits || Elements < 2) begin : gen_lanes
    $error("the number of lanes must be a power of two");
  end

  logic [(1<<BlockBits)-1:0][Slots-1:0][31:0] buffer_q;
  vl_t rows_q;                // elements that arrived
  vl_t written_q;             // words that were written
  logic [Lanes-1:0] tail_q;   // lanes of the last word
  logic active_q;             // not done

  vl_t last;  // number of the last word
  logic ended;
  assign last = (vl_i - 1'b1) >> LaneBits;
  assign ended = rows_q >= vl_i;

  always_ff @(posedge clk_i) begin
    if (valid_i) begin
      for (int unsigned s = 0; s < Slots; s++) begin
        // The element that goes to slot s, and its block: the current one, or the next if it wraps.
        automatic logic [SlotBits-1:0] e = SlotBits'(s) - rows_q[SlotBits-1:0];
        automatic logic [BlockBits-1:0] block = rows_q[SlotBits+:BlockBits] +
            BlockBits'(SlotBits'(s) < rows_q[SlotBits-1:0]);
        if (32'(e) < 32'(count_i)) buffer_q[block][s] <= element_i[e];
      end
    end
    if (start_i)
      for (int unsigned l = 0; l < Lanes; l++)
        tail_q[l] <= LaneBits'(l) <= LaneBits'(vl_i - 1'b1);
  end

  logic [(1<<PositionBits)-1:0][Lanes*32-1:0] words;  // the same bits
  logic is_last;
  assign is_last = written_q == last;
  assign we_o = active_q && ((rows_q >> LaneBits) != written_q || ended);
  assign done_o = we_o && ended && is_last;
  assign word_o = WordIdx'(written_q);
  assign mask_o = is_last ? tail_q : '1;
  assign words = buffer_q;
  assign data_o = words[written_q[PositionBits-1:0]];

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      rows_q <= '0;
      written_q <= '0;
      active_q <= 1'b0;
    end else begin
      if (start_i) begin
        rows_q <= '0;
        written_q <= '0;
        active_q <= 1'b1;
      end else begin
        if (valid_i) rows_q <= rows_q + VlBits'(count_i);
        if (we_o) written_q <= written_q + 1'b1;
        if (done_o) active_q <= 1'b0;
      end
      a_room : assert (!valid_i || active_q && 32'(rows_q) + 32'(count_i) -
          (32'(written_q) << LaneBits) <= (32'd1 << BufferBits) + (we_o ? Lanes : 0))
        else $error("elements arrive faster than words are written");
    end
  end
endmodule
