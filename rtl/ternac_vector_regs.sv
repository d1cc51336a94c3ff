// The vector registers: an SRAM each, one read and one write a clock. The scoreboard sees to it that no two
// ports want the same register; only the two operands of a row-wise operation may be one register, and
// then they are the same word. Reset makes every element 0, which takes as many clocks as there are
// words.
//
// A simulator finds element i of register r in
//   gen_registers[r].words_q[i / Lanes], bits 32 * (i mod Lanes) + 31 .. 32 * (i mod Lanes).
module ternac_vector_regs
  import ternac_pkg::*;
#(
  parameter  config_t     Cfg     = ConfigTiny,
  localparam int unsigned Lanes   = Cfg.lanes,
  localparam int unsigned Words   = Cfg.vlmax / Lanes,
  localparam int unsigned WordIdx = Words > 1 ? $clog2(Words) : 1
) (
  input logic clk_i,
  input logic rst_ni,

  output logic ready_o,  // every element has been set to 0 since reset; nothing is written before

  input  logic [3:0]               re_i,     // read, by port: 0, 1 row-wise, 2 rms, 3 lsu
  input  logic [3:0][2:0]          rreg_i,   // register
  input  logic [3:0][WordIdx-1:0]  rword_i,  // word
  output logic [3:0][Lanes*32-1:0] rdata_o,  // one clock after re_i

  input logic [3:0]               we_i,     // write, by port: 0 lsu, 1 row-wise, 2 rms, 3 tmatmul
  input logic [3:0][2:0]          wreg_i,   // register
  input logic [3:0][WordIdx-1:0]  wword_i,  // word
  input logic [3:0][Lanes-1:0]    wmask_i,  // lanes to write; the others keep their value
  input logic [3:0][Lanes*32-1:0] wdata_i   // elements
);
  localparam int unsigned NumPorts = 4;

  // What each SRAM has read, and which register a port asked for.
  logic [Lanes*32-1:0] rdata [NumVRegs];
  logic [NumPorts-1:0][2:0] rreg_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) rreg_q <= '0;
    else begin
      for (int unsigned p = 0; p < NumPorts; p++) if (re_i[p]) rreg_q[p] <= rreg_i[p];
    end
  end

  // After reset: the word of all registers that becomes 0.
  logic clearing_q;
  logic [WordIdx-1:0] clear_word_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      clearing_q <= 1'b1;
      clear_word_q <= '0;
    end else if (clearing_q) begin
      clearing_q <= clear_word_q != WordIdx'(Words - 1);
      clear_word_q <= clear_word_q + 1'b1;
`ifndef SYNTHESIS
      // Here, as `disable iff (!rst_ni)` would be a synchronous use of the reset.
      assert (we_i == '0);
`endif
    end
  end
  assign ready_o = !clearing_q;

  // Unpacked, a port's word is one that Verilator copies, not one that it shifts out of all ports'.
  logic [Lanes*32-1:0] wdata [NumPorts+1];
  always_comb begin
    wdata[NumPorts] = '0;
    for (int unsigned p = 0; p < NumPorts; p++) begin
      rdata_o[p] = rdata[rreg_q[p]];
      wdata[p] = wdata_i[p];
    end
  end

  for (genvar r = 0; r < NumVRegs; r++) begin : gen_registers
    // A lane is what the mask enables: the form from which tools infer memories with write enables.
    // One packed dimension: Verilator 5.006 does not show its C++ an array of two.
    logic [Lanes*32-1:0] words_q [Words] /* verilator public_flat_rd */;
    // A register of its own: in an array, it would be a memory, and words_q one without a register behind it.
    logic [Lanes*32-1:0] rdata_q;
    assign rdata[r] = rdata_q;

    logic re, we;
    logic [WordIdx-1:0] rword, wword;
    logic [Lanes-1:0] wmask;
    logic [2:0] writer;  // the port that writes; NumPorts: none, it is cleared

    always_comb begin
      re = 1'b0;
      rword = '0;
      we = clearing_q;
      wword = clear_word_q;
      wmask = {Lanes{clearing_q}};
      writer = 3'(NumPorts);
      for (int unsigned p = 0; p < NumPorts; p++) begin
        if (re_i[p] && rreg_i[p] == 3'(r)) begin
          re = 1'b1;
          rword = rword_i[p];
        end
        if (we_i[p] && wreg_i[p] == 3'(r)) begin
          we = 1'b1;
          wword = wword_i[p];
          wmask = wmask_i[p];
          writer = 3'(p);
        end
      end
    end

    always_ff @(posedge clk_i) begin
      if (re) rdata_q <= words_q[rword];
      if (we) begin
        for (int unsigned l = 0; l < Lanes; l++) begin
`ifdef VERILATOR
          // Nothing else uses words_q, and it has been read above, so this is the same; but with <=, every
          // lane has four temporaries and a flag to test, in every clock.
          /* verilator lint_off BLKSEQ */
          if (wmask[l]) words_q[wword][l*32+:32] = wdata[writer][l*32+:32];
          /* verilator lint_on BLKSEQ */
`else
          if (wmask[l]) words_q[wword][l*32+:32] <= wdata[writer][l*32+:32];
`endif
        end
      end
    end

`ifndef SYNTHESIS
    // Nobody reads a word in the clock in which it is written: SRAMs differ in what they would return.
    always_ff @(posedge clk_i) begin
      if (re && we) assert (rword != wword);
    end
`endif
  end

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    for (int unsigned p = 0; p < NumPorts; p++) begin
      for (int unsigned o = p + 1; o < NumPorts; o++) begin
        if (re_i[p] && re_i[o] && rreg_i[p] == rreg_i[o])
          assert (p == 0 && o == 1 && rword_i[p] == rword_i[o]);
        if (we_i[p] && we_i[o]) assert (wreg_i[p] != wreg_i[o]);
      end
    end
  end
`endif
endmodule
