// The core as the simulator's C++ sees it: a configuration by number, what the channels drive as arrays of
// plain widths, structs taken apart, and what a trace needs from inside.
//
// Inputs are packed: Verilator 5.006 makes C++ that does not compile when an assertion samples an unpacked one.
module ternac_sim
  import ternac_pkg::*;
  import ternac_core_pkg::*;
#(
  parameter  int unsigned ConfigIndex = 0,  // of ternac_pkg::config_at
  localparam config_t     Cfg         = config_at(ConfigIndex),
  localparam int unsigned Ch          = Cfg.channels,
  localparam int unsigned GranBits    = 8 * Cfg.beat_bytes
) (
  input logic clk_i,
  input logic rst_ni,

  input  logic        program_we_i,
  input  logic [$clog2(Cfg.instructions)-1:0] program_index_i,
  input  logic [63:0] program_word_i,
  input  logic        start_i,
  input  logic [31:0] entry_i,
  input  logic [31:0] program_length_i,
  input  logic [63:0] pause_at_i,
  output logic        ready_o,
  output logic        halted_o,
  output logic        trapped_o,
  output logic        paused_o,
  output logic [7:0]  trap_cause_o,
  output logic [63:0] trap_pc_o,
  output logic [63:0] trap_value_o,
  output logic        waiting_input_o,
  output logic        waiting_output_o,
  output logic [63:0] instret_o,

  input  logic        in_valid_i,
  output logic        in_ready_o,
  input  logic [63:0] in_data_i,
  input  logic        in_closed_i,
  output logic        out_valid_o,
  input  logic        out_ready_i,
  output logic [63:0] out_data_o,

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

  output logic [3:0] front_stall_o,  // stall_e
  output logic [3:0] issue_stall_o,  // stall_e
  output logic [3:0] busy_o,         // by issue_unit_e
  output logic       starved_o,

  output logic [31:0] queue_entries_o,     // capacity of a host queue

  output logic        retired_valid_o,     // retired_t
  output logic [31:0] retired_sequence_o,
  output logic [31:0] retired_index_o,
  output logic        retired_queued_o,
  output logic        retired_writes_x_o,
  output logic [4:0]  retired_rd_o,
  output logic [63:0] retired_x_o,
  output logic [63:0] queued_address_o,    // of the uop that is queued in this clock
  output logic [31:0] queued_vl_o,
  output logic [3:0]  done_valid_o,        // done_t
  output logic [31:0] done_sequence_o [4],
  output logic        loaded_valid_o,      // a scalar load writes its register
  output logic [4:0]  loaded_rd_o,
  output logic [63:0] loaded_x_o,
  output logic        argmax_update_o,     // argmax writes its registers
  output logic [4:0]  argmax_rd_index_o,
  output logic [4:0]  argmax_rd_max_o,
  output logic [63:0] argmax_index_o,
  output logic [63:0] argmax_max_o,
  output logic [31:0] absmax_o [4]         // of the activation registers
);
  if (ConfigIndex >= NumConfigs) begin : gen_check_config
    $error("there is no such configuration");
  end

  logic [Ch-1:0] arvalid, rready, awvalid, wvalid, wlast, bready;
  logic [Ch-1:0][1:0] arid, arburst, awburst;
  logic [Ch-1:0][AddressBits-1:0] araddr, awaddr;
  logic [Ch-1:0][7:0] arlen, awlen;
  logic [Ch-1:0][2:0] arsize, awsize;
  logic [Ch-1:0][GranBits-1:0] wdata;
  logic [Ch-1:0][Cfg.beat_bytes-1:0] wstrb;
  retired_t retired;
  done_t [NumUnits-1:0] done;
  stall_e front_stall, issue_stall;

  ternac_core #(
    .Cfg(Cfg)
  ) u_core (
    .clk_i,
    .rst_ni,
    .program_we_i,
    .program_index_i,
    .program_word_i,
    .start_i,
    .entry_i,
    .program_length_i,
    .pause_at_i,
    .ready_o,
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
    .axi_arvalid_o(arvalid),
    .axi_arready_i,
    .axi_arid_o(arid),
    .axi_araddr_o(araddr),
    .axi_arlen_o(arlen),
    .axi_arsize_o(arsize),
    .axi_arburst_o(arburst),
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
    .axi_awsize_o(awsize),
    .axi_awburst_o(awburst),
    .axi_wvalid_o(wvalid),
    .axi_wready_i,
    .axi_wdata_o(wdata),
    .axi_wstrb_o(wstrb),
    .axi_wlast_o(wlast),
    .axi_bvalid_i,
    .axi_bready_o(bready),
    .axi_bresp_i('0),
    .retired_o(retired),
    .done_o(done),
    .front_stall_o(front_stall),
    .issue_stall_o(issue_stall),
    .busy_o,
    .starved_o
  );

  assign queue_entries_o = Cfg.queue_entries;

  for (genvar c = 0; c < Ch; c++) begin : gen_channels
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

    // The C++ side takes these for granted.
    assert property (@(posedge clk_i) disable iff (!rst_ni)
                     arvalid[c] |-> arburst[c] == 2'b01 && arsize[c] == 3'($clog2(Cfg.beat_bytes)))
    else $error("ternac_sim: a read that is no full-width INCR burst");
    assert property (@(posedge clk_i) disable iff (!rst_ni)
                     awvalid[c] |-> awburst[c] == 2'b01 && awsize[c] == 3'($clog2(Cfg.beat_bytes)))
    else $error("ternac_sim: a write that is no full-width INCR burst");
  end

  assign front_stall_o = front_stall;
  assign issue_stall_o = issue_stall;
  assign retired_valid_o = retired.valid;
  assign retired_sequence_o = retired.sequence_number;
  assign retired_index_o = retired.index;
  assign retired_queued_o = retired.queued;
  assign retired_writes_x_o = retired.writes_x;
  assign retired_rd_o = retired.rd;
  assign retired_x_o = retired.x;
  assign queued_address_o = 64'(u_core.front_uop.address);
  assign queued_vl_o = 32'(u_core.front_uop.vl);
  assign loaded_valid_o = u_core.loaded_valid;
  assign loaded_rd_o = u_core.loaded_rd;
  assign loaded_x_o = u_core.loaded_data;
  assign argmax_update_o = u_core.argmax.valid && u_core.argmax.update;
  assign argmax_rd_index_o = u_core.argmax.xindex;
  assign argmax_rd_max_o = u_core.argmax.xmax;
  assign argmax_index_o = u_core.argmax.index;
  assign argmax_max_o = u_core.argmax.max;
  for (genvar u = 0; u < NumUnits; u++) begin : gen_done
    assign done_valid_o[u] = done[u].valid;
    assign done_sequence_o[u] = done[u].sequence_number;
  end
  for (genvar q = 0; q < NumQRegs; q++) begin : gen_absmax
    assign absmax_o[q] = u_core.absmaxes[q];
  end
endmodule
