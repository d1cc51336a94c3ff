// One DRAM channel: three clients that read, one that writes, one AXI4 port.
//
// What goes out to AXI comes from registers, so valid and payload stay until ready, and no path leads from ready
// to valid. What comes in is always accepted: clients ask for what they have room for.
module ternac_memory_port #(
  parameter ternac_pkg::config_t Cfg = ternac_pkg::ConfigTiny,
  localparam int unsigned Clients = ternac_core_pkg::NumReadClients,
  localparam int unsigned Beat = Cfg.beat_bytes,
  localparam int unsigned GranBits = 8 * Beat,
  localparam int unsigned AddressBits = ternac_core_pkg::AddressBits,
  localparam int unsigned ChAddrBits = AddressBits - $clog2(Beat) - $clog2(Cfg.channels)
) (
  input  logic                               clk_i,
  input  logic                               rst_ni,
  // reads, by client: 0 weights, 1 vector, 2 scalar, which is also priority and AXI ID
  input  logic [Clients-1:0]                 req_valid_i,
  output logic [Clients-1:0]                 req_ready_o,
  input  logic [Clients-1:0][ChAddrBits-1:0] req_address_i,  // granule number within the channel
  input  logic [Clients-1:0][7:0]            req_beats_i,    // 1 to burst
  output logic [Clients-1:0]                 rsp_valid_o,    // one hot
  output logic [GranBits-1:0]                rsp_data_o,
  output logic                               rsp_last_o,     // last beat of a burst
  // writes; a burst's data may come with its request or later
  input  logic                               wreq_valid_i,
  output logic                               wreq_ready_o,
  input  logic [ChAddrBits-1:0]              wreq_address_i,
  input  logic [7:0]                         wreq_beats_i,
  input  logic                               wdata_valid_i,
  output logic                               wdata_ready_o,
  input  logic [GranBits-1:0]                wdata_i,
  input  logic [Beat-1:0]                    wstrb_i,
  input  logic                               wlast_i,
  output logic                               wrsp_valid_o,   // a burst is written
  // AXI4: addresses in bytes of the channel
  output logic                               axi_arvalid_o,
  input  logic                               axi_arready_i,
  output logic [1:0]                         axi_arid_o,
  output logic [AddressBits-1:0]             axi_araddr_o,
  output logic [7:0]                         axi_arlen_o,
  output logic [2:0]                         axi_arsize_o,
  output logic [1:0]                         axi_arburst_o,
  input  logic                               axi_rvalid_i,
  output logic                               axi_rready_o,
  input  logic [1:0]                         axi_rid_i,
  input  logic [GranBits-1:0]                axi_rdata_i,
  input  logic                               axi_rlast_i,
  /* verilator lint_off UNUSEDSIGNAL */
  input  logic [1:0]                         axi_rresp_i,    // asserted to be OKAY
  /* verilator lint_on UNUSEDSIGNAL */
  output logic                               axi_awvalid_o,
  input  logic                               axi_awready_i,
  output logic [AddressBits-1:0]             axi_awaddr_o,
  output logic [7:0]                         axi_awlen_o,
  output logic [2:0]                         axi_awsize_o,
  output logic [1:0]                         axi_awburst_o,
  output logic                               axi_wvalid_o,
  input  logic                               axi_wready_i,
  output logic [GranBits-1:0]                axi_wdata_o,
  output logic [Beat-1:0]                    axi_wstrb_o,
  output logic                               axi_wlast_o,
  input  logic                               axi_bvalid_i,
  output logic                               axi_bready_o,
  /* verilator lint_off UNUSEDSIGNAL */
  input  logic [1:0]                         axi_bresp_i     // asserted to be OKAY
  /* verilator lint_on UNUSEDSIGNAL */
);
  localparam logic [1:0] Incr = 2'b01;
  localparam logic [2:0] Size = 3'($clog2(Beat));

  // Address of reads: the highest client that asks.
  logic ar_valid_q, ar_free;
  logic [1:0] ar_id_q, winner;
  logic [ChAddrBits-1:0] ar_address_q;
  logic [7:0] ar_len_q;

  assign ar_free = !ar_valid_q || axi_arready_i;
  always_comb begin
    winner = '0;
    for (int unsigned i = 0; i < Clients; i++) if (req_valid_i[i]) winner = 2'(i);
    req_ready_o = '0;
    req_ready_o[winner] = ar_free;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) ar_valid_q <= 1'b0;
    else if (ar_free) ar_valid_q <= |req_valid_i;
  end

  always_ff @(posedge clk_i) begin
    if (ar_free && |req_valid_i) begin
      ar_id_q <= winner;
      ar_address_q <= req_address_i[winner];
      ar_len_q <= req_beats_i[winner] - 8'd1;
    end
  end

  assign axi_arvalid_o = ar_valid_q;
  assign axi_arid_o = ar_id_q;
  assign axi_araddr_o = AddressBits'(ar_address_q) << $clog2(Beat);
  assign axi_arlen_o = ar_len_q;
  assign axi_arsize_o = Size;
  assign axi_arburst_o = Incr;

  // Data of reads.
  assign axi_rready_o = 1'b1;
  assign rsp_data_o = axi_rdata_i;
  assign rsp_last_o = axi_rlast_i;
  always_comb begin
    for (int unsigned i = 0; i < Clients; i++)
      rsp_valid_o[i] = axi_rvalid_i && axi_rid_i == 2'(i);
  end

  // Writes.
  logic aw_valid_q, w_valid_q, w_last_q;
  logic [ChAddrBits-1:0] aw_address_q;
  logic [7:0] aw_len_q;
  logic [GranBits-1:0] w_data_q;
  logic [Beat-1:0] w_strobe_q;

  assign wreq_ready_o = !aw_valid_q || axi_awready_i;
  assign wdata_ready_o = !w_valid_q || axi_wready_i;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      aw_valid_q <= 1'b0;
      w_valid_q <= 1'b0;
    end else begin
      if (wreq_ready_o) aw_valid_q <= wreq_valid_i;
      if (wdata_ready_o) w_valid_q <= wdata_valid_i;
    end
  end

  always_ff @(posedge clk_i) begin
    if (wreq_ready_o && wreq_valid_i) begin
      aw_address_q <= wreq_address_i;
      aw_len_q <= wreq_beats_i - 8'd1;
    end
    if (wdata_ready_o && wdata_valid_i) begin
      w_data_q <= wdata_i;
      w_strobe_q <= wstrb_i;
      w_last_q <= wlast_i;
    end
  end

  assign axi_awvalid_o = aw_valid_q;
  assign axi_awaddr_o = AddressBits'(aw_address_q) << $clog2(Beat);
  assign axi_awlen_o = aw_len_q;
  assign axi_awsize_o = Size;
  assign axi_awburst_o = Incr;
  assign axi_wvalid_o = w_valid_q;
  assign axi_wdata_o = w_data_q;
  assign axi_wstrb_o = w_strobe_q;
  assign axi_wlast_o = w_last_q;
  assign axi_bready_o = 1'b1;
  assign wrsp_valid_o = axi_bvalid_i;

`ifndef SYNTHESIS
  // Bursts in flight: as many as a client may have asked for.
  localparam int unsigned MaxReads [4] = '{Cfg.outstanding, Cfg.vector_fifo, 8, 1};

  ternac_axi_checker #(
    .AddressBits(AddressBits), .DataBytes(Beat), .IdBits(2), .MaxBeats(Cfg.burst),
    .MaxReads(MaxReads), .MaxWrites(Cfg.vector_fifo)
  ) u_checker (
    .clk_i, .rst_ni,
    .arvalid_i(axi_arvalid_o), .arready_i(axi_arready_i), .arid_i(axi_arid_o),
    .araddr_i(axi_araddr_o), .arlen_i(axi_arlen_o), .arsize_i(axi_arsize_o),
    .arburst_i(axi_arburst_o),
    .rvalid_i(axi_rvalid_i), .rready_i(axi_rready_o), .rid_i(axi_rid_i), .rdata_i(axi_rdata_i),
    .rlast_i(axi_rlast_i), .rresp_i(axi_rresp_i),
    .awvalid_i(axi_awvalid_o), .awready_i(axi_awready_i), .awaddr_i(axi_awaddr_o),
    .awlen_i(axi_awlen_o), .awsize_i(axi_awsize_o), .awburst_i(axi_awburst_o),
    .wvalid_i(axi_wvalid_o), .wready_i(axi_wready_i), .wdata_i(axi_wdata_o),
    .wstrb_i(axi_wstrb_o), .wlast_i(axi_wlast_o),
    .bvalid_i(axi_bvalid_i), .bready_i(axi_bready_o), .bresp_i(axi_bresp_i)
  );
`endif
endmodule
