// The core: front end, issue, functional units, register files and memory ports. docs/core.md has the
// block diagram and what the parts promise each other.

module ternac_core
  import ternac_pkg::*;
  import ternac_core_pkg::*;
#(
  parameter config_t Cfg = ConfigTiny,  // what the core is built of
  localparam int unsigned Ch = Cfg.channels,
  localparam int unsigned Beat = Cfg.beat_bytes,
  localparam int unsigned GranBits = 8 * Beat,
  localparam int unsigned IndexBits = $clog2(Cfg.instructions)
) (
  input  logic                           clk_i,             // clock
  input  logic                           rst_ni,            // asynchronous reset, active low
  // program load and control; ternac_front says more
  input  logic                           program_we_i,      // write a word of the instruction memory
  input  logic [IndexBits-1:0]           program_index_i,   // which one
  input  logic [63:0]                    program_word_i,    // its value
  output logic                           ready_o,           // reset has ended: the registers are clear
  input  logic                           start_i,           // pulse, once after reset, with ready_o
  input  logic [31:0]                    entry_i,           // index of the first instruction
  input  logic [31:0]                    program_length_i,  // number of instructions
  input  logic [63:0]                    pause_at_i,        // stop before this instret; all ones: never
  output logic                           halted_o,          // it ran halt
  output logic                           trapped_o,         // an instruction trapped
  output logic                           paused_o,          // stopped at pause_at_i
  output logic [7:0]                     trap_cause_o,      // trap_e
  output logic [63:0]                    trap_pc_o,         // address of the instruction
  output logic [63:0]                    trap_value_o,      // value of the trap
  output logic                           waiting_input_o,   // deq waits for the host
  output logic                           waiting_output_o,  // enq waits for the host
  output logic [63:0]                    instret_o,         // instructions retired since reset
  // host queues
  input  logic                           in_valid_i,        // an entry for the program
  output logic                           in_ready_o,        // the queue has room
  input  logic [63:0]                    in_data_i,         // the entry
  input  logic                           in_closed_i,       // no more entries follow
  output logic                           out_valid_o,       // an entry for the host
  input  logic                           out_ready_i,       // the host takes it
  output logic [63:0]                    out_data_o,        // the entry
  // AXI4, one port a channel, addresses in bytes of the channel
  output logic [Ch-1:0]                  axi_arvalid_o,
  input  logic [Ch-1:0]                  axi_arready_i,
  output logic [Ch-1:0][1:0]             axi_arid_o,
  output logic [Ch-1:0][AddressBits-1:0] axi_araddr_o,
  output logic [Ch-1:0][7:0]             axi_arlen_o,
  output logic [Ch-1:0][2:0]             axi_arsize_o,
  output logic [Ch-1:0][1:0]             axi_arburst_o,
  input  logic [Ch-1:0]                  axi_rvalid_i,
  output logic [Ch-1:0]                  axi_rready_o,
  input  logic [Ch-1:0][1:0]             axi_rid_i,
  input  logic [Ch-1:0][GranBits-1:0]    axi_rdata_i,
  input  logic [Ch-1:0]                  axi_rlast_i,
  input  logic [Ch-1:0][1:0]             axi_rresp_i,
  output logic [Ch-1:0]                  axi_awvalid_o,
  input  logic [Ch-1:0]                  axi_awready_i,
  output logic [Ch-1:0][AddressBits-1:0] axi_awaddr_o,
  output logic [Ch-1:0][7:0]             axi_awlen_o,
  output logic [Ch-1:0][2:0]             axi_awsize_o,
  output logic [Ch-1:0][1:0]             axi_awburst_o,
  output logic [Ch-1:0]                  axi_wvalid_o,
  input  logic [Ch-1:0]                  axi_wready_i,
  output logic [Ch-1:0][GranBits-1:0]    axi_wdata_o,
  output logic [Ch-1:0][Beat-1:0]        axi_wstrb_o,
  output logic [Ch-1:0]                  axi_wlast_o,
  input  logic [Ch-1:0]                  axi_bvalid_i,
  output logic [Ch-1:0]                  axi_bready_o,
  input  logic [Ch-1:0][1:0]             axi_bresp_i,
  // traces and counters
  output retired_t                       retired_o,         // what the front end retires
  output done_t [NumUnits-1:0]           done_o,            // what ends in a unit, by issue_unit_e
  output stall_e                         front_stall_o,     // what the front end's clock is lost to
  output stall_e                         issue_stall_o,     // why nothing starts in a unit
  output logic [NumUnits-1:0]            busy_o,            // units that run
  output logic                           starved_o          // the ternary unit waits for weights
);
  localparam int unsigned Lanes = Cfg.lanes;
  localparam int unsigned P = Cfg.product_granules;
  localparam int unsigned WordIdx = Cfg.vlmax > Lanes ? $clog2(Cfg.vlmax / Lanes) : 1;
  localparam int unsigned QWordIdx = Cfg.vlmax > P * Beat ? $clog2(Cfg.vlmax / (P * Beat)) : 1;
  localparam int unsigned ChAddrBits = AddressBits - $clog2(Beat) - $clog2(Ch);

  // ---- front end, issue, order of memory accesses --------------------------------------------------
  logic uop_valid, uop_ready;
  uop_t front_uop, uop;
  logic weights_valid, weights_ready, weights_fetched;
  weights_t weights;
  range_t query, store, matrix, store_query;
  logic query_conflict, store_push, store_full, matrix_push, matrix_full, store_conflict;
  logic store_done, no_stores, issue_drained;
  logic load_valid, load_ready, load_double, loaded_valid;
  address_t load_address;
  logic [4:0] load_rd, loaded_rd;
  logic [63:0] loaded_data;
  argmax_t argmax;
  logic [NumUnits-1:0] start, done;

  ternac_front #(
    .Cfg(Cfg)
  ) u_front (
    .clk_i,
    .rst_ni,
    .program_we_i,
    .program_index_i,
    .program_word_i,
    .start_i,
    .entry_i,
    .program_length_i,
    .pause_at_i,
    .halted_o,
    .trapped_o,
    .paused_o,
    .trap_cause_o,
    .trap_pc_o,
    .trap_value_o,
    .waiting_input_o,
    .waiting_output_o,
    .instret_o,
    .in_valid_i,
    .in_ready_o,
    .in_data_i,
    .in_closed_i,
    .out_valid_o,
    .out_ready_i,
    .out_data_o,
    .uop_valid_o(uop_valid),
    .uop_ready_i(uop_ready),
    .uop_o(front_uop),
    .weights_valid_o(weights_valid),
    .weights_ready_i(weights_ready),
    .weights_o(weights),
    .query_o(query),
    .query_conflict_i(query_conflict),
    .store_push_o(store_push),
    .store_o(store),
    .store_full_i(store_full),
    .matrix_push_o(matrix_push),
    .matrix_o(matrix),
    .matrix_full_i(matrix_full),
    .load_valid_o(load_valid),
    .load_ready_i(load_ready),
    .load_address_o(load_address),
    .load_double_o(load_double),
    .load_rd_o(load_rd),
    .loaded_valid_i(loaded_valid),
    .loaded_rd_i(loaded_rd),
    .loaded_data_i(loaded_data),
    .argmax_i(argmax),
    .drained_i(issue_drained && no_stores),
    .retired_o,
    .stall_o(front_stall_o)
  );

  ternac_issue #(
    .Cfg(Cfg)
  ) u_issue (
    .clk_i,
    .rst_ni,
    .uop_valid_i(uop_valid),
    .uop_ready_o(uop_ready),
    .uop_i(front_uop),
    .start_o(start),
    .uop_o(uop),
    .done_i(done),
    .store_range_o(store_query),
    .store_conflict_i(store_conflict),
    .drained_o(issue_drained),
    .done_o,
    .stall_o(issue_stall_o),
    .busy_o
  );

  ternac_memory_order #(
    .Cfg(Cfg)
  ) u_memory_order (
    .clk_i,
    .rst_ni,
    .query_i(query),
    .query_conflict_o(query_conflict),
    .store_push_i(store_push),
    .store_i(store),
    .store_full_o(store_full),
    .store_pop_i(store_done),
    .no_stores_o(no_stores),
    .matrix_push_i(matrix_push),
    .matrix_i(matrix),
    .matrix_full_o(matrix_full),
    .matrix_pop_i(weights_fetched),
    .store_query_i(store_query),
    .store_conflict_o(store_conflict)
  );

  // ---- vector and activation registers -------------------------------------------------------------
  // Read ports: 0 row-wise first operand, 1 row-wise second operand, 2 rms, 3 lsu.
  logic [3:0] vre;
  logic [3:0][2:0] vrreg;
  logic [3:0][WordIdx-1:0] vrword;
  logic [3:0][Lanes*32-1:0] vrdata;
  // Write ports: 0 lsu, 1 row-wise, 2 rms, 3 tmatmul.
  logic [3:0] vwe;
  logic [3:0][2:0] vwreg;
  logic [3:0][WordIdx-1:0] vwword;
  logic [3:0][Lanes-1:0] vwmask;
  logic [3:0][Lanes*32-1:0] vwdata;

  ternac_vector_regs #(
    .Cfg(Cfg)
  ) u_vector_regs (
    .clk_i,
    .rst_ni,
    .ready_o,
    .re_i(vre),
    .rreg_i(vrreg),
    .rword_i(vrword),
    .rdata_o(vrdata),
    .we_i(vwe),
    .wreg_i(vwreg),
    .wword_i(vwword),
    .wmask_i(vwmask),
    .wdata_i(vwdata)
  );

  logic qwe, qre, absmax_we;
  logic [1:0] qwreg, qrreg;
  logic [WordIdx-1:0] qwword;
  logic [Lanes*8-1:0] qwdata;
  logic [QWordIdx-1:0] qrword;
  logic [P*GranBits-1:0] qrdata;
  logic [31:0] absmax;
  logic [NumQRegs-1:0][31:0] absmaxes;

  ternac_activation_regs #(
    .Cfg(Cfg)
  ) u_activation_regs (
    .clk_i,
    .rst_ni,
    .we_i(qwe),
    .wreg_i(qwreg),
    .wword_i(qwword),
    .wdata_i(qwdata),
    .absmax_we_i(absmax_we),
    .absmax_i(absmax),
    .re_i(qre),
    .rreg_i(qrreg),
    .rword_i(qrword),
    .rdata_o(qrdata),
    .absmax_o(absmaxes)
  );

  // ---- functional units ----------------------------------------------------------------------------
  ternac_rowwise #(
    .Cfg(Cfg)
  ) u_rowwise (
    .clk_i,
    .rst_ni,
    .start_i(start[IssueRowwise]),
    .uop_i(uop),
    .done_o(done[IssueRowwise]),
    .vre_o(vre[1:0]),
    .vrreg_o(vrreg[1:0]),
    .vrword_o(vrword[1:0]),
    .vrdata_i(vrdata[1:0]),
    .vwe_o(vwe[1]),
    .vwreg_o(vwreg[1]),
    .vwword_o(vwword[1]),
    .vwmask_o(vwmask[1]),
    .vwdata_o(vwdata[1])
  );

  ternac_rms #(
    .Cfg(Cfg)
  ) u_rms (
    .clk_i,
    .rst_ni,
    .start_i(start[IssueRms]),
    .uop_i(uop),
    .done_o(done[IssueRms]),
    .argmax_o(argmax),
    .vre_o(vre[2]),
    .vrreg_o(vrreg[2]),
    .vrword_o(vrword[2]),
    .vrdata_i(vrdata[2]),
    .vwe_o(vwe[2]),
    .vwreg_o(vwreg[2]),
    .vwword_o(vwword[2]),
    .vwmask_o(vwmask[2]),
    .vwdata_o(vwdata[2]),
    .qwe_o(qwe),
    .qwreg_o(qwreg),
    .qwword_o(qwword),
    .qwdata_o(qwdata),
    .absmax_we_o(absmax_we),
    .absmax_o(absmax)
  );

  logic [P-1:0] bank_valid, bank_pop;
  logic [P-1:0][GranBits-1:0] bank_data;

  ternac_tmatmul #(
    .Cfg(Cfg)
  ) u_tmatmul (
    .clk_i,
    .rst_ni,
    .start_i(start[IssueTmatmul]),
    .uop_i(uop),
    .done_o(done[IssueTmatmul]),
    .bank_valid_i(bank_valid),
    .bank_data_i(bank_data),
    .bank_pop_o(bank_pop),
    .qre_o(qre),
    .qrreg_o(qrreg),
    .qrword_o(qrword),
    .qrdata_i(qrdata),
    .absmax_i(absmaxes),
    .vwe_o(vwe[3]),
    .vwreg_o(vwreg[3]),
    .vwword_o(vwword[3]),
    .vwmask_o(vwmask[3]),
    .vwdata_o(vwdata[3]),
    .starved_o
  );

  // ---- memory --------------------------------------------------------------------------------------
  // Read clients: 0 weights, 1 vector, 2 scalar.
  logic [NumReadClients-1:0][Ch-1:0] req_valid, req_ready, rsp_valid;
  logic [NumReadClients-1:0][Ch-1:0][ChAddrBits-1:0] req_address;
  logic [NumReadClients-1:0][Ch-1:0][7:0] req_beats;
  logic [Ch-1:0][GranBits-1:0] rsp_data;
  logic [Ch-1:0] rsp_last;
  logic [Ch-1:0] wreq_valid, wreq_ready, wdata_valid, wdata_ready, wlast, wrsp_valid;
  logic [Ch-1:0][ChAddrBits-1:0] wreq_address;
  logic [Ch-1:0][7:0] wreq_beats;
  logic [Ch-1:0][GranBits-1:0] wdata;
  logic [Ch-1:0][Beat-1:0] wstrb;
  logic [ChAddrBits-1:0] scalar_address;
  logic [7:0] scalar_beats;

  ternac_weight_fetch #(
    .Cfg(Cfg)
  ) u_weight_fetch (
    .clk_i,
    .rst_ni,
    .weights_valid_i(weights_valid),
    .weights_ready_o(weights_ready),
    .weights_i(weights),
    .fetched_o(weights_fetched),
    .req_valid_o(req_valid[0]),
    .req_ready_i(req_ready[0]),
    .req_address_o(req_address[0]),
    .req_beats_o(req_beats[0]),
    .rsp_valid_i(rsp_valid[0]),
    .rsp_data_i(rsp_data),
    .rsp_last_i(rsp_last),
    .bank_valid_o(bank_valid),
    .bank_data_o(bank_data),
    .bank_pop_i(bank_pop)
  );

  ternac_lsu #(
    .Cfg(Cfg)
  ) u_lsu (
    .clk_i,
    .rst_ni,
    .start_i(start[IssueLsu]),
    .uop_i(uop),
    .done_o(done[IssueLsu]),
    .store_done_o(store_done),
    .vre_o(vre[3]),
    .vrreg_o(vrreg[3]),
    .vrword_o(vrword[3]),
    .vrdata_i(vrdata[3]),
    .vwe_o(vwe[0]),
    .vwreg_o(vwreg[0]),
    .vwword_o(vwword[0]),
    .vwmask_o(vwmask[0]),
    .vwdata_o(vwdata[0]),
    .req_valid_o(req_valid[1]),
    .req_ready_i(req_ready[1]),
    .req_address_o(req_address[1]),
    .req_beats_o(req_beats[1]),
    .rsp_valid_i(rsp_valid[1]),
    .rsp_data_i(rsp_data),
    .rsp_last_i(rsp_last),
    .wreq_valid_o(wreq_valid),
    .wreq_ready_i(wreq_ready),
    .wreq_address_o(wreq_address),
    .wreq_beats_o(wreq_beats),
    .wdata_valid_o(wdata_valid),
    .wdata_ready_i(wdata_ready),
    .wdata_o(wdata),
    .wstrb_o(wstrb),
    .wlast_o(wlast),
    .wrsp_valid_i(wrsp_valid)
  );

  ternac_scalar_load #(
    .Cfg(Cfg)
  ) u_scalar_load (
    .clk_i,
    .rst_ni,
    .load_valid_i(load_valid),
    .load_ready_o(load_ready),
    .load_address_i(load_address),
    .load_double_i(load_double),
    .load_rd_i(load_rd),
    .loaded_valid_o(loaded_valid),
    .loaded_rd_o(loaded_rd),
    .loaded_data_o(loaded_data),
    .req_valid_o(req_valid[2]),
    .req_ready_i(req_ready[2]),
    .req_address_o(scalar_address),
    .req_beats_o(scalar_beats),
    .rsp_valid_i(rsp_valid[2]),
    .rsp_data_i(rsp_data),
    .rsp_last_i(rsp_last)
  );

  assign req_address[2] = {Ch{scalar_address}};
  assign req_beats[2] = {Ch{scalar_beats}};

  for (genvar channel = 0; channel < Ch; channel++) begin : gen_channel
    logic [NumReadClients-1:0] channel_req_ready, channel_rsp_valid;

    for (genvar client = 0; client < NumReadClients; client++) begin : gen_client
      assign req_ready[client][channel] = channel_req_ready[client];
      assign rsp_valid[client][channel] = channel_rsp_valid[client];
    end

    ternac_memory_port #(
      .Cfg(Cfg)
    ) u_memory_port (
      .clk_i,
      .rst_ni,
      .req_valid_i({req_valid[2][channel], req_valid[1][channel], req_valid[0][channel]}),
      .req_ready_o(channel_req_ready),
      .req_address_i({req_address[2][channel], req_address[1][channel], req_address[0][channel]}),
      .req_beats_i({req_beats[2][channel], req_beats[1][channel], req_beats[0][channel]}),
      .rsp_valid_o(channel_rsp_valid),
      .rsp_data_o(rsp_data[channel]),
      .rsp_last_o(rsp_last[channel]),
      .wreq_valid_i(wreq_valid[channel]),
      .wreq_ready_o(wreq_ready[channel]),
      .wreq_address_i(wreq_address[channel]),
      .wreq_beats_i(wreq_beats[channel]),
      .wdata_valid_i(wdata_valid[channel]),
      .wdata_ready_o(wdata_ready[channel]),
      .wdata_i(wdata[channel]),
      .wstrb_i(wstrb[channel]),
      .wlast_i(wlast[channel]),
      .wrsp_valid_o(wrsp_valid[channel]),
      .axi_arvalid_o(axi_arvalid_o[channel]),
      .axi_arready_i(axi_arready_i[channel]),
      .axi_arid_o(axi_arid_o[channel]),
      .axi_araddr_o(axi_araddr_o[channel]),
      .axi_arlen_o(axi_arlen_o[channel]),
      .axi_arsize_o(axi_arsize_o[channel]),
      .axi_arburst_o(axi_arburst_o[channel]),
      .axi_rvalid_i(axi_rvalid_i[channel]),
      .axi_rready_o(axi_rready_o[channel]),
      .axi_rid_i(axi_rid_i[channel]),
      .axi_rdata_i(axi_rdata_i[channel]),
      .axi_rlast_i(axi_rlast_i[channel]),
      .axi_rresp_i(axi_rresp_i[channel]),
      .axi_awvalid_o(axi_awvalid_o[channel]),
      .axi_awready_i(axi_awready_i[channel]),
      .axi_awaddr_o(axi_awaddr_o[channel]),
      .axi_awlen_o(axi_awlen_o[channel]),
      .axi_awsize_o(axi_awsize_o[channel]),
      .axi_awburst_o(axi_awburst_o[channel]),
      .axi_wvalid_o(axi_wvalid_o[channel]),
      .axi_wready_i(axi_wready_i[channel]),
      .axi_wdata_o(axi_wdata_o[channel]),
      .axi_wstrb_o(axi_wstrb_o[channel]),
      .axi_wlast_o(axi_wlast_o[channel]),
      .axi_bvalid_i(axi_bvalid_i[channel]),
      .axi_bready_o(axi_bready_o[channel]),
      .axi_bresp_i(axi_bresp_i[channel])
    );
  end

`ifndef SYNTHESIS
  assert property (@(posedge clk_i) disable iff (!rst_ni) start_i |-> ready_o)
  else $error("ternac_core: started while its registers are being cleared");
`endif
endmodule
