// One memory_unit for each configuration, and the one that config_i names connected to the ports. Each has a
// clock of its own, so that the others cost no simulation time.
module memory_top (
  input  logic [3:0] clk_i,
  input  logic [1:0] config_i,
  output logic [31:0] vlmax_o, lanes_o, beat_o, channels_o, burst_o, vector_burst_o, vector_fifo_o, outstanding_o, address_bits_o,
  input  logic rst_ni,
  input  logic start_i,
  input  logic [2:0] kind_i,
  input  logic [2:0] register_i,
  input  logic [31:0] vl_i,
  input  logic [63:0] address_i,
  input  logic [4:0] shift_i,
  input  logic [63:0] scalar_i,
  output logic done_o,
  output logic store_done_o,
  output logic vre_o,
  output logic [2:0] vrreg_o,
  output logic [31:0] vrword_o,
  input  logic [2047:0] vrdata_i,
  output logic vwe_o,
  output logic [2:0] vwreg_o,
  output logic [31:0] vwword_o,
  output logic [63:0] vwmask_o,
  output logic [2047:0] vwdata_o,
  output logic [3:0] vreq_o,
  input  logic load_valid_i,
  output logic load_ready_o,
  input  logic [63:0] load_address_i,
  input  logic load_double_i,
  input  logic [4:0] load_rd_i,
  output logic loaded_valid_o,
  output logic [4:0] loaded_rd_o,
  output logic [63:0] loaded_data_o,
  input  logic [3:0] req_valid_i,
  output logic [3:0] req_ready_o,
  input  logic [3:0][63:0] req_address_i,
  input  logic [3:0][7:0] req_beats_i,
  output logic [3:0] rsp_valid_o,
  output logic [3:0] rsp_last_o,
  output logic [3:0][511:0] rsp_data_o,
  output logic [3:0] arvalid_o,
  input  logic [3:0] arready_i,
  output logic [3:0][1:0] arid_o,
  output logic [3:0][63:0] araddr_o,
  output logic [3:0][7:0] arlen_o,
  input  logic [3:0] rvalid_i,
  output logic [3:0] rready_o,
  input  logic [3:0][1:0] rid_i,
  input  logic [3:0][511:0] rdata_i,
  input  logic [3:0] rlast_i,
  output logic [3:0] awvalid_o,
  input  logic [3:0] awready_i,
  output logic [3:0][63:0] awaddr_o,
  output logic [3:0][7:0] awlen_o,
  output logic [3:0] wvalid_o,
  input  logic [3:0] wready_i,
  output logic [3:0][511:0] wdata_o,
  output logic [3:0][63:0] wstrb_o,
  output logic [3:0] wlast_o,
  input  logic [3:0] bvalid_i,
  output logic [3:0] bready_o
);
  import ternac_pkg::*;
  import ternac_core_pkg::*;

  localparam int unsigned NumConfigurations = 4;

  // No public configuration has two channels, a beat between, or lanes that are no channels' beats.
  function automatic config_t odd();
    config_t cfg;
    cfg = ConfigTiny;
    cfg.vlmax = 1024;
    cfg.channels = 2;
    cfg.beat_bytes = 16;
    cfg.lanes = 32;
    cfg.product_granules = 4;
    cfg.vector_fifo = 16;
    cfg.burst = 16;
    return cfg;
  endfunction

  function automatic config_t unit_config(int unsigned index);
    return index < NumConfigs ? config_at(index) : odd();
  endfunction

  always_comb begin
    /* verilator lint_off UNUSEDSIGNAL */
    config_t cfg;
    /* verilator lint_on UNUSEDSIGNAL */
    cfg = unit_config(32'(config_i));
    vlmax_o = cfg.vlmax;
    lanes_o = cfg.lanes;
    beat_o = cfg.beat_bytes;
    channels_o = cfg.channels;
    burst_o = cfg.burst;
    vector_burst_o = vector_burst(cfg.burst, cfg.vector_fifo);
    vector_fifo_o = cfg.vector_fifo;
    outstanding_o = cfg.outstanding;
    address_bits_o = ternac_core_pkg::AddressBits;
  end

  logic dones [NumConfigurations];
  logic store_dones [NumConfigurations];
  logic vres [NumConfigurations];
  logic [2:0] vrregs [NumConfigurations];
  logic [31:0] vrwords [NumConfigurations];
  logic vwes [NumConfigurations];
  logic [2:0] vwregs [NumConfigurations];
  logic [31:0] vwwords [NumConfigurations];
  logic [63:0] vwmasks [NumConfigurations];
  logic [2047:0] vwdatas [NumConfigurations];
  logic [3:0] vreqs [NumConfigurations];
  logic load_readys [NumConfigurations];
  logic loaded_valids [NumConfigurations];
  logic [4:0] loaded_rds [NumConfigurations];
  logic [63:0] loaded_datas [NumConfigurations];
  logic [3:0] req_readys [NumConfigurations];
  logic [3:0] rsp_valids [NumConfigurations];
  logic [3:0] rsp_lasts [NumConfigurations];
  logic [3:0][511:0] rsp_datas [NumConfigurations];
  logic [3:0] arvalids [NumConfigurations];
  logic [3:0][1:0] arids [NumConfigurations];
  logic [3:0][63:0] araddrs [NumConfigurations];
  logic [3:0][7:0] arlens [NumConfigurations];
  logic [3:0] rreadys [NumConfigurations];
  logic [3:0] awvalids [NumConfigurations];
  logic [3:0][63:0] awaddrs [NumConfigurations];
  logic [3:0][7:0] awlens [NumConfigurations];
  logic [3:0] wvalids [NumConfigurations];
  logic [3:0][511:0] wdatas [NumConfigurations];
  logic [3:0][63:0] wstrbs [NumConfigurations];
  logic [3:0] wlasts [NumConfigurations];
  logic [3:0] breadys [NumConfigurations];

  for (genvar i = 0; i < NumConfigurations; i++) begin : gen_unit
    memory_unit #(.Cfg(unit_config(i))) u_unit (
      .clk_i(clk_i[i]),
      .rst_ni,
      .start_i,
      .kind_i,
      .register_i,
      .vl_i,
      .address_i,
      .shift_i,
      .scalar_i,
      .done_o(dones[i]),
      .store_done_o(store_dones[i]),
      .vre_o(vres[i]),
      .vrreg_o(vrregs[i]),
      .vrword_o(vrwords[i]),
      .vrdata_i,
      .vwe_o(vwes[i]),
      .vwreg_o(vwregs[i]),
      .vwword_o(vwwords[i]),
      .vwmask_o(vwmasks[i]),
      .vwdata_o(vwdatas[i]),
      .vreq_o(vreqs[i]),
      .load_valid_i,
      .load_ready_o(load_readys[i]),
      .load_address_i,
      .load_double_i,
      .load_rd_i,
      .loaded_valid_o(loaded_valids[i]),
      .loaded_rd_o(loaded_rds[i]),
      .loaded_data_o(loaded_datas[i]),
      .req_valid_i,
      .req_ready_o(req_readys[i]),
      .req_address_i,
      .req_beats_i,
      .rsp_valid_o(rsp_valids[i]),
      .rsp_last_o(rsp_lasts[i]),
      .rsp_data_o(rsp_datas[i]),
      .arvalid_o(arvalids[i]),
      .arready_i,
      .arid_o(arids[i]),
      .araddr_o(araddrs[i]),
      .arlen_o(arlens[i]),
      .rvalid_i,
      .rready_o(rreadys[i]),
      .rid_i,
      .rdata_i,
      .rlast_i,
      .awvalid_o(awvalids[i]),
      .awready_i,
      .awaddr_o(awaddrs[i]),
      .awlen_o(awlens[i]),
      .wvalid_o(wvalids[i]),
      .wready_i,
      .wdata_o(wdatas[i]),
      .wstrb_o(wstrbs[i]),
      .wlast_o(wlasts[i]),
      .bvalid_i,
      .bready_o(breadys[i])
    );
  end

  assign done_o = dones[config_i];
  assign store_done_o = store_dones[config_i];
  assign vre_o = vres[config_i];
  assign vrreg_o = vrregs[config_i];
  assign vrword_o = vrwords[config_i];
  assign vwe_o = vwes[config_i];
  assign vwreg_o = vwregs[config_i];
  assign vwword_o = vwwords[config_i];
  assign vwmask_o = vwmasks[config_i];
  assign vwdata_o = vwdatas[config_i];
  assign vreq_o = vreqs[config_i];
  assign load_ready_o = load_readys[config_i];
  assign loaded_valid_o = loaded_valids[config_i];
  assign loaded_rd_o = loaded_rds[config_i];
  assign loaded_data_o = loaded_datas[config_i];
  assign req_ready_o = req_readys[config_i];
  assign rsp_valid_o = rsp_valids[config_i];
  assign rsp_last_o = rsp_lasts[config_i];
  assign rsp_data_o = rsp_datas[config_i];
  assign arvalid_o = arvalids[config_i];
  assign arid_o = arids[config_i];
  assign araddr_o = araddrs[config_i];
  assign arlen_o = arlens[config_i];
  assign rready_o = rreadys[config_i];
  assign awvalid_o = awvalids[config_i];
  assign awaddr_o = awaddrs[config_i];
  assign awlen_o = awlens[config_i];
  assign wvalid_o = wvalids[config_i];
  assign wdata_o = wdatas[config_i];
  assign wstrb_o = wstrbs[config_i];
  assign wlast_o = wlasts[config_i];
  assign bready_o = breadys[config_i];
endmodule
