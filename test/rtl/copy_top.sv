// The copy engine of a configuration, with the rules of AXI asserted on all of its ports.
// Assertions are disabled by the reset that registers take asynchronously.
/* verilator lint_off SYNCASYNCNET */
module copy_top
  import ternac_pkg::*;
  import ternac_core_pkg::AddressBits;
  import ternac_csr_pkg::*;
#(
  parameter  int unsigned ConfigIndex = 0,  // of ternac_pkg::config_at; more: not public
  localparam config_t     Cfg = config_under_test(ConfigIndex),
  localparam int unsigned Ch = Cfg.channels,
  localparam int unsigned Beat = Cfg.beat_bytes,
  localparam int unsigned GranBits = 8 * Beat
) (
  input  logic                        clk_i,
  input  logic                        rst_ni,
  output logic [31:0]                 channels_o,
  output logic [31:0]                 beat_o,
  output logic [63:0]                 dram_bytes_o,
  input  logic                        go_i,
  input  logic                        to_host_i,
  input  logic                        check_i,
  input  logic                        zero_i,
  input  logic [63:0]                 host_address_i,
  input  logic [63:0]                 card_address_i,
  input  logic [63:0]                 length_i,
  output logic [4:0]                  room_o,
  input  logic [63:0]                 completion_address_i,
  output logic                        busy_o,
  output logic [63:0]                 completed_o,
  output logic [7:0]                  status_o,
  output logic [31:0]                 crc_o,
  output logic                        host_arvalid_o,
  input  logic                        host_arready_i,
  output logic [63:0]                 host_araddr_o,
  output logic [7:0]                  host_arlen_o,
  input  logic                        host_rvalid_i,
  output logic                        host_rready_o,
  input  logic [8*HostLineBytes-1:0]  host_rdata_i,
  input  logic                        host_rlast_i,
  input  logic [1:0]                  host_rresp_i,
  output logic                        host_awvalid_o,
  input  logic                        host_awready_i,
  output logic [63:0]                 host_awaddr_o,
  output logic [7:0]                  host_awlen_o,
  output logic                        host_wvalid_o,
  input  logic                        host_wready_i,
  output logic [8*HostLineBytes-1:0]  host_wdata_o,
  output logic                        host_wlast_o,
  input  logic                        host_bvalid_i,
  output logic                        host_bready_o,
  input  logic [1:0]                  host_bresp_i,
  output logic                        axi_arvalid_o [Ch],
  input  logic [Ch-1:0]               axi_arready_i,
  output logic [1:0]                  axi_arid_o [Ch],
  output logic [63:0]                 axi_araddr_o [Ch],
  output logic [7:0]                  axi_arlen_o [Ch],
  input  logic [Ch-1:0]               axi_rvalid_i,
  output logic                        axi_rready_o [Ch],
  input  logic [Ch-1:0][1:0]          axi_rid_i,
  input  logic [Ch-1:0][GranBits-1:0] axi_rdata_i,
  input  logic [Ch-1:0]               axi_rlast_i,
  input  logic [Ch-1:0][1:0]          axi_rresp_i,
  output logic                        axi_awvalid_o [Ch],
  input  logic [Ch-1:0]               axi_awready_i,
  output logic [63:0]                 axi_awaddr_o [Ch],
  output logic [7:0]                  axi_awlen_o [Ch],
  output logic                        axi_wvalid_o [Ch],
  input  logic [Ch-1:0]               axi_wready_i,
  output logic [GranBits-1:0]         axi_wdata_o [Ch],
  output logic [63:0]                 axi_wstrb_o [Ch],
  output logic                        axi_wlast_o [Ch],
  input  logic [Ch-1:0]               axi_bvalid_i,
  output logic                        axi_bready_o [Ch],
  input  logic [Ch-1:0][1:0]          axi_bresp_i
);
  // Behind the public configurations: two banks of 16 bytes, so that a line has granules of both, twice.
  function automatic config_t config_under_test(int unsigned index);
    config_t cfg;
    cfg = config_at(index < NumConfigs ? index : 0);
    if (index >= NumConfigs) begin
      cfg.channels = 2;
      cfg.beat_bytes = 16;
    end
    return cfg;
  endfunction

  logic [Ch-1:0] arvalid, rready, awvalid, wvalid, wlast, bready;
  logic [Ch-1:0][AddressBits-1:0] araddr, awaddr;
  logic [Ch-1:0][7:0] arlen, awlen;
  logic [Ch-1:0][GranBits-1:0] wdata;
  copy_status_e status;

  ternac_copy_engine #(
    .Cfg(Cfg)
  ) u_engine (
    .clk_i, .rst_ni, .go_i, .to_host_i, .check_i, .zero_i, .host_address_i, .card_address_i, .length_i,
    .room_o,
    .completion_address_i, .busy_o, .completed_o, .status_o(status), .crc_o,
    .host_arvalid_o, .host_arready_i, .host_araddr_o, .host_arlen_o,
    .host_rvalid_i, .host_rready_o, .host_rdata_i, .host_rlast_i, .host_rresp_i,
    .host_awvalid_o, .host_awready_i, .host_awaddr_o, .host_awlen_o,
    .host_wvalid_o, .host_wready_i, .host_wdata_o, .host_wlast_o,
    .host_bvalid_i, .host_bready_o, .host_bresp_i,
    .axi_arvalid_o(arvalid), .axi_arready_i, .axi_araddr_o(araddr), .axi_arlen_o(arlen),
    .axi_rvalid_i, .axi_rready_o(rready), .axi_rdata_i, .axi_rlast_i, .axi_rresp_i,
    .axi_awvalid_o(awvalid), .axi_awready_i, .axi_awaddr_o(awaddr), .axi_awlen_o(awlen),
    .axi_wvalid_o(wvalid), .axi_wready_i, .axi_wdata_o(wdata), .axi_wlast_o(wlast),
    .axi_bvalid_i, .axi_bready_o(bready), .axi_bresp_i
  );

  assign channels_o = Ch;
  assign beat_o = Beat;
  assign dram_bytes_o = Cfg.dram_bytes;
  assign status_o = 8'(status);

  localparam int unsigned HostMaxReads [2] = '{128, 1};
  ternac_axi_checker #(
    .AddressBits(64), .DataBytes(HostLineBytes), .IdBits(1), .MaxBeats(4),
    .MaxReads(HostMaxReads), .MaxWrites(64), .MayFail(1'b1)
  ) u_host_checker (
    .clk_i, .rst_ni,
    .arvalid_i(host_arvalid_o), .arready_i(host_arready_i), .arid_i(1'b0),
    .araddr_i(host_araddr_o), .arlen_i(host_arlen_o), .arsize_i(3'd6), .arburst_i(2'b01),
    .rvalid_i(host_rvalid_i), .rready_i(host_rready_o), .rid_i(1'b0), .rdata_i(host_rdata_i),
    .rlast_i(host_rlast_i), .rresp_i(host_rresp_i),
    .awvalid_i(host_awvalid_o), .awready_i(host_awready_i), .awaddr_i(host_awaddr_o),
    .awlen_i(host_awlen_o), .awsize_i(3'd6), .awburst_i(2'b01),
    .wvalid_i(host_wvalid_o), .wready_i(host_wready_i), .wdata_i(host_wdata_o), .wstrb_i('1),
    .wlast_i(host_wlast_o),
    .bvalid_i(host_bvalid_i), .bready_i(host_bready_o), .bresp_i(host_bresp_i)
  );

  for (genvar c = 0; c < Ch; c++) begin : gen_bank
    assign axi_arvalid_o[c] = arvalid[c];
    assign axi_arid_o[c] = 2'd3;
    assign axi_araddr_o[c] = 64'(araddr[c]);
    assign axi_arlen_o[c] = arlen[c];
    assign axi_rready_o[c] = rready[c];
    assign axi_awvalid_o[c] = awvalid[c];
    assign axi_awaddr_o[c] = 64'(awaddr[c]);
    assign axi_awlen_o[c] = awlen[c];
    assign axi_wvalid_o[c] = wvalid[c];
    assign axi_wdata_o[c] = wdata[c];
    assign axi_wstrb_o[c] = '1;
    assign axi_wlast_o[c] = wlast[c];
    assign axi_bready_o[c] = bready[c];

    localparam int unsigned MaxReads [4] = '{1, 1, 1, 8};
    ternac_axi_checker #(
      .AddressBits(AddressBits), .DataBytes(Beat), .IdBits(2), .MaxBeats(64),
      .MaxReads(MaxReads), .MaxWrites(8), .MayFail(1'b1)
    ) u_checker (
      .clk_i, .rst_ni,
      .arvalid_i(arvalid[c]), .arready_i(axi_arready_i[c]), .arid_i(2'd3),
      .araddr_i(araddr[c]), .arlen_i(arlen[c]), .arsize_i(3'($clog2(Beat))), .arburst_i(2'b01),
      .rvalid_i(axi_rvalid_i[c]), .rready_i(rready[c]), .rid_i(axi_rid_i[c]),
      .rdata_i(axi_rdata_i[c]), .rlast_i(axi_rlast_i[c]), .rresp_i(axi_rresp_i[c]),
      .awvalid_i(awvalid[c]), .awready_i(axi_awready_i[c]), .awaddr_i(awaddr[c]),
      .awlen_i(awlen[c]), .awsize_i(3'($clog2(Beat))), .awburst_i(2'b01),
      .wvalid_i(wvalid[c]), .wready_i(axi_wready_i[c]), .wdata_i(wdata[c]), .wstrb_i('1),
      .wlast_i(wlast[c]),
      .bvalid_i(axi_bvalid_i[c]), .bready_i(bready[c]), .bresp_i(axi_bresp_i[c])
    );
  end
endmodule
