// The activation registers: int8 values, written Lanes at a time and read by the granules of the ternary unit,
// and the absmax of each.
//
// A simulator finds value i of register r in gen_registers[r].gen_banks[b].words_q[i / Values], with
// Values = product_granules * beat_bytes, b = i mod Values / Lanes, bits 8 * (i mod Lanes) + 7 ..
// 8 * (i mod Lanes).
module ternac_activation_regs
  import ternac_pkg::*;
#(
  parameter  config_t     Cfg      = ConfigTiny,
  localparam int unsigned Lanes    = Cfg.lanes,
  localparam int unsigned Values   = Cfg.product_granules * Cfg.beat_bytes,  // of a word that is read
  localparam int unsigned Words    = Cfg.vlmax / Lanes,
  localparam int unsigned QWords   = Cfg.vlmax / Values,
  localparam int unsigned WordIdx  = Words > 1 ? $clog2(Words) : 1,
  localparam int unsigned QWordIdx = QWords > 1 ? $clog2(QWords) : 1
) (
  input logic clk_i,
  input logic rst_ni,

  input logic               we_i,         // write values
  input logic [1:0]         wreg_i,       // register; of absmax_we_i, too
  input logic [WordIdx-1:0] wword_i,      // word of Lanes values
  input logic [Lanes*8-1:0] wdata_i,      // values
  input logic               absmax_we_i,  // write the absmax
  input logic [31:0]        absmax_i,     // absmax

  input  logic                      re_i,     // read
  input  logic [1:0]                rreg_i,   // register
  input  logic [QWordIdx-1:0]       rword_i,  // word of Values values
  output logic [Values*8-1:0]       rdata_o,  // one clock after re_i
  output logic [NumQRegs-1:0][31:0] absmax_o  // absmax of each register
);
  // A bank holds the words of Lanes values whose number is the bank's, modulo Banks.
  localparam int unsigned Banks = Values / Lanes;
  localparam int unsigned BankIdx = $clog2(Banks);
  if (Values < Lanes || Lanes << BankIdx != Values) begin : gen_check_banks
    $error("product_granules * beat_bytes must be lanes times a power of two");
  end

  logic [Values*8-1:0] rdata [NumQRegs];  // what the SRAMs of each have read
  logic [1:0] rreg_q;
  assign rdata_o = rdata[rreg_q];

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      rreg_q <= '0;
      absmax_o <= '0;
    end else begin
      if (re_i) rreg_q <= rreg_i;
      if (absmax_we_i) absmax_o[wreg_i] <= absmax_i;
    end
  end

  for (genvar r = 0; r < NumQRegs; r++) begin : gen_registers
    logic [Values*8-1:0] rdata_q;
    assign rdata[r] = rdata_q;

    for (genvar b = 0; b < Banks; b++) begin : gen_banks
      logic [Lanes*8-1:0] words_q [QWords] /* verilator public_flat_rd */;
      logic we;
      assign we = we_i && wreg_i == 2'(r) && wword_i % WordIdx'(Banks) == WordIdx'(b);

      always_ff @(posedge clk_i) begin
        if (re_i && rreg_i == 2'(r)) rdata_q[b*Lanes*8+:Lanes*8] <= words_q[rword_i];
`ifdef VERILATOR
        // As in ternac_vector_regs: the same, and several times as fast.
        /* verilator lint_off BLKSEQ */
        if (we) words_q[QWordIdx'(wword_i >> BankIdx)] = wdata_i;
        /* verilator lint_on BLKSEQ */
`else
        if (we) words_q[QWordIdx'(wword_i >> BankIdx)] <= wdata_i;
`endif
      end
    end
  end
endmodule
