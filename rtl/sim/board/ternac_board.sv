// The accelerator as the simulated board's C++ sees it: a configuration by number, what the banks' ports drive as arrays
// of plain widths, and what tells whether there is something to wait for.
module ternac_board
  import ternac_pkg::*;
  import ternac_core_pkg::*;
  import ternac_csr_pkg::*;
#(
  parameter  int unsigned ConfigIndex = 0,  // of ternac_pkg::config_at
  localparam config_t     Cfg         = config_at(ConfigIndex),
  localparam int unsigned Ch          = Cfg.channels,
  localparam int unsigned GranBits    = 8 * Cfg.beat_bytes,
  localparam int unsigned HostBits    = 8 * HostLineBytes
) (
  input  logic                clk_i,
  input  logic                rst_ni,

  input  logic                mmio_awvalid_i,
  output logic                mmio_awready_o,
  input  logic [MmioBits-1:0] mmio_awaddr_i,
  input  logic                mmio_wvalid_i,
  output logic                mmio_wready_o,
  input  logic [63:0]         mmio_wdata_i,
  input  logic [7:0]          mmio_wstrb_i,
  output logic                mmio_bvalid_o,
  input  logic                mmio_bready_i,
  input  logic                mmio_arvalid_i,
  output logic                mmio_arready_o,
  input  logic [MmioBits-1:0] mmio_araddr_i,
  output logic                mmio_rvalid_o,
  input  logic                mmio_rready_i,
  output logic [63:0]         mmio_rdata_o,

  output logic                host_arvalid_o,
  input  logic                host_arready_i,
  output logic [63:0]         host_araddr_o,
  output logic [7:0]          host_arlen_o,
  input  logic                host_rvalid_i,
  output logic                host_rready_o,
  input  logic [HostBits-1:0] host_rdata_i,
  input  logic                host_rlast_i,
  input  logic [1:0]          host_rresp_i,
  output logic                host_awvalid_o,
  input  logic                host_awready_i,
  output logic [63:0]         host_awaddr_o,
  output logic [7:0]          host_awlen_o,
  output logic                host_wvalid_o,
  input  logic                host_wready_i,
  output logic [HostBits-1:0] host_wdata_o,
  output logic                host_wlast_o,
  input  logic                host_bvalid_i,
  output logic                host_bready_o,
  input  logic [1:0]          host_bresp_i,

  output logic                      axi_arvalid_o [Ch],
  input  logic [Ch-1:0]             axi_arready_i,
  output logic [1:0]                axi_arid_o [Ch],
  output logic [63:0]               axi_araddr_o [Ch],
  output logic [7:0]                axi_arlen_o [Ch],
  input  logic [Ch-1:0]             axi_rvalid_i,
  output logic                      axi_rready_o [Ch],
  input  logic [Ch-1:0][1:0]        axi_rid_i,
  input  logic [Ch-1:0][GranBits-1:0] axi_rdata_i,
  input  logic [Ch-1:0]             axi_rlast_i,
  output logic                      axi_awvalid_o [Ch],
  input  logic [Ch-1:0]             axi_awready_i,
  output logic [63:0]               axi_awaddr_o [Ch],
  output logic [7:0]                axi_awlen_o [Ch],
  output logic                      axi_wvalid_o [Ch],
  input  logic [Ch-1:0]             axi_wready_i,
  output logic [GranBits-1:0]       axi_wdata_o [Ch],
  output logic [63:0]               axi_wstrb_o [Ch],
  output logic                      axi_wlast_o [Ch],
  input  logic [Ch-1:0]             axi_bvalid_i,
  output logic                      axi_bready_o [Ch],

  output logic [2:0]  core_state_o,      // core_state_e
  output logic        core_waits_o,      // a running core waits for the host, or is paused
  output logic [15:0] output_count_o,    // entries of the output queue
  output logic        copy_busy_o,       // a copy is under way, or waits
  output logic [63:0] copy_completed_o,  // copies that have ended
  output logic [63:0] dram_bytes_o       // of all banks
);
  if (ConfigIndex >= NumConfigs) begin : gen_check_config
    $error("there is no such configuration");
  end

  logic [Ch-1:0] arvalid, rready, awvalid, wvalid, wlast, bready;
  logic [Ch-1:0][1:0] arid;
  logic [Ch-1:0][AddressBits-1:0] araddr, awaddr;
  logic [Ch-1:0][7:0] arlen, awlen;
  logic [Ch-1:0][GranBits-1:0] wdata;
  logic [Ch-1:0][Cfg.beat_bytes-1:0] wstrb;

  ternac_accelerator #(
    .ConfigIndex(ConfigIndex)
  ) u_accelerator (
    .clk_i,
    .rst_ni,
    .mmio_awvalid_i,
    .mmio_awready_o,
    .mmio_awaddr_i,
    .mmio_wvalid_i,
    .mmio_wready_o,
    .mmio_wdata_i,
    .mmio_wstrb_i,
    .mmio_bvalid_o,
    .mmio_bready_i,
    .mmio_arvalid_i,
    .mmio_arready_o,
    .mmio_araddr_i,
    .mmio_rvalid_o,
    .mmio_rready_i,
    .mmio_rdata_o,
    .host_arvalid_o,
    .host_arready_i,
    .host_araddr_o,
    .host_arlen_o,
    .host_rvalid_i,
    .host_rready_o,
    .host_rdata_i,
    .host_rlast_i,
    .host_rresp_i,
    .host_awvalid_o,
    .host_awready_i,
    .host_awaddr_o,
    .host_awlen_o,
    .host_wvalid_o,
    .host_wready_i,
    .host_wdata_o,
    .host_wlast_o,
    .host_bvalid_i,
    .host_bready_o,
    .host_bresp_i,
    .axi_arvalid_o(arvalid),
    .axi_arready_i,
    .axi_arid_o(arid),
    .axi_araddr_o(araddr),
    .axi_arlen_o(arlen),
    .axi_rvalid_i,
    .axi_rready_o(rready),
    .axi_rid_i,
    .axi_rdata_i,
    .axi_rlast_i,
    .axi_rresp_i('0),
    .axi_awvalid_o(awvalid),
    .axi_awready_i,
    .axi_awaddr_o(awaddr),
    .axi_awlen_o(awlen),
    .axi_wvalid_o(wvalid),
    .axi_wready_i,
    .axi_wdata_o(wdata),
    .axi_wstrb_o(wstrb),
    .axi_wlast_o(wlast),
    .axi_bvalid_i,
    .axi_bready_o(bready),
    .axi_bresp_i('0)
  );

  for (genvar c = 0; c < Ch; c++) begin : gen_banks
    assign axi_arvalid_o[c] = arvalid[c];
    assign axi_arid_o[c] = arid[c];
    assign axi_araddr_o[c] = 64'(araddr[c]);
    assign axi_arlen_o[c] = arlen[c];
    assign axi_rready_o[c] = rready[c];
    assign axi_awvalid_o[c] = awvalid[c];
    assign axi_awaddr_o[c] = 64'(awaddr[c]);
    assign axi_awlen_o[c] = awlen[c];
    assign axi_wvalid_o[c] = wvalid[c];
    assign axi_wdata_o[c] = wdata[c];
    assign axi_wstrb_o[c] = 64'(wstrb[c]);
    assign axi_wlast_o[c] = wlast[c];
    assign axi_bready_o[c] = bready[c];
  end

  assign core_state_o = u_accelerator.core_state;
  assign core_waits_o = u_accelerator.waiting_input || u_accelerator.waiting_output ||
      u_accelerator.paused;
  assign output_count_o = 16'(u_accelerator.out_count);
  assign copy_busy_o = u_accelerator.copy_busy;
  assign copy_completed_o = u_accelerator.copy_completed;
  assign dram_bytes_o = Cfg.dram_bytes;
endmodule
