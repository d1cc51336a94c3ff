// The registers that a host sees (docs/card/csr.md), behind an AXI4-Lite port of 64 bits.
//
// One read and one write at a time. A write of 32 bits has four of the eight strobes set, and its data on those bytes; a
// read gives all 64 bits, of which the platform takes the half that it was asked for.
module ternac_csr
  import ternac_pkg::*;
  import ternac_csr_pkg::*;
#(
  parameter  int unsigned ConfigIndex = 0,  // of ternac_pkg::config_at
  parameter  int unsigned NumCounters = 45,
  localparam config_t     Cfg = config_at(ConfigIndex),
  localparam int unsigned IndexBits = $clog2(Cfg.instructions),
  localparam int unsigned CopyRoomBits = $clog2(CopyQueueEntries + 1),
  localparam int unsigned QueueBits = $clog2(HostQueueEntries + 1)
) (
  input  logic                         clk_i,                   // clock
  input  logic                         rst_ni,                  // asynchronous reset, active low
  // AXI4-Lite
  input  logic                         awvalid_i,
  output logic                         awready_o,
  /* verilator lint_off UNUSEDSIGNAL */
  input  logic [MmioBits-1:0]          awaddr_i,                // in bytes; bits 2:0 do not count
  /* verilator lint_on UNUSEDSIGNAL */
  input  logic                         wvalid_i,
  output logic                         wready_o,
  input  logic [63:0]                  wdata_i,
  input  logic [7:0]                   wstrb_i,
  output logic                         bvalid_o,
  input  logic                         bready_i,
  input  logic                         arvalid_i,
  output logic                         arready_o,
  /* verilator lint_off UNUSEDSIGNAL */
  input  logic [MmioBits-1:0]          araddr_i,                // in bytes; bits 2:0 do not count
  /* verilator lint_on UNUSEDSIGNAL */
  output logic                         rvalid_o,
  input  logic                         rready_i,
  output logic [63:0]                  rdata_o,
  // the core
  output logic                         reset_o,                 // pulse: reset it
  output logic                         start_o,                 // pulse: start it
  output logic                         program_we_o,            // write an instruction
  output logic [IndexBits-1:0]         program_index_o,
  output logic [63:0]                  program_word_o,
  output logic [31:0]                  entry_o,
  output logic [31:0]                  program_length_o,
  output logic [63:0]                  pause_at_o,
  input  core_state_e                  state_i,
  input  logic                         waiting_input_i,
  input  logic                         waiting_output_i,
  input  logic                         paused_i,
  input  logic [7:0]                   trap_cause_i,
  input  logic [63:0]                  trap_pc_i,
  input  logic [63:0]                  trap_value_i,
  input  logic [63:0]                  instret_i,
  // queues
  output logic                         in_valid_o,              // append an entry to the input queue
  output logic [63:0]                  in_data_o,
  output logic                         in_closed_o,             // no more follow
  input  logic [QueueBits-1:0]         in_count_i,              // entries in it
  input  logic [63:0]                  out_data_i,              // the oldest entry of the output queue
  output logic                         out_ready_o,             // take it
  input  logic [QueueBits-1:0]         out_count_i,             // entries in it
  // the copy engine
  output logic                         copy_go_o,
  output logic                         copy_to_host_o,
  output logic                         copy_check_o,
  output logic                         copy_zero_o,
  output logic [63:0]                  copy_host_address_o,
  output logic [63:0]                  copy_card_address_o,
  output logic [63:0]                  copy_length_o,
  output logic [63:0]                  copy_completion_address_o,
  input  logic [CopyRoomBits-1:0]      copy_room_i,
  input  logic                         copy_busy_i,
  input  logic [63:0]                  copy_completed_i,
  input  copy_status_e                 copy_status_i,
  input  logic [31:0]                  copy_crc_i,
  input  logic [NumCounters-1:0][63:0] counters_i
);
  localparam int unsigned ErrorBits = 5;
  localparam int unsigned CounterBits = $clog2(NumCounters);
  localparam int unsigned RegisterBits = MmioBits - 3;

  if (Cfg.instructions * 8 > WindowProgramBytes) begin : gen_check_window
    $error("ternac_csr: the program does not fit its window");
  end

  // ---- writes ---------------------------------------------------------------------------------------
  logic write, write_q, answer_q;
  logic [RegisterBits-1:0] address_q;
  logic [63:0] data_q, mask;
  logic [7:0] strobe_q;
  logic whole;

  assign write = awvalid_i && wvalid_i && !answer_q;
  assign awready_o = write;
  assign wready_o = write;
  assign bvalid_o = answer_q;
  assign whole = &strobe_q;
  always_comb begin
    for (int unsigned i = 0; i < 8; i++) mask[8*i+:8] = {8{strobe_q[i]}};
  end

  // Acts one clock after it is accepted, and is answered then, so that a read after the answer sees what it did.
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      write_q <= 1'b0;
      answer_q <= 1'b0;
    end else begin
      write_q <= write;
      answer_q <= write || (answer_q && !bready_i);
    end
  end

  always_ff @(posedge clk_i) begin
    if (write) begin
      address_q <= awaddr_i[MmioBits-1:3];
      data_q <= wdata_i;
      strobe_q <= wstrb_i;
    end
  end

  // Whether a write goes to a register in this clock.
  function automatic logic hits(logic [MmioBits-1:0] register_offset);
    return write_q && {address_q, 3'b000} == register_offset;
  endfunction

  logic control, in_window, in_room, program_write, errors_write, pop, go;
  logic [RegisterBits-1:0] window_word;
  logic [QueueBits-1:0] room;

  assign room = QueueBits'(HostQueueEntries) - in_count_i;
  assign control = hits(RegCoreControl) && strobe_q[0];
  assign window_word = address_q - WindowProgram[MmioBits-1:3];
  assign in_window = address_q >= WindowProgram[MmioBits-1:3] &&
      32'(window_word) < WindowProgramBytes / 8;
  assign program_write = write_q && in_window;
  assign in_room = room != '0 && state_i != CoreStateResetting;
  assign errors_write = hits(RegErrors);
  assign pop = hits(RegOutputPop);
  assign go = hits(RegCopyGo) && strobe_q[0];

  assign reset_o = control && data_q[CoreControlResetBit];
  assign start_o = control && data_q[CoreControlStartBit] && !reset_o && state_i == CoreStateReady;
  assign program_we_o = program_write && whole && state_i == CoreStateReady &&
      32'(window_word) < Cfg.instructions;
  assign program_index_o = window_word[IndexBits-1:0];
  assign program_word_o = data_q;
  assign in_valid_o = hits(RegInputPush) && in_room;
  assign in_data_o = data_q;
  assign out_ready_o = pop && out_count_i != '0;
  assign copy_go_o = go && copy_room_i != '0;
  assign copy_to_host_o = data_q[CopyGoToHostBit];
  assign copy_check_o = data_q[CopyGoCheckBit];
  assign copy_zero_o = data_q[CopyGoZeroBit];

  // ---- registers ------------------------------------------------------------------------------------
  logic [63:0] scratch_q, clock_count_q, entry_q, program_length_q, pause_at_q;
  logic [63:0] host_address_q, card_address_q, length_q, completion_address_q;
  logic [ErrorBits-1:0] errors_q, errors;
  logic closed_q;

  always_comb begin
    errors = '0;
    errors[ErrorsInputFullBit] = hits(RegInputPush) && !in_room;
    errors[ErrorsOutputEmptyBit] = pop && out_count_i == '0;
    errors[ErrorsNotReadyBit] = state_i != CoreStateReady &&
        (program_write || (control && data_q[CoreControlStartBit] && !data_q[CoreControlResetBit]));
    errors[ErrorsCopyFullBit] = go && copy_room_i == '0;
    errors[ErrorsProgramRangeBit] = program_write && (!whole || 32'(window_word) >= Cfg.instructions);
  end

  // A register with what a write changes of it.
  function automatic logic [63:0] written(logic [63:0] value, logic hit);
    return hit ? (value & ~mask) | (data_q & mask) : value;
  endfunction

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      scratch_q <= '0;
      clock_count_q <= '0;
      entry_q <= '0;
      program_length_q <= '0;
      pause_at_q <= '1;
      host_address_q <= '0;
      card_address_q <= '0;
      length_q <= '0;
      completion_address_q <= '0;
      errors_q <= '0;
      closed_q <= 1'b0;
    end else begin
      clock_count_q <= clock_count_q + 64'd1;
      scratch_q <= written(scratch_q, hits(RegScratch));
      entry_q <= written(entry_q, hits(RegEntry));
      program_length_q <= written(program_length_q, hits(RegProgramLength));
      pause_at_q <= reset_o ? '1 : written(pause_at_q, hits(RegPauseAt));
      host_address_q <= written(host_address_q, hits(RegCopyHostAddress));
      card_address_q <= written(card_address_q, hits(RegCopyCardAddress));
      length_q <= written(length_q, hits(RegCopyLength));
      completion_address_q <= written(completion_address_q, hits(RegCopyCompletionAddress));
      errors_q <= (errors_q & ~(errors_write ? ErrorBits'(data_q & mask) : '0)) | errors;
      if (reset_o) closed_q <= 1'b0;
      else if (control && data_q[CoreControlCloseInputBit]) closed_q <= 1'b1;
    end
  end

  assign entry_o = entry_q[31:0];
  assign program_length_o = program_length_q[31:0];
  assign pause_at_o = pause_at_q;
  assign in_closed_o = closed_q;
  assign copy_host_address_o = host_address_q;
  assign copy_card_address_o = card_address_q;
  assign copy_length_o = length_q;
  assign copy_completion_address_o = completion_address_q;

  // ---- reads ----------------------------------------------------------------------------------------
  logic read_q;  // the address is there, the data are not
  logic [RegisterBits-1:0] read_word_q;
  logic [63:0] value, status, state, result, version;
  logic [RegisterBits-1:0] counter;

  assign arready_o = !read_q && !rvalid_o;

  always_comb begin
    version = '0;
    version[VersionMapMinorHigh:VersionMapMinorLow] = 16'(MapMinor);
    version[VersionMapMajorHigh:VersionMapMajorLow] = 16'(MapMajor);
    version[VersionIsaMinorHigh:VersionIsaMinorLow] = 16'(IsaMinor);
    version[VersionIsaMajorHigh:VersionIsaMajorLow] = 16'(IsaMajor);
    status = '0;
    status[CoreStatusStateHigh:CoreStatusStateLow] = state_i;
    status[CoreStatusWaitingInputBit] = waiting_input_i && state_i == CoreStateRunning;
    status[CoreStatusWaitingOutputBit] = waiting_output_i && state_i == CoreStateRunning;
    status[CoreStatusPausedBit] = paused_i && state_i == CoreStateRunning;
    status[CoreStatusInputClosedBit] = closed_q;
    status[CoreStatusTrapCauseHigh:CoreStatusTrapCauseLow] = trap_cause_i;
    status[CoreStatusOutputCountHigh:CoreStatusOutputCountLow] = 16'(out_count_i);
    status[CoreStatusInputRoomHigh:CoreStatusInputRoomLow] =
        state_i == CoreStateResetting ? '0 : 16'(room);
    state = '0;
    state[CopyStateBusyBit] = copy_busy_i;
    state[CopyStateRoomHigh:CopyStateRoomLow] = 8'(copy_room_i);
    result = '0;
    result[CopyResultCrcHigh:CopyResultCrcLow] = copy_crc_i;
    result[CopyResultStatusHigh:CopyResultStatusLow] = 8'(copy_status_i);
  end

  assign counter = read_word_q - RegClocks[MmioBits-1:3];

  always_comb begin
    unique case ({read_word_q, 3'b000})
      RegFeatureHeader: value = FeatureHeader;
      RegUuidLow: value = UuidLow;
      RegUuidHigh: value = UuidHigh;
      RegVersion: value = version;
      RegConfigurationName: value = config_name(ConfigIndex);
      RegScratch: value = scratch_q;
      RegClockCount: value = clock_count_q;
      RegVlmax: value = 64'(Cfg.vlmax);
      RegDramBytes: value = Cfg.dram_bytes;
      RegInstructions: value = 64'(Cfg.instructions);
      RegQueueEntries: value = 64'(Cfg.queue_entries);
      RegPackings: value = config_packings(Cfg);
      RegChannels: value = 64'(Cfg.channels);
      RegBeatBytes: value = 64'(Cfg.beat_bytes);
      RegLanes: value = 64'(Cfg.lanes);
      RegProductGranules: value = 64'(Cfg.product_granules);
      RegWeightFifo: value = 64'(Cfg.weight_fifo);
      RegVectorFifo: value = 64'(Cfg.vector_fifo);
      RegIssueQueue: value = 64'(Cfg.issue_queue);
      RegBurst: value = 64'(Cfg.burst);
      RegOutstanding: value = 64'(Cfg.outstanding);
      RegCoreStatus: value = status;
      RegEntry: value = entry_q;
      RegProgramLength: value = program_length_q;
      RegPauseAt: value = pause_at_q;
      RegTrapPc: value = trap_pc_i;
      RegTrapValue: value = trap_value_i;
      RegInstret: value = instret_i;
      RegOutputHead: value = out_data_i;
      RegErrors: value = 64'(errors_q);
      RegCopyHostAddress: value = host_address_q;
      RegCopyCardAddress: value = card_address_q;
      RegCopyLength: value = length_q;
      RegCopyCompletionAddress: value = completion_address_q;
      RegCopyState: value = state;
      RegCopyCompleted: value = copy_completed_i;
      RegCopyResult: value = result;
      default: value = 32'(counter) < NumCounters ? counters_i[counter[CounterBits-1:0]] : '0;
    endcase
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      read_q <= 1'b0;
      rvalid_o <= 1'b0;
      read_word_q <= '0;
      rdata_o <= '0;
    end else begin
      read_q <= arvalid_i && arready_o;
      if (arvalid_i && arready_o) read_word_q <= araddr_i[MmioBits-1:3];
      if (read_q) rdata_o <= value;
      rvalid_o <= read_q || (rvalid_o && !rready_i);
    end
  end

`ifndef SYNTHESIS
  if (RegCopyWriteBeats != RegClocks + MmioBits'(8 * (NumCounters - 1))) begin : gen_check_counters
    $error("ternac_csr: counters and registers differ");
  end
`endif
endmodule
