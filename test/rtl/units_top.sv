// The row-wise unit and the rms unit with their register files, for test/rtl/units.test.ts. The bench has the
// ports of the load/store unit.
module units_top
  import ternac_pkg::*;
  import ternac_core_pkg::*;
#(
  parameter  int unsigned Config   = 0,
  localparam config_t     Cfg      = config_at(Config),
  localparam int unsigned Lanes    = Cfg.lanes,
  localparam int unsigned Values   = Cfg.product_granules * Cfg.beat_bytes,
  localparam int unsigned WordIdx  = $clog2(Cfg.vlmax / Lanes),
  localparam int unsigned QWordIdx = $clog2(Cfg.vlmax / Values)
) (
  input logic clk_i,
  input logic rst_ni,
  output logic ready_o,

  // Of the configuration, for the bench.
  output logic [31:0] lanes_o,
  output logic [31:0] values_o,

  // An instruction for one of the units, or one for each.
  input logic [1:0]       start_i,  // 0 row-wise, 1 rms
  input logic [1:0][7:0]  opcode_i,
  input logic [1:0][2:0]  vd_i,
  input logic [1:0][2:0]  vs1_i,
  input logic [1:0][2:0]  vs2_i,
  input logic [1:0][1:0]  q_i,
  input logic [1:0][13:0] vl_i,
  input logic [1:0][63:0] scalar_i,
  input logic [1:0][63:0] base_i,
  output logic [1:0]      done_o,
  output logic            argmax_valid_o,
  output logic            argmax_update_o,
  output logic [63:0]     argmax_index_o,
  output logic [63:0]     argmax_max_o,

  // The registers.
  input  logic                      we_i,
  input  logic [2:0]                wreg_i,
  input  logic [WordIdx-1:0]        wword_i,
  input  logic [Lanes*32-1:0]       wdata_i,
  input  logic                      re_i,
  input  logic [2:0]                rreg_i,
  input  logic [WordIdx-1:0]        rword_i,
  output logic [Lanes*32-1:0]       rdata_o,
  input  logic                      qre_i,
  input  logic [1:0]                qrreg_i,
  input  logic [QWordIdx-1:0]       qrword_i,
  output logic [Values*8-1:0]       qrdata_o,
  output logic [NumQRegs-1:0][31:0] absmax_o
);
  assign lanes_o = Lanes;
  assign values_o = Values;

  uop_t [1:0] uop;
  always_comb begin
    for (int unsigned u = 0; u < 2; u++) begin
      uop[u] = '0;
      uop[u].opcode = opcode_e'(opcode_i[u]);
      uop[u].vd = vd_i[u];
      uop[u].vs1 = vs1_i[u];
      uop[u].vs2 = vs2_i[u];
      uop[u].q = q_i[u];
      uop[u].vl = vl_i[u];
      uop[u].scalar = scalar_i[u];
      uop[u].base = base_i[u];
    end
  end

  logic [3:0] re, we;
  logic [3:0][2:0] rreg, wreg;
  logic [3:0][WordIdx-1:0] rword, wword;
  logic [3:0][Lanes*32-1:0] rdata, wdata;
  logic [3:0][Lanes-1:0] wmask;
  logic qwe, absmax_we;
  logic [1:0] qwreg;
  logic [WordIdx-1:0] qwword;
  logic [Lanes*8-1:0] qwdata;
  logic [31:0] absmax;
  /* verilator lint_off UNUSEDSIGNAL */  // its register numbers
  argmax_t argmax;
  /* verilator lint_on UNUSEDSIGNAL */

  assign re[3] = re_i;
  assign rreg[3] = rreg_i;
  assign rword[3] = rword_i;
  assign rdata_o = rdata[3];
  assign we[0] = we_i;
  assign wreg[0] = wreg_i;
  assign wword[0] = wword_i;
  assign wmask[0] = '1;
  assign wdata[0] = wdata_i;
  assign we[3] = 1'b0;
  assign wreg[3] = '0;
  assign wword[3] = '0;
  assign wmask[3] = '0;
  assign wdata[3] = '0;

  ternac_vector_regs #(.Cfg(Cfg)) u_vector_regs (
    .clk_i,
    .rst_ni,
    .ready_o,
    .re_i(re),
    .rreg_i(rreg),
    .rword_i(rword),
    .rdata_o(rdata),
    .we_i(we),
    .wreg_i(wreg),
    .wword_i(wword),
    .wmask_i(wmask),
    .wdata_i(wdata)
  );

  ternac_activation_regs #(.Cfg(Cfg)) u_activation_regs (
    .clk_i,
    .rst_ni,
    .we_i(qwe),
    .wreg_i(qwreg),
    .wword_i(qwword),
    .wdata_i(qwdata),
    .absmax_we_i(absmax_we),
    .absmax_i(absmax),
    .re_i(qre_i),
    .rreg_i(qrreg_i),
    .rword_i(qrword_i),
    .rdata_o(qrdata_o),
    .absmax_o
  );

  ternac_rowwise #(.Cfg(Cfg)) u_rowwise (
    .clk_i,
    .rst_ni,
    .start_i(start_i[0]),
    .uop_i(uop[0]),
    .done_o(done_o[0]),
    .vre_o(re[1:0]),
    .vrreg_o(rreg[1:0]),
    .vrword_o(rword[1:0]),
    .vrdata_i(rdata[1:0]),
    .vwe_o(we[1]),
    .vwreg_o(wreg[1]),
    .vwword_o(wword[1]),
    .vwmask_o(wmask[1]),
    .vwdata_o(wdata[1])
  );

  ternac_rms #(.Cfg(Cfg)) u_rms (
    .clk_i,
    .rst_ni,
    .start_i(start_i[1]),
    .uop_i(uop[1]),
    .done_o(done_o[1]),
    .argmax_o(argmax),
    .vre_o(re[2]),
    .vrreg_o(rreg[2]),
    .vrword_o(rword[2]),
    .vrdata_i(rdata[2]),
    .vwe_o(we[2]),
    .vwreg_o(wreg[2]),
    .vwword_o(wword[2]),
    .vwmask_o(wmask[2]),
    .vwdata_o(wdata[2]),
    .qwe_o(qwe),
    .qwreg_o(qwreg),
    .qwword_o(qwword),
    .qwdata_o(qwdata),
    .absmax_we_o(absmax_we),
    .absmax_o(absmax)
  );
  assign argmax_valid_o = argmax.valid;
  assign argmax_update_o = argmax.update;
  assign argmax_index_o = argmax.index;
  assign argmax_max_o = argmax.max;
endmodule
