// The core as a card has it: registers for the host, a copy engine, and the banks that both share.
//
// Everything inside runs at one clock, that of the core and the banks. Towards a platform with other clocks, the wrapper
// has the crossings (rtl/ofs). docs/card/hardware.md has a block diagram.
module ternac_accelerator
  import ternac_pkg::*;
  import ternac_core_pkg::*;
  import ternac_csr_pkg::*;
#(
  parameter  int unsigned ConfigIndex = 0,  // of ternac_pkg::config_at
  localparam config_t     Cfg = config_at(ConfigIndex),
  localparam int unsigned Ch = Cfg.channels,
  localparam int unsigned Beat = Cfg.beat_bytes,
  localparam int unsigned GranBits = 8 * Beat,
  localparam int unsigned HostBits = 8 * HostLineBytes
) (
  input  logic                           clk_i,           // clock
  input  logic                           rst_ni,          // asynchronous reset, active low
  // MMIO: AXI4-Lite; ternac_csr says more
  input  logic                           mmio_awvalid_i,
  output logic                           mmio_awready_o,
  input  logic [MmioBits-1:0]            mmio_awaddr_i,
  input  logic                           mmio_wvalid_i,
  output logic                           mmio_wready_o,
  input  logic [63:0]                    mmio_wdata_i,
  input  logic [7:0]                     mmio_wstrb_i,
  output logic                           mmio_bvalid_o,
  input  logic                           mmio_bready_i,
  input  logic                           mmio_arvalid_i,
  output logic                           mmio_arready_o,
  input  logic [MmioBits-1:0]            mmio_araddr_i,
  output logic                           mmio_rvalid_o,
  input  logic                           mmio_rready_i,
  output logic [63:0]                    mmio_rdata_o,
  // host memory: AXI4, lines of 64 bytes, INCR bursts of 4, 2 or 1 at a multiple of their size, one ID
  output logic                           host_arvalid_o,
  input  logic                           host_arready_i,
  output logic [63:0]                    host_araddr_o,
  output logic [7:0]                     host_arlen_o,
  input  logic                           host_rvalid_i,
  output logic                           host_rready_o,
  input  logic [HostBits-1:0]            host_rdata_i,
  input  logic                           host_rlast_i,
  input  logic [1:0]                     host_rresp_i,
  output logic                           host_awvalid_o,
  input  logic                           host_awready_i,
  output logic [63:0]                    host_awaddr_o,
  output logic [7:0]                     host_awlen_o,
  output logic                           host_wvalid_o,
  input  logic                           host_wready_i,
  output logic [HostBits-1:0]            host_wdata_o,
  output logic                           host_wlast_o,
  input  logic                           host_bvalid_i,
  output logic                           host_bready_o,
  input  logic [1:0]                     host_bresp_i,
  // banks: AXI4, INCR bursts of full beats, two bits of ID for reads, one ID for writes
  output logic [Ch-1:0]                  axi_arvalid_o,
  input  logic [Ch-1:0]                  axi_arready_i,
  output logic [Ch-1:0][1:0]             axi_arid_o,
  output logic [Ch-1:0][AddressBits-1:0] axi_araddr_o,
  output logic [Ch-1:0][7:0]             axi_arlen_o,
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
  output logic [Ch-1:0]                  axi_wvalid_o,
  input  logic [Ch-1:0]                  axi_wready_i,
  output logic [Ch-1:0][GranBits-1:0]    axi_wdata_o,
  output logic [Ch-1:0][Beat-1:0]        axi_wstrb_o,
  output logic [Ch-1:0]                  axi_wlast_o,
  input  logic [Ch-1:0]                  axi_bvalid_i,
  output logic [Ch-1:0]                  axi_bready_o,
  input  logic [Ch-1:0][1:0]             axi_bresp_i
);
  localparam int unsigned IndexBits = $clog2(Cfg.instructions);
  localparam int unsigned QueueBits = $clog2(HostQueueEntries + 1);
  localparam int unsigned CopyRoomBits = $clog2(CopyQueueEntries + 1);
  localparam int unsigned NumCounters = 1 + 2 * 16 + NumUnits + 1 + 4 + 3;
  localparam int unsigned BankBursts = 8;    // of the copy engine in flight, in each bank
  localparam int unsigned HostReads = 128;   // bursts in flight
  localparam int unsigned HostWrites = 64;
  localparam int unsigned CoreWrites = Cfg.vector_fifo;
  localparam logic [1:0] CopyId = 2'd3;      // of the copy engine's reads; the core has 0 to 2

  // ---- registers ------------------------------------------------------------------------------------
  logic core_reset, core_start, program_we;
  logic [IndexBits-1:0] program_index;
  logic [63:0] program_word, pause_at, trap_pc, trap_value, instret;
  logic [31:0] entry, program_length;
  core_state_e core_state;
  logic waiting_input, waiting_output, paused, halted, trapped;
  logic [7:0] trap_cause;
  logic push, closed, pop;
  logic [63:0] push_data, head;
  logic [QueueBits-1:0] in_count, out_count;
  logic copy_go, copy_to_host, copy_check, copy_zero, copy_busy;
  logic [63:0] copy_host_address, copy_card_address, copy_length, copy_completion_address;
  logic [63:0] copy_completed;
  logic [CopyRoomBits-1:0] copy_room;
  copy_status_e copy_status;
  logic [31:0] copy_crc;
  logic [NumCounters-1:0][63:0] counters;

  ternac_csr #(
    .ConfigIndex(ConfigIndex),
    .NumCounters(NumCounters)
  ) u_csr (
    .clk_i,
    .rst_ni,
    .awvalid_i(mmio_awvalid_i),
    .awready_o(mmio_awready_o),
    .awaddr_i(mmio_awaddr_i),
    .wvalid_i(mmio_wvalid_i),
    .wready_o(mmio_wready_o),
    .wdata_i(mmio_wdata_i),
    .wstrb_i(mmio_wstrb_i),
    .bvalid_o(mmio_bvalid_o),
    .bready_i(mmio_bready_i),
    .arvalid_i(mmio_arvalid_i),
    .arready_o(mmio_arready_o),
    .araddr_i(mmio_araddr_i),
    .rvalid_o(mmio_rvalid_o),
    .rready_i(mmio_rready_i),
    .rdata_o(mmio_rdata_o),
    .reset_o(core_reset),
    .start_o(core_start),
    .program_we_o(program_we),
    .program_index_o(program_index),
    .program_word_o(program_word),
    .entry_o(entry),
    .program_length_o(program_length),
    .pause_at_o(pause_at),
    .state_i(core_state),
    .waiting_input_i(waiting_input),
    .waiting_output_i(waiting_output),
    .paused_i(paused),
    .trap_cause_i(trap_cause),
    .trap_pc_i(trap_pc),
    .trap_value_i(trap_value),
    .instret_i(instret),
    .in_valid_o(push),
    .in_data_o(push_data),
    .in_closed_o(closed),
    .in_count_i(in_count),
    .out_data_i(head),
    .out_ready_o(pop),
    .out_count_i(out_count),
    .copy_go_o(copy_go),
    .copy_to_host_o(copy_to_host),
    .copy_check_o(copy_check),
    .copy_zero_o(copy_zero),
    .copy_host_address_o(copy_host_address),
    .copy_card_address_o(copy_card_address),
    .copy_length_o(copy_length),
    .copy_completion_address_o(copy_completion_address),
    .copy_room_i(copy_room),
    .copy_busy_i(copy_busy),
    .copy_completed_i(copy_completed),
    .copy_status_i(copy_status),
    .copy_crc_i(copy_crc),
    .counters_i(counters)
  );

  // ---- the core and its queues ----------------------------------------------------------------------
  logic isolate, core_rst_n, start, core_ready;
  logic [Ch-1:0] core_idle;
  logic in_valid, in_ready, out_valid, out_ready, queue_ready;
  logic [63:0] in_data, out_data;

  ternac_core_control u_control (
    .clk_i,
    .rst_ni,
    .reset_i(core_reset),
    .start_i(core_start),
    .state_o(core_state),
    .isolate_o(isolate),
    .idle_i(&core_idle),
    .core_rst_no(core_rst_n),
    .core_start_o(start),
    .core_ready_i(core_ready),
    .core_halted_i(halted),
    .core_trapped_i(trapped)
  );

  ternac_host_queue #(
    .Depth(HostQueueEntries)
  ) u_input (
    .clk_i,
    .rst_ni(core_rst_n),
    .in_valid_i(push),
    .in_ready_o(queue_ready),
    .in_data_i(push_data),
    .out_valid_o(in_valid),
    .out_ready_i(in_ready),
    .out_data_o(in_data),
    .count_o(in_count)
  );

  logic head_valid;
  ternac_host_queue #(
    .Depth(HostQueueEntries)
  ) u_output (
    .clk_i,
    .rst_ni(core_rst_n),
    .in_valid_i(out_valid),
    .in_ready_o(out_ready),
    .in_data_i(out_data),
    .out_valid_o(head_valid),
    .out_ready_i(pop),
    .out_data_o(head),
    .count_o(out_count)
  );

  // What the core and the copy engine show to the banks.
  logic [Ch-1:0] core_arvalid, core_arready, core_rvalid, core_rready, core_awvalid, core_awready;
  logic [Ch-1:0] core_wvalid, core_wready, core_wlast, core_bvalid, core_bready;
  logic [Ch-1:0][1:0] core_arid;
  logic [Ch-1:0][AddressBits-1:0] core_araddr, core_awaddr;
  logic [Ch-1:0][7:0] core_arlen, core_awlen;
  logic [Ch-1:0][GranBits-1:0] core_wdata;
  logic [Ch-1:0][Beat-1:0] core_wstrb;
  logic [Ch-1:0] copy_arvalid, copy_arready, copy_rvalid, copy_rready, copy_awvalid, copy_awready;
  logic [Ch-1:0] copy_wvalid, copy_wready, copy_wlast, copy_bvalid, copy_bready;
  logic [Ch-1:0][AddressBits-1:0] copy_araddr, copy_awaddr;
  logic [Ch-1:0][7:0] copy_arlen, copy_awlen;
  logic [Ch-1:0][GranBits-1:0] copy_wdata;
  stall_e front_stall, issue_stall;
  logic [NumUnits-1:0] unit_busy;
  logic starved;

  // Traces are for simulations of the core alone; sizes and kinds of bursts are constant.
  /* verilator lint_off UNUSEDSIGNAL */
  retired_t retired;
  done_t [NumUnits-1:0] done;
  logic [Ch-1:0][2:0] core_arsize, core_awsize;
  logic [Ch-1:0][1:0] core_arburst, core_awburst;
  /* verilator lint_on UNUSEDSIGNAL */

  ternac_core #(
    .Cfg(Cfg)
  ) u_core (
    .clk_i,
    .rst_ni(core_rst_n),
    .program_we_i(program_we),
    .program_index_i(program_index),
    .program_word_i(program_word),
    .ready_o(core_ready),
    .start_i(start),
    .entry_i(entry),
    .program_length_i(program_length),
    .pause_at_i(pause_at),
    .halted_o(halted),
    .trapped_o(trapped),
    .paused_o(paused),
    .trap_cause_o(trap_cause),
    .trap_pc_o(trap_pc),
    .trap_value_o(trap_value),
    .waiting_input_o(waiting_input),
    .waiting_output_o(waiting_output),
    .instret_o(instret),
    .in_valid_i(in_valid),
    .in_ready_o(in_ready),
    .in_data_i(in_data),
    .in_closed_i(closed && !in_valid),
    .out_valid_o(out_valid),
    .out_ready_i(out_ready),
    .out_data_o(out_data),
    .axi_arvalid_o(core_arvalid),
    .axi_arready_i(core_arready),
    .axi_arid_o(core_arid),
    .axi_araddr_o(core_araddr),
    .axi_arlen_o(core_arlen),
    .axi_arsize_o(core_arsize),
    .axi_arburst_o(core_arburst),
    .axi_rvalid_i(core_rvalid),
    .axi_rready_o(core_rready),
    .axi_rid_i(axi_rid_i),
    .axi_rdata_i(axi_rdata_i),
    .axi_rlast_i(axi_rlast_i),
    .axi_rresp_i(axi_rresp_i),
    .axi_awvalid_o(core_awvalid),
    .axi_awready_i(core_awready),
    .axi_awaddr_o(core_awaddr),
    .axi_awlen_o(core_awlen),
    .axi_awsize_o(core_awsize),
    .axi_awburst_o(core_awburst),
    .axi_wvalid_o(core_wvalid),
    .axi_wready_i(core_wready),
    .axi_wdata_o(core_wdata),
    .axi_wstrb_o(core_wstrb),
    .axi_wlast_o(core_wlast),
    .axi_bvalid_i(core_bvalid),
    .axi_bready_o(core_bready),
    .axi_bresp_i(axi_bresp_i),
    .retired_o(retired),
    .done_o(done),
    .front_stall_o(front_stall),
    .issue_stall_o(issue_stall),
    .busy_o(unit_busy),
    .starved_o(starved)
  );

  // ---- the copy engine ------------------------------------------------------------------------------
  ternac_copy_engine #(
    .Cfg(Cfg),
    .BankBursts(BankBursts),
    .HostReads(HostReads),
    .HostWrites(HostWrites)
  ) u_copy (
    .clk_i,
    .rst_ni,
    .go_i(copy_go),
    .to_host_i(copy_to_host),
    .check_i(copy_check),
    .zero_i(copy_zero),
    .host_address_i(copy_host_address),
    .card_address_i(copy_card_address),
    .length_i(copy_length),
    .room_o(copy_room),
    .completion_address_i(copy_completion_address),
    .busy_o(copy_busy),
    .completed_o(copy_completed),
    .status_o(copy_status),
    .crc_o(copy_crc),
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
    .axi_arvalid_o(copy_arvalid),
    .axi_arready_i(copy_arready),
    .axi_araddr_o(copy_araddr),
    .axi_arlen_o(copy_arlen),
    .axi_rvalid_i(copy_rvalid),
    .axi_rready_o(copy_rready),
    .axi_rdata_i,
    .axi_rlast_i,
    .axi_rresp_i,
    .axi_awvalid_o(copy_awvalid),
    .axi_awready_i(copy_awready),
    .axi_awaddr_o(copy_awaddr),
    .axi_awlen_o(copy_awlen),
    .axi_wvalid_o(copy_wvalid),
    .axi_wready_i(copy_wready),
    .axi_wdata_o(copy_wdata),
    .axi_wlast_o(copy_wlast),
    .axi_bvalid_i(copy_bvalid),
    .axi_bready_o(copy_bready),
    .axi_bresp_i
  );

  // ---- banks ----------------------------------------------------------------------------------------
  logic [Ch-1:0] read_beat, write_beat, copy_write_beat;

  for (genvar c = 0; c < Ch; c++) begin : gen_bank
    logic gated_arvalid, gated_arready, gated_awvalid, gated_awready;

    ternac_axi_isolate #(
      .MaxBursts(2 * CoreWrites + Cfg.outstanding + 8)
    ) u_isolate (
      .clk_i,
      .rst_ni(core_rst_n),
      .isolate_i(isolate),
      .idle_o(core_idle[c]),
      .arvalid_i(core_arvalid[c]),
      .arready_o(core_arready[c]),
      .awvalid_i(core_awvalid[c]),
      .awready_o(core_awready[c]),
      .arvalid_o(gated_arvalid),
      .arready_i(gated_arready),
      .awvalid_o(gated_awvalid),
      .awready_i(gated_awready),
      .r_last_i(core_rvalid[c] && core_rready[c] && axi_rlast_i[c]),
      .b_i(core_bvalid[c] && core_bready[c])
    );

    ternac_axi_share #(
      .AddressBits(AddressBits),
      .DataBytes(Beat),
      .MaxWrites(CoreWrites + BankBursts),
      .CopyId(CopyId)
    ) u_share (
      .clk_i,
      .rst_ni,
      .core_arvalid_i(gated_arvalid),
      .core_arready_o(gated_arready),
      .core_arid_i(core_arid[c]),
      .core_araddr_i(core_araddr[c]),
      .core_arlen_i(core_arlen[c]),
      .core_rvalid_o(core_rvalid[c]),
      .core_rready_i(core_rready[c]),
      .core_awvalid_i(gated_awvalid),
      .core_awready_o(gated_awready),
      .core_awaddr_i(core_awaddr[c]),
      .core_awlen_i(core_awlen[c]),
      .core_wvalid_i(core_wvalid[c]),
      .core_wready_o(core_wready[c]),
      .core_wdata_i(core_wdata[c]),
      .core_wstrb_i(core_wstrb[c]),
      .core_wlast_i(core_wlast[c]),
      .core_bvalid_o(core_bvalid[c]),
      .core_bready_i(core_bready[c]),
      .copy_arvalid_i(copy_arvalid[c]),
      .copy_arready_o(copy_arready[c]),
      .copy_araddr_i(copy_araddr[c]),
      .copy_arlen_i(copy_arlen[c]),
      .copy_rvalid_o(copy_rvalid[c]),
      .copy_rready_i(copy_rready[c]),
      .copy_awvalid_i(copy_awvalid[c]),
      .copy_awready_o(copy_awready[c]),
      .copy_awaddr_i(copy_awaddr[c]),
      .copy_awlen_i(copy_awlen[c]),
      .copy_wvalid_i(copy_wvalid[c]),
      .copy_wready_o(copy_wready[c]),
      .copy_wdata_i(copy_wdata[c]),
      .copy_wlast_i(copy_wlast[c]),
      .copy_bvalid_o(copy_bvalid[c]),
      .copy_bready_i(copy_bready[c]),
      .arvalid_o(axi_arvalid_o[c]),
      .arready_i(axi_arready_i[c]),
      .arid_o(axi_arid_o[c]),
      .araddr_o(axi_araddr_o[c]),
      .arlen_o(axi_arlen_o[c]),
      .rvalid_i(axi_rvalid_i[c]),
      .rready_o(axi_rready_o[c]),
      .rid_i(axi_rid_i[c]),
      .awvalid_o(axi_awvalid_o[c]),
      .awready_i(axi_awready_i[c]),
      .awaddr_o(axi_awaddr_o[c]),
      .awlen_o(axi_awlen_o[c]),
      .wvalid_o(axi_wvalid_o[c]),
      .wready_i(axi_wready_i[c]),
      .wdata_o(axi_wdata_o[c]),
      .wstrb_o(axi_wstrb_o[c]),
      .wlast_o(axi_wlast_o[c]),
      .bvalid_i(axi_bvalid_i[c]),
      .bready_o(axi_bready_o[c])
    );

    assign read_beat[c] = axi_rvalid_i[c] && axi_rready_o[c];
    assign write_beat[c] = core_wvalid[c] && core_wready[c];
    assign copy_write_beat[c] = copy_wvalid[c] && copy_wready[c];

`ifndef SYNTHESIS
    localparam int unsigned MaxReads [4] = '{Cfg.outstanding, Cfg.vector_fifo, 8, BankBursts};

    ternac_axi_checker #(
      .AddressBits(AddressBits), .DataBytes(Beat), .IdBits(2), .MaxBeats(64),
      .MaxReads(MaxReads), .MaxWrites(CoreWrites + BankBursts)
    ) u_checker (
      .clk_i, .rst_ni,
      .arvalid_i(axi_arvalid_o[c]), .arready_i(axi_arready_i[c]), .arid_i(axi_arid_o[c]),
      .araddr_i(axi_araddr_o[c]), .arlen_i(axi_arlen_o[c]), .arsize_i(3'($clog2(Beat))),
      .arburst_i(2'b01),
      .rvalid_i(axi_rvalid_i[c]), .rready_i(axi_rready_o[c]), .rid_i(axi_rid_i[c]),
      .rdata_i(axi_rdata_i[c]), .rlast_i(axi_rlast_i[c]), .rresp_i(axi_rresp_i[c]),
      .awvalid_i(axi_awvalid_o[c]), .awready_i(axi_awready_i[c]), .awaddr_i(axi_awaddr_o[c]),
      .awlen_i(axi_awlen_o[c]), .awsize_i(3'($clog2(Beat))), .awburst_i(2'b01),
      .wvalid_i(axi_wvalid_o[c]), .wready_i(axi_wready_i[c]), .wdata_i(axi_wdata_o[c]),
      .wstrb_i(axi_wstrb_o[c]), .wlast_i(axi_wlast_o[c]),
      .bvalid_i(axi_bvalid_i[c]), .bready_i(axi_bready_o[c]), .bresp_i(axi_bresp_i[c])
    );
`endif
  end

  // ---- counters -------------------------------------------------------------------------------------
  logic running;  // the core has something to do

  assign running = start || (core_state == CoreStateRunning && !waiting_input && !waiting_output &&
                             !paused);

  ternac_counters #(
    .Channels(Ch),
    .Beat(Beat)
  ) u_counters (
    .clk_i,
    .rst_ni,
    .clear_i(core_start),
    .enable_i(running),
    .front_stall_i(front_stall),
    .issue_stall_i(issue_stall),
    .busy_i(unit_busy),
    .starved_i(starved),
    .read_i(read_beat),
    .read_id_i(axi_rid_i),
    .write_i(write_beat),
    .strobe_i(core_wstrb),
    .copy_write_i(copy_write_beat),
    .counters_o(counters)
  );

`ifndef SYNTHESIS
  localparam int unsigned HostMaxReads [2] = '{HostReads, 1};

  ternac_axi_checker #(
    .AddressBits(64), .DataBytes(HostLineBytes), .IdBits(1), .MaxBeats(4),
    .MaxReads(HostMaxReads), .MaxWrites(HostWrites), .MayFail(1'b1)
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

  a_input_room : assert property (@(posedge clk_i) disable iff (!rst_ni)
      push |-> queue_ready);
  a_output : assert property (@(posedge clk_i) disable iff (!rst_ni)
      pop |-> head_valid);
  // The host channel takes requests at a multiple of their own size.
  a_host_read : assert property (@(posedge clk_i) disable iff (!rst_ni)
      host_arvalid_o |-> (host_araddr_o[7:6] & host_arlen_o[1:0]) == '0 && host_arlen_o != 8'd2);
  a_host_write : assert property (@(posedge clk_i) disable iff (!rst_ni)
      host_awvalid_o |-> (host_awaddr_o[7:6] & host_awlen_o[1:0]) == '0 && host_awlen_o != 8'd2);
`endif
endmodule
