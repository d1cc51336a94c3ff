// The platform's packages, interfaces and modules that rtl/ofs/ofs_plat_afu.sv uses, without anything in them.
/* verilator lint_off DECLFILENAME */
/* verilator lint_off UNUSEDSIGNAL */
/* verilator lint_off UNUSEDPARAM */
/* verilator lint_off UNDRIVEN */
/* verilator lint_off MULTITOP */
package ofs_plat_log_pkg;
  typedef enum logic [1:0] {NONE, HOST_CHAN, LOCAL_MEM} t_log_class;
endpackage

package local_mem_cfg_pkg;
  localparam int LOCAL_MEM_NUM_BANKS = 4;
  localparam int LOCAL_MEM_DATA_WIDTH = 512;
endpackage

interface ofs_plat_axi_mem_if #(
  parameter ofs_plat_log_pkg::t_log_class LOG_CLASS = ofs_plat_log_pkg::NONE,
  parameter ADDR_WIDTH = 0, parameter DATA_WIDTH = 0, parameter BURST_CNT_WIDTH = 8,
  parameter RID_WIDTH = 8, parameter WID_WIDTH = 8, parameter USER_WIDTH = 8
);
  typedef struct packed {
    logic [WID_WIDTH-1:0] id;
    logic [ADDR_WIDTH-1:0] addr;
    logic [BURST_CNT_WIDTH-1:0] len;
    logic [2:0] size;
    logic [1:0] burst;
    logic [USER_WIDTH-1:0] user;
  } t_aw;
  typedef struct packed {
    logic [RID_WIDTH-1:0] id;
    logic [ADDR_WIDTH-1:0] addr;
    logic [BURST_CNT_WIDTH-1:0] len;
    logic [2:0] size;
    logic [1:0] burst;
    logic [USER_WIDTH-1:0] user;
  } t_ar;
  typedef struct packed {
    logic [DATA_WIDTH-1:0] data;
    logic [DATA_WIDTH/8-1:0] strb;
    logic last;
    logic [USER_WIDTH-1:0] user;
  } t_w;
  typedef struct packed {
    logic [WID_WIDTH-1:0] id;
    logic [1:0] resp;
    logic [USER_WIDTH-1:0] user;
  } t_b;
  typedef struct packed {
    logic [RID_WIDTH-1:0] id;
    logic [DATA_WIDTH-1:0] data;
    logic [1:0] resp;
    logic [USER_WIDTH-1:0] user;
    logic last;
  } t_r;
  wire clk;
  logic reset_n;
  t_aw aw;
  t_w w;
  t_b b;
  t_ar ar;
  t_r r;
  logic awvalid, awready, wvalid, wready, bvalid, bready, arvalid, arready, rvalid, rready;
  modport to_source_clk (
    output clk, reset_n, input aw, awvalid, output awready, input w, wvalid, output wready,
    output b, bvalid, input bready, input ar, arvalid, output arready, output r, rvalid,
    input rready
  );
endinterface

interface ofs_plat_axi_mem_lite_if #(
  parameter ofs_plat_log_pkg::t_log_class LOG_CLASS = ofs_plat_log_pkg::NONE,
  parameter ADDR_WIDTH = 0, parameter DATA_WIDTH = 0,
  parameter RID_WIDTH = 1, parameter WID_WIDTH = 1, parameter USER_WIDTH = 1
);
  typedef struct packed {
    logic [WID_WIDTH-1:0] id;
    logic [ADDR_WIDTH-1:0] addr;
    logic [2:0] size;
    logic [2:0] prot;
    logic [USER_WIDTH-1:0] user;
  } t_aw;
  typedef struct packed {
    logic [RID_WIDTH-1:0] id;
    logic [ADDR_WIDTH-1:0] addr;
    logic [2:0] size;
    logic [2:0] prot;
    logic [USER_WIDTH-1:0] user;
  } t_ar;
  typedef struct packed {
    logic [DATA_WIDTH-1:0] data;
    logic [DATA_WIDTH/8-1:0] strb;
    logic [USER_WIDTH-1:0] user;
  } t_w;
  typedef struct packed {
    logic [WID_WIDTH-1:0] id;
    logic [1:0] resp;
    logic [USER_WIDTH-1:0] user;
  } t_b;
  typedef struct packed {
    logic [RID_WIDTH-1:0] id;
    logic [DATA_WIDTH-1:0] data;
    logic [1:0] resp;
    logic [USER_WIDTH-1:0] user;
  } t_r;
  wire clk;
  logic reset_n;
  t_aw aw;
  t_w w;
  t_b b;
  t_ar ar;
  t_r r;
  logic awvalid, awready, wvalid, wready, bvalid, bready, arvalid, arready, rvalid, rready;
  modport to_sink_clk (
    output clk, reset_n, output aw, awvalid, input awready, output w, wvalid, input wready,
    input b, bvalid, output bready, output ar, arvalid, input arready, input r, rvalid,
    output rready
  );
endinterface

interface host_port;
endinterface

interface memory_bank;
endinterface

interface host_group;
  host_port ports[1] ();
endinterface

interface memory_group;
  memory_bank banks[4] ();
endinterface

interface clock_and_reset;
  logic clk, reset_n;
endinterface

interface clock_group;
  clock_and_reset pClk ();
  clock_and_reset uClk_usr ();
endinterface

interface ofs_plat_if;
  host_group host_chan ();
  memory_group local_mem ();
  clock_group clocks ();
endinterface

module ofs_plat_host_chan_as_axi_mem_with_mmio #(
  parameter ADD_CLOCK_CROSSING = 0, parameter SORT_READ_RESPONSES = 1,
  parameter SORT_WRITE_RESPONSES = 1, parameter BUFFER_READ_RESPONSES = 0
) (
  host_port to_fiu,
  ofs_plat_axi_mem_if.to_source_clk host_mem_to_afu,
  ofs_plat_axi_mem_lite_if.to_sink_clk mmio_to_afu,
  input logic afu_clk,
  input logic afu_reset_n
);
endmodule

module ofs_plat_local_mem_as_axi_mem #(
  parameter ADD_CLOCK_CROSSING = 0, parameter SORT_READ_RESPONSES = 1,
  parameter SORT_WRITE_RESPONSES = 1
) (
  input logic afu_clk,
  input logic afu_reset_n,
  memory_bank to_fiu,
  ofs_plat_axi_mem_if.to_source_clk to_afu
);
endmodule

module ofs_plat_if_tie_off_unused #(
  parameter HOST_CHAN_IN_USE_MASK = 0, parameter LOCAL_MEM_IN_USE_MASK = 0
) (
  ofs_plat_if plat_ifc
);
endmodule
