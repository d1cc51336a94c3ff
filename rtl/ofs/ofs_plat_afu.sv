// The accelerator on a card: the platform's interfaces on one side, flat AXI ports on the other. Wires only: what can be
// simulated is in ternac_accelerator. The Platform Interface Manager (PIM) turns the shell's own protocols into AXI, and
// crosses from its clocks to the user clock, at which everything of ours runs.
//
// Not simulated and not compiled by us: README.md says what was checked, and how.
`include "ofs_plat_if.vh"

module ofs_plat_afu (
  ofs_plat_if plat_ifc  // all of the platform
);
  import ternac_pkg::*;
  import ternac_core_pkg::*;
  import ternac_csr_pkg::*;

  localparam int unsigned ConfigIndex = ConfigIndexD5005;
  localparam config_t Cfg = config_at(ConfigIndex);
  localparam int unsigned Ch = Cfg.channels;
  localparam int unsigned Beat = Cfg.beat_bytes;
  localparam int unsigned Banks = local_mem_cfg_pkg::LOCAL_MEM_NUM_BANKS;
  localparam logic [2:0] HostSize = 3'($clog2(HostLineBytes));
  localparam logic [2:0] BankSize = 3'($clog2(Beat));
  localparam logic [1:0] Incr = 2'b01;

  if (Banks != Ch) begin : gen_check_banks
    $error("the platform has another number of banks than the configuration");
  end
  if (local_mem_cfg_pkg::LOCAL_MEM_DATA_WIDTH != 8 * Beat) begin : gen_check_width
    $error("the platform's banks have another width than the configuration's");
  end

  // ---- host: memory and MMIO, at the user clock -----------------------------------------------------
  ofs_plat_axi_mem_if #(
    `HOST_CHAN_AXI_MEM_PARAMS,
    .BURST_CNT_WIDTH(2),  // of len: 4 lines at most
    .RID_WIDTH(1),
    .WID_WIDTH(1),
    .LOG_CLASS(ofs_plat_log_pkg::HOST_CHAN)
  ) host ();

  ofs_plat_axi_mem_lite_if #(
    `HOST_CHAN_AXI_MMIO_PARAMS(64),
    .LOG_CLASS(ofs_plat_log_pkg::HOST_CHAN)
  ) mmio ();

  ofs_plat_host_chan_as_axi_mem_with_mmio #(
    .ADD_CLOCK_CROSSING(1),
    .SORT_READ_RESPONSES(1),   // the copy engine takes lines in the order of its requests
    .SORT_WRITE_RESPONSES(1),
    .BUFFER_READ_RESPONSES(1)  // reads never wait for writes
  ) u_host (
    .to_fiu(plat_ifc.host_chan.ports[0]),
    .host_mem_to_afu(host),
    .mmio_to_afu(mmio),
    .afu_clk(plat_ifc.clocks.uClk_usr.clk),
    .afu_reset_n(plat_ifc.clocks.uClk_usr.reset_n)
  );

  logic clk, rst_n;
  assign clk = host.clk;
  assign rst_n = host.reset_n;

  // ---- banks, crossing to the same clock ------------------------------------------------------------
  ofs_plat_axi_mem_if #(
    `LOCAL_MEM_AXI_MEM_PARAMS,
    .BURST_CNT_WIDTH(6),  // of len: 64 beats at most
    .RID_WIDTH(2),
    .WID_WIDTH(1),
    .LOG_CLASS(ofs_plat_log_pkg::LOCAL_MEM)
  ) bank[Banks] ();

  for (genvar c = 0; c < Banks; c++) begin : gen_bank
    ofs_plat_local_mem_as_axi_mem #(
      .ADD_CLOCK_CROSSING(1),
      .SORT_READ_RESPONSES(1),
      .SORT_WRITE_RESPONSES(1)
    ) u_bank (
      .to_fiu(plat_ifc.local_mem.banks[c]),
      .to_afu(bank[c]),
      .afu_clk(clk),
      .afu_reset_n(rst_n)
    );
  end

  // Everything that we do not use.
  ofs_plat_if_tie_off_unused #(
    .HOST_CHAN_IN_USE_MASK(1),
    .LOCAL_MEM_IN_USE_MASK(-1)
  ) u_tie_off (
    plat_ifc
  );

  // ---- MMIO: the answers carry the request's ID and user bits ---------------------------------------
  // The registers take one read and one write at a time, so one place for each is enough.
  logic [mmio.RID_WIDTH-1:0] read_id_q;
  logic [mmio.WID_WIDTH-1:0] write_id_q;
  logic [mmio.USER_WIDTH-1:0] read_user_q, write_user_q;

  always_ff @(posedge clk) begin
    if (mmio.arvalid && mmio.arready) begin
      read_id_q <= mmio.ar.id;
      read_user_q <= mmio.ar.user;
    end
    if (mmio.awvalid && mmio.awready) begin
      write_id_q <= mmio.aw.id;
      write_user_q <= mmio.aw.user;
    end
  end

  logic [63:0] mmio_rdata;
  always_comb begin
    mmio.r = '0;
    mmio.r.id = read_id_q;
    mmio.r.user = read_user_q;
    mmio.r.data = mmio_rdata;
    mmio.b = '0;
    mmio.b.id = write_id_q;
    mmio.b.user = write_user_q;
  end

  // ---- host memory ----------------------------------------------------------------------------------
  logic [63:0] host_araddr, host_awaddr;
  logic [7:0] host_arlen, host_awlen;
  logic [8*HostLineBytes-1:0] host_wdata;
  logic host_wlast;

  always_comb begin
    host.ar = '0;
    host.ar.addr = host_araddr[host.ADDR_WIDTH-1:0];
    host.ar.len = host_arlen[1:0];
    host.ar.size = HostSize;
    host.ar.burst = Incr;
    host.aw = '0;
    host.aw.addr = host_awaddr[host.ADDR_WIDTH-1:0];
    host.aw.len = host_awlen[1:0];
    host.aw.size = HostSize;
    host.aw.burst = Incr;
    host.w = '0;
    host.w.data = host_wdata;
    host.w.strb = '1;
    host.w.last = host_wlast;
  end

  // ---- banks' ports -------------------------------------------------------------------------------
  logic [Ch-1:0] arvalid, arready, rvalid, rready, rlast, awvalid, awready, wvalid, wready, wlast;
  logic [Ch-1:0] bvalid, bready;
  logic [Ch-1:0][1:0] arid, rid, rresp, bresp;
  logic [Ch-1:0][AddressBits-1:0] araddr, awaddr;
  logic [Ch-1:0][7:0] arlen, awlen;
  logic [Ch-1:0][8*Beat-1:0] rdata, wdata;
  logic [Ch-1:0][Beat-1:0] wstrb;

  for (genvar c = 0; c < Ch; c++) begin : gen_port
    always_comb begin
      bank[c].ar = '0;
      bank[c].ar.id = arid[c];
      bank[c].ar.addr = araddr[c][bank[c].ADDR_WIDTH-1:0];
      bank[c].ar.len = arlen[c][5:0];
      bank[c].ar.size = BankSize;
      bank[c].ar.burst = Incr;
      bank[c].aw = '0;
      bank[c].aw.addr = awaddr[c][bank[c].ADDR_WIDTH-1:0];
      bank[c].aw.len = awlen[c][5:0];
      bank[c].aw.size = BankSize;
      bank[c].aw.burst = Incr;
      bank[c].w = '0;
      bank[c].w.data = wdata[c];
      bank[c].w.strb = wstrb[c];
      bank[c].w.last = wlast[c];
    end
    assign bank[c].arvalid = arvalid[c];
    assign arready[c] = bank[c].arready;
    assign rvalid[c] = bank[c].rvalid;
    assign bank[c].rready = rready[c];
    assign rid[c] = bank[c].r.id;
    assign rdata[c] = bank[c].r.data;
    assign rlast[c] = bank[c].r.last;
    assign rresp[c] = bank[c].r.resp;
    assign bank[c].awvalid = awvalid[c];
    assign awready[c] = bank[c].awready;
    assign bank[c].wvalid = wvalid[c];
    assign wready[c] = bank[c].wready;
    assign bvalid[c] = bank[c].bvalid;
    assign bank[c].bready = bready[c];
    assign bresp[c] = bank[c].b.resp;
  end

  ternac_accelerator #(
    .ConfigIndex(ConfigIndex)
  ) u_accelerator (
    .clk_i(clk),
    .rst_ni(rst_n),
    .mmio_awvalid_i(mmio.awvalid),
    .mmio_awready_o(mmio.awready),
    .mmio_awaddr_i(mmio.aw.addr[MmioBits-1:0]),
    .mmio_wvalid_i(mmio.wvalid),
    .mmio_wready_o(mmio.wready),
    .mmio_wdata_i(mmio.w.data),
    .mmio_wstrb_i(mmio.w.strb),
    .mmio_bvalid_o(mmio.bvalid),
    .mmio_bready_i(mmio.bready),
    .mmio_arvalid_i(mmio.arvalid),
    .mmio_arready_o(mmio.arready),
    .mmio_araddr_i(mmio.ar.addr[MmioBits-1:0]),
    .mmio_rvalid_o(mmio.rvalid),
    .mmio_rready_i(mmio.rready),
    .mmio_rdata_o(mmio_rdata),
    .host_arvalid_o(host.arvalid),
    .host_arready_i(host.arready),
    .host_araddr_o(host_araddr),
    .host_arlen_o(host_arlen),
    .host_rvalid_i(host.rvalid),
    .host_rready_o(host.rready),
    .host_rdata_i(host.r.data),
    .host_rlast_i(host.r.last),
    .host_rresp_i(host.r.resp),
    .host_awvalid_o(host.awvalid),
    .host_awready_i(host.awready),
    .host_awaddr_o(host_awaddr),
    .host_awlen_o(host_awlen),
    .host_wvalid_o(host.wvalid),
    .host_wready_i(host.wready),
    .host_wdata_o(host_wdata),
    .host_wlast_o(host_wlast),
    .host_bvalid_i(host.bvalid),
    .host_bready_o(host.bready),
    .host_bresp_i(host.b.resp),
    .axi_arvalid_o(arvalid),
    .axi_arready_i(arready),
    .axi_arid_o(arid),
    .axi_araddr_o(araddr),
    .axi_arlen_o(arlen),
    .axi_rvalid_i(rvalid),
    .axi_rready_o(rready),
    .axi_rid_i(rid),
    .axi_rdata_i(rdata),
    .axi_rlast_i(rlast),
    .axi_rresp_i(rresp),
    .axi_awvalid_o(awvalid),
    .axi_awready_i(awready),
    .axi_awaddr_o(awaddr),
    .axi_awlen_o(awlen),
    .axi_wvalid_o(wvalid),
    .axi_wready_i(wready),
    .axi_wdata_o(wdata),
    .axi_wstrb_o(wstrb),
    .axi_wlast_o(wlast),
    .axi_bvalid_i(bvalid),
    .axi_bready_o(bready),
    .axi_bresp_i(bresp)
  );
endmodule
