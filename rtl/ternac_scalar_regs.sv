// The scalar registers: three read ports, and one write port for each writer, so that no writer ever
// waits for another one. Each write port has a bank of its own; a table tells which bank holds a
// register's latest value. Every bank is then a small SRAM with one write port (LUTRAM in an FPGA).

module ternac_scalar_regs
  import ternac_pkg::*;
#(
  parameter int unsigned WritePorts = 4  // writers, 2 or more
) (
  input  logic                        clk_i,     // clock
  input  logic                        rst_ni,    // asynchronous reset, active low: all registers are 0
  input  logic [           2:0][ 4:0] rindex_i,  // registers to read
  output logic [           2:0][63:0] rdata_o,   // what they held when rindex_i was given, a clock later
  input  logic [WritePorts-1:0]       we_i,      // write; no two ports to the same register
  input  logic [WritePorts-1:0][ 4:0] windex_i,  // register to write; a write to x0 is ignored
  input  logic [WritePorts-1:0][63:0] wdata_i    // its new value
);
  localparam int unsigned BankBits = $clog2(WritePorts);

  logic [NumXRegs-1:0] written_q;              // written since reset; else it is 0
  logic [NumXRegs-1:0][BankBits-1:0] bank_q;   // where its latest value is
  logic [WritePorts-1:0][2:0][63:0] read;      // what each bank has

  for (genvar port = 0; port < WritePorts; port++) begin : gen_bank
    logic [63:0] values_q [NumXRegs];

    always_ff @(posedge clk_i) begin
      if (we_i[port]) values_q[windex_i[port]] <= wdata_i[port];
    end
    for (genvar i = 0; i < 3; i++) begin : gen_read
      assign read[port][i] = values_q[rindex_i[i]];
    end
  end

  always_ff @(posedge clk_i) begin
    for (int unsigned i = 0; i < 3; i++)
      rdata_o[i] <= written_q[rindex_i[i]] ? read[bank_q[rindex_i[i]]][i] : '0;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      written_q <= '0;
      bank_q <= '0;
    end else begin
      for (int unsigned port = 0; port < WritePorts; port++) begin
        if (we_i[port] && windex_i[port] != '0) begin
          written_q[windex_i[port]] <= 1'b1;
          bank_q[windex_i[port]] <= BankBits'(port);
        end
      end
    end
  end

`ifndef SYNTHESIS
  for (genvar one = 0; one < WritePorts; one++) begin : gen_one
    for (genvar other = one + 1; other < WritePorts; other++) begin : gen_other
      assert property (@(posedge clk_i) disable iff (!rst_ni)
                       !(we_i[one] && we_i[other] && windex_i[one] == windex_i[other]
                         && windex_i[one] != '0))
      else $error("ternac_scalar_regs: two writes to one register");
    end
  end
`endif
endmodule
