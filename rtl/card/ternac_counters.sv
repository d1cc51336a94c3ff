// Performance counters, in the order of the registers from clocks on (docs/card/csr.md).
module ternac_counters
  import ternac_core_pkg::*;
#(
  parameter  int unsigned Channels = 4,  // banks
  parameter  int unsigned Beat = 64,     // bytes of a granule
  localparam int unsigned NumStalls = 16,
  localparam int unsigned NumIds = 4,
  localparam int unsigned NumCounters = 1 + 2 * NumStalls + NumUnits + 1 + NumIds + 3
) (
  input  logic                          clk_i,          // clock
  input  logic                          rst_ni,         // asynchronous reset, active low
  input  logic                          clear_i,        // begin at zero
  input  logic                          enable_i,       // the core has something to do in this clock
  input  stall_e                        front_stall_i,
  input  stall_e                        issue_stall_i,
  input  logic [NumUnits-1:0]           busy_i,         // units that run
  input  logic                          starved_i,      // the ternary unit waits for weights
  input  logic [Channels-1:0]           read_i,         // a beat is read from a bank
  input  logic [Channels-1:0][1:0]      read_id_i,      // by which client
  input  logic [Channels-1:0]           write_i,        // the core writes a beat
  input  logic [Channels-1:0][Beat-1:0] strobe_i,       // bytes of it
  input  logic [Channels-1:0]           copy_write_i,   // the copy engine writes a beat
  output logic [NumCounters-1:0][63:0]  counters_o
);
  localparam int unsigned BeatsBits = $clog2(Channels + 1);
  localparam int unsigned BytesBits = $clog2(Channels * Beat + 1);

  // What is counted, a clock late: the sums over all banks are long.
  logic enable_q, starved_q;
  stall_e front_q, issue_q;
  logic [NumUnits-1:0] busy_q;
  logic [NumIds-1:0][BeatsBits-1:0] reads, reads_q;
  logic [BeatsBits-1:0] writes, writes_q, copy_writes, copy_writes_q;
  logic [BytesBits-1:0] bytes, bytes_q;

  always_comb begin
    reads = '0;
    writes = '0;
    copy_writes = '0;
    bytes = '0;
    for (int unsigned c = 0; c < Channels; c++) begin
      for (int unsigned id = 0; id < NumIds; id++)
        if (read_i[c] && read_id_i[c] == 2'(id)) reads[id] += BeatsBits'(1);
      writes += BeatsBits'(write_i[c]);
      copy_writes += BeatsBits'(copy_write_i[c]);
      if (write_i[c]) bytes += BytesBits'($countones(strobe_i[c]));
    end
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      {enable_q, starved_q, busy_q, reads_q, writes_q, copy_writes_q, bytes_q} <= '0;
      front_q <= StallNone;
      issue_q <= StallNone;
    end else begin
      enable_q <= enable_i;
      front_q <= front_stall_i;
      issue_q <= issue_stall_i;
      busy_q <= busy_i;
      starved_q <= starved_i;
      reads_q <= reads;
      writes_q <= writes;
      copy_writes_q <= copy_writes;
      bytes_q <= bytes;
    end
  end

  logic [63:0] clocks_q, starved_count_q, write_beats_q, written_bytes_q, copy_write_beats_q;
  logic [NumStalls-1:0][63:0] front_stalls_q, issue_stalls_q;
  logic [NumUnits-1:0][63:0] busy_count_q;
  logic [NumIds-1:0][63:0] read_beats_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      clocks_q <= '0;
      front_stalls_q <= '0;
      issue_stalls_q <= '0;
      busy_count_q <= '0;
      starved_count_q <= '0;
      read_beats_q <= '0;
      write_beats_q <= '0;
      written_bytes_q <= '0;
      copy_write_beats_q <= '0;
    end else if (clear_i) begin
      clocks_q <= '0;
      front_stalls_q <= '0;
      issue_stalls_q <= '0;
      busy_count_q <= '0;
      starved_count_q <= '0;
      read_beats_q <= '0;
      write_beats_q <= '0;
      written_bytes_q <= '0;
      copy_write_beats_q <= '0;
    end else begin
      if (enable_q) begin
        clocks_q <= clocks_q + 64'd1;
        front_stalls_q[front_q] <= front_stalls_q[front_q] + 64'd1;
        issue_stalls_q[issue_q] <= issue_stalls_q[issue_q] + 64'd1;
        for (int unsigned u = 0; u < NumUnits; u++)
          busy_count_q[u] <= busy_count_q[u] + 64'(busy_q[u]);
        starved_count_q <= starved_count_q + 64'(starved_q);
      end
      for (int unsigned id = 0; id < NumIds; id++)
        read_beats_q[id] <= read_beats_q[id] + 64'(reads_q[id]);
      write_beats_q <= write_beats_q + 64'(writes_q);
      written_bytes_q <= written_bytes_q + 64'(bytes_q);
      copy_write_beats_q <= copy_write_beats_q + 64'(copy_writes_q);
    end
  end

  // The first one in the lowest bits.
  assign counters_o = {
    copy_write_beats_q, written_bytes_q, write_beats_q, read_beats_q, starved_count_q, busy_count_q,
    issue_stalls_q, front_stalls_q, clocks_q
  };
endmodule
