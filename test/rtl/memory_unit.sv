// The core's memory side, as ternac_core puts it together, but for the weight fetch, whose client is the
// testbench: ternac_lsu, ternac_scalar_load, and a ternac_memory_port for each channel.
//
// Ports are as wide as the widest configuration needs, so that one testbench drives all of them.
// verilator lint_off UNUSEDSIGNAL
// verilator lint_off PINCONNECTEMPTY
module memory_unit #(
  parameter ternac_pkg::config_t Cfg = ternac_pkg::ConfigTiny
) (
  input  logic                clk_i,
  input  logic                rst_ni,
  // ternac_lsu
  input  logic                start_i,
  input  logic [2:0]          kind_i,     // of ldv, ldv.h, ldv.b, sv, sw, sd
  input  logic [2:0]          register_i,
  input  logic [31:0]         vl_i,
  input  logic [63:0]         address_i,
  input  logic [4:0]          shift_i,
  input  logic [63:0]         scalar_i,
  output logic                done_o,
  output logic                store_done_o,
  output logic                vre_o,
  output logic [2:0]          vrreg_o,
  output logic [31:0]         vrword_o,
  input  logic [2047:0]       vrdata_i,
  output logic                vwe_o,
  output logic [2:0]          vwreg_o,
  output logic [31:0]         vwword_o,
  output logic [63:0]         vwmask_o,
  output logic [2047:0]       vwdata_o,
  output logic [3:0]          vreq_o,     // a vector request is taken
  // ternac_scalar_load
  input  logic                load_valid_i,
  output logic                load_ready_o,
  input  logic [63:0]         load_address_i,
  input  logic                load_double_i,
  input  logic [4:0]          load_rd_i,
  output logic                loaded_valid_o,
  output logic [4:0]          loaded_rd_o,
  output logic [63:0]         loaded_data_o,
  // weights
  input  logic [3:0]          req_valid_i,
  output logic [3:0]          req_ready_o,
  input  logic [3:0][63:0]    req_address_i,
  input  logic [3:0][7:0]     req_beats_i,
  output logic [3:0]          rsp_valid_o,
  output logic [3:0]          rsp_last_o,
  output logic [3:0][511:0]   rsp_data_o,
  // AXI
  output logic [3:0]          arvalid_o,
  input  logic [3:0]          arready_i,
  output logic [3:0][1:0]     arid_o,
  output logic [3:0][63:0]    araddr_o,
  output logic [3:0][7:0]     arlen_o,
  input  logic [3:0]          rvalid_i,
  output logic [3:0]          rready_o,
  input  logic [3:0][1:0]     rid_i,
  input  logic [3:0][511:0]   rdata_i,
  input  logic [3:0]          rlast_i,
  output logic [3:0]          awvalid_o,
  input  logic [3:0]          awready_i,
  output logic [3:0][63:0]    awaddr_o,
  output logic [3:0][7:0]     awlen_o,
  output logic [3:0]          wvalid_o,
  input  logic [3:0]          wready_i,
  output logic [3:0][511:0]   wdata_o,
  output logic [3:0][63:0]    wstrb_o,
  output logic [3:0]          wlast_o,
  input  logic [3:0]          bvalid_i,
  output logic [3:0]          bready_o
);
  import ternac_pkg::*;
  import ternac_core_pkg::*;

  localparam int unsigned Lanes = Cfg.lanes;
  localparam int unsigned Beat = Cfg.beat_bytes;
  localparam int unsigned GranBits = 8 * Beat;
  localparam int unsigned Ch = Cfg.channels;
  localparam int unsigned WordIdx = Cfg.vlmax > Lanes ? $clog2(Cfg.vlmax / Lanes) : 1;
  localparam int unsigned ChAddrBits = ternac_core_pkg::AddressBits - $clog2(Beat) - $clog2(Ch);

  uop_t uop;
  always_comb begin
    uop = '0;
    unique case (kind_i)
      3'd0: uop.opcode = OpLdv;
      3'd1: uop.opcode = OpLdvH;
      3'd2: uop.opcode = OpLdvB;
      3'd3: uop.opcode = OpSv;
      3'd4: uop.opcode = OpSw;
      default: uop.opcode = OpSd;
    endcase
    uop.vd = register_i;
    uop.vs2 = register_i;
    uop.vl = vl_t'(vl_i);
    uop.address = address_t'(address_i);
    uop.shift = shift_i;
    uop.scalar = scalar_i;
  end

  logic [WordIdx-1:0] vrword, vwword;
  logic [Lanes-1:0] vwmask;
  logic [Lanes*32-1:0] vwdata;
  logic [Ch-1:0] v_valid, v_ready, s_valid, s_ready, wreq_valid, wreq_ready;
  logic [Ch-1:0][ChAddrBits-1:0] v_address, wreq_address;
  logic [Ch-1:0][7:0] v_beats, wreq_beats;
  logic [ChAddrBits-1:0] s_address;
  logic [7:0] s_beats;
  logic [Ch-1:0] v_rsp, s_rsp, rsp_last;
  logic [Ch-1:0][GranBits-1:0] rsp_data, wdata;
  logic [Ch-1:0] wdata_valid, wdata_ready, wlast, wrsp;
  logic [Ch-1:0][Beat-1:0] wstrb;

  ternac_lsu #(.Cfg(Cfg)) u_lsu (
    .clk_i, .rst_ni, .start_i, .uop_i(uop), .done_o, .store_done_o,
    .vre_o, .vrreg_o, .vrword_o(vrword), .vrdata_i(vrdata_i[Lanes*32-1:0]),
    .vwe_o, .vwreg_o, .vwword_o(vwword), .vwmask_o(vwmask), .vwdata_o(vwdata),
    .req_valid_o(v_valid), .req_ready_i(v_ready), .req_address_o(v_address), .req_beats_o(v_beats),
    .rsp_valid_i(v_rsp), .rsp_data_i(rsp_data), .rsp_last_i(rsp_last),
    .wreq_valid_o(wreq_valid), .wreq_ready_i(wreq_ready), .wreq_address_o(wreq_address),
    .wreq_beats_o(wreq_beats), .wdata_valid_o(wdata_valid), .wdata_ready_i(wdata_ready),
    .wdata_o(wdata), .wstrb_o(wstrb), .wlast_o(wlast), .wrsp_valid_i(wrsp)
  );
  assign vrword_o = 32'(vrword);
  assign vwword_o = 32'(vwword);
  assign vwmask_o = 64'(vwmask);
  assign vwdata_o = 2048'(vwdata);
  assign vreq_o = 4'(v_valid) & 4'(v_ready);

  ternac_scalar_load #(.Cfg(Cfg)) u_scalar_load (
    .clk_i, .rst_ni, .load_valid_i, .load_ready_o, .load_address_i(address_t'(load_address_i)),
    .load_double_i, .load_rd_i, .loaded_valid_o, .loaded_rd_o, .loaded_data_o,
    .req_valid_o(s_valid), .req_ready_i(s_ready), .req_address_o(s_address), .req_beats_o(s_beats),
    .rsp_valid_i(s_rsp), .rsp_data_i(rsp_data), .rsp_last_i(rsp_last)
  );

  for (genvar c = 0; c < 4; c++) begin : gen_channel
    if (c < Ch) begin : gen_port
      logic [AddressBits-1:0] araddr, awaddr;
      ternac_memory_port #(.Cfg(Cfg)) u_port (
        .clk_i, .rst_ni,
        .req_valid_i({s_valid[c], v_valid[c], req_valid_i[c]}),
        .req_ready_o({s_ready[c], v_ready[c], req_ready_o[c]}),
        .req_address_i({s_address, v_address[c], req_address_i[c][ChAddrBits-1:0]}),
        .req_beats_i({s_beats, v_beats[c], req_beats_i[c]}),
        .rsp_valid_o({s_rsp[c], v_rsp[c], rsp_valid_o[c]}),
        .rsp_data_o(rsp_data[c]), .rsp_last_o(rsp_last[c]),
        .wreq_valid_i(wreq_valid[c]), .wreq_ready_o(wreq_ready[c]),
        .wreq_address_i(wreq_address[c]), .wreq_beats_i(wreq_beats[c]),
        .wdata_valid_i(wdata_valid[c]), .wdata_ready_o(wdata_ready[c]), .wdata_i(wdata[c]),
        .wstrb_i(wstrb[c]), .wlast_i(wlast[c]), .wrsp_valid_o(wrsp[c]),
        .axi_arvalid_o(arvalid_o[c]), .axi_arready_i(arready_i[c]), .axi_arid_o(arid_o[c]),
        .axi_araddr_o(araddr), .axi_arlen_o(arlen_o[c]), .axi_arsize_o(), .axi_arburst_o(),
        .axi_rvalid_i(rvalid_i[c]), .axi_rready_o(rready_o[c]), .axi_rid_i(rid_i[c]),
        .axi_rdata_i(rdata_i[c][GranBits-1:0]), .axi_rlast_i(rlast_i[c]), .axi_rresp_i(2'b00),
        .axi_awvalid_o(awvalid_o[c]), .axi_awready_i(awready_i[c]), .axi_awaddr_o(awaddr),
        .axi_awlen_o(awlen_o[c]), .axi_awsize_o(), .axi_awburst_o(),
        .axi_wvalid_o(wvalid_o[c]), .axi_wready_i(wready_i[c]),
        .axi_wdata_o(wdata_o[c][GranBits-1:0]), .axi_wstrb_o(wstrb_o[c][Beat-1:0]),
        .axi_wlast_o(wlast_o[c]),
        .axi_bvalid_i(bvalid_i[c]), .axi_bready_o(bready_o[c]), .axi_bresp_i(2'b00)
      );
      assign araddr_o[c] = 64'(araddr);
      assign awaddr_o[c] = 64'(awaddr);
      assign rsp_data_o[c] = 512'(rsp_data[c]);
      assign rsp_last_o[c] = rsp_last[c];
      if (GranBits < 512) begin : gen_pad
        assign wdata_o[c][511:GranBits] = '0;
        assign wstrb_o[c][63:Beat] = '0;
      end
    end else begin : gen_none
      assign {req_ready_o[c], rsp_valid_o[c], rsp_last_o[c], arvalid_o[c], rready_o[c]} = '0;
      assign {awvalid_o[c], wvalid_o[c], wlast_o[c], bready_o[c]} = '0;
      assign {rsp_data_o[c], arid_o[c], araddr_o[c], arlen_o[c]} = '0;
      assign {awaddr_o[c], awlen_o[c], wdata_o[c], wstrb_o[c]} = '0;
    end
  end
endmodule
