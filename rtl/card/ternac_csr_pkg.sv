// Generated from isa/*.yaml by `npm run generate`. Do not edit.
//
// What a host sees of the accelerator. docs/card/csr.md describes it.

// A package offers constants that not every module uses; a function does not use all of a configuration.
/* verilator lint_off UNUSEDPARAM */
/* verilator lint_off UNUSEDSIGNAL */
package ternac_csr_pkg;
  localparam logic [63:0] FeatureHeader = 64'h1000010000000000;
  localparam logic [63:0] UuidLow = 64'h94574bb668c15962;
  localparam logic [63:0] UuidHigh = 64'ha495762f2b35406a;
  localparam int unsigned MapMajor = 1;
  localparam int unsigned MapMinor = 1;

  // Bits of an address in the MMIO space.
  localparam int unsigned MmioBits = 18;
  localparam int unsigned HostLineBytes = 64;
  localparam int unsigned CompletionLines = 64;
  localparam int unsigned CopyQueueEntries = 16;
  localparam int unsigned HostQueueEntries = 512;

  // Offsets of the registers; of the first one of an array.
  localparam logic [17:0] RegFeatureHeader = 18'h0;
  localparam logic [17:0] RegUuidLow = 18'h8;
  localparam logic [17:0] RegUuidHigh = 18'h10;
  localparam logic [17:0] RegVersion = 18'h28;
  localparam logic [17:0] RegConfigurationName = 18'h30;
  localparam logic [17:0] RegScratch = 18'h38;
  localparam logic [17:0] RegClockCount = 18'h40;
  localparam logic [17:0] RegVlmax = 18'h80;
  localparam logic [17:0] RegDramBytes = 18'h88;
  localparam logic [17:0] RegInstructions = 18'h90;
  localparam logic [17:0] RegQueueEntries = 18'h98;
  localparam logic [17:0] RegPackings = 18'ha0;
  localparam logic [17:0] RegChannels = 18'ha8;
  localparam logic [17:0] RegBeatBytes = 18'hb0;
  localparam logic [17:0] RegLanes = 18'hb8;
  localparam logic [17:0] RegProductGranules = 18'hc0;
  localparam logic [17:0] RegWeightFifo = 18'hc8;
  localparam logic [17:0] RegVectorFifo = 18'hd0;
  localparam logic [17:0] RegIssueQueue = 18'hd8;
  localparam logic [17:0] RegBurst = 18'he0;
  localparam logic [17:0] RegOutstanding = 18'he8;
  localparam logic [17:0] RegCoreControl = 18'h100;
  localparam logic [17:0] RegCoreStatus = 18'h108;
  localparam logic [17:0] RegEntry = 18'h110;
  localparam logic [17:0] RegProgramLength = 18'h118;
  localparam logic [17:0] RegPauseAt = 18'h120;
  localparam logic [17:0] RegTrapPc = 18'h128;
  localparam logic [17:0] RegTrapValue = 18'h130;
  localparam logic [17:0] RegInstret = 18'h138;
  localparam logic [17:0] RegInputPush = 18'h140;
  localparam logic [17:0] RegOutputHead = 18'h148;
  localparam logic [17:0] RegOutputPop = 18'h150;
  localparam logic [17:0] RegErrors = 18'h158;
  localparam logic [17:0] RegCopyHostAddress = 18'h180;
  localparam logic [17:0] RegCopyCardAddress = 18'h188;
  localparam logic [17:0] RegCopyLength = 18'h190;
  localparam logic [17:0] RegCopyGo = 18'h198;
  localparam logic [17:0] RegCopyCompletionAddress = 18'h1a0;
  localparam logic [17:0] RegCopyState = 18'h1a8;
  localparam logic [17:0] RegCopyCompleted = 18'h1b0;
  localparam logic [17:0] RegCopyResult = 18'h1b8;
  localparam logic [17:0] RegClocks = 18'h200;
  localparam logic [17:0] RegFrontStalls = 18'h208;
  localparam logic [17:0] RegIssueStalls = 18'h288;
  localparam logic [17:0] RegBusy = 18'h308;
  localparam logic [17:0] RegStarved = 18'h328;
  localparam logic [17:0] RegReadBeats = 18'h330;
  localparam logic [17:0] RegWriteBeats = 18'h350;
  localparam logic [17:0] RegWrittenBytes = 18'h358;
  localparam logic [17:0] RegCopyWriteBeats = 18'h360;

  // Memories in the MMIO space.
  localparam logic [17:0] WindowProgram = 18'h20000;
  localparam int unsigned WindowProgramBytes = 131072;

  // Places of the fields in their registers.
  localparam int unsigned VersionMapMinorHigh = 15;
  localparam int unsigned VersionMapMinorLow = 0;
  localparam int unsigned VersionMapMajorHigh = 31;
  localparam int unsigned VersionMapMajorLow = 16;
  localparam int unsigned VersionIsaMinorHigh = 47;
  localparam int unsigned VersionIsaMinorLow = 32;
  localparam int unsigned VersionIsaMajorHigh = 63;
  localparam int unsigned VersionIsaMajorLow = 48;
  localparam int unsigned CoreControlResetBit = 0;
  localparam int unsigned CoreControlStartBit = 1;
  localparam int unsigned CoreControlCloseInputBit = 2;
  localparam int unsigned CoreStatusStateHigh = 2;
  localparam int unsigned CoreStatusStateLow = 0;
  localparam int unsigned CoreStatusWaitingInputBit = 3;
  localparam int unsigned CoreStatusWaitingOutputBit = 4;
  localparam int unsigned CoreStatusPausedBit = 5;
  localparam int unsigned CoreStatusInputClosedBit = 6;
  localparam int unsigned CoreStatusTrapCauseHigh = 15;
  localparam int unsigned CoreStatusTrapCauseLow = 8;
  localparam int unsigned CoreStatusOutputCountHigh = 31;
  localparam int unsigned CoreStatusOutputCountLow = 16;
  localparam int unsigned CoreStatusInputRoomHigh = 47;
  localparam int unsigned CoreStatusInputRoomLow = 32;
  localparam int unsigned ErrorsInputFullBit = 0;
  localparam int unsigned ErrorsOutputEmptyBit = 1;
  localparam int unsigned ErrorsNotReadyBit = 2;
  localparam int unsigned ErrorsCopyFullBit = 3;
  localparam int unsigned ErrorsProgramRangeBit = 4;
  localparam int unsigned CopyGoToHostBit = 0;
  localparam int unsigned CopyGoCheckBit = 1;
  localparam int unsigned CopyGoZeroBit = 2;
  localparam int unsigned CopyStateBusyBit = 0;
  localparam int unsigned CopyStateRoomHigh = 15;
  localparam int unsigned CopyStateRoomLow = 8;
  localparam int unsigned CopyResultCrcHigh = 31;
  localparam int unsigned CopyResultCrcLow = 0;
  localparam int unsigned CopyResultStatusHigh = 39;
  localparam int unsigned CopyResultStatusLow = 32;

  // Words of a completion.
  localparam int unsigned CompletionNumber = 0;
  localparam int unsigned CompletionStatus = 1;
  localparam int unsigned CompletionCrc = 2;
  localparam int unsigned CompletionLength = 3;

  // what the core is doing
  typedef enum logic [2:0] {
    // the reset is under way: accesses to DRAM end, registers are cleared
    CoreStateResetting = 3'd0,
    // a program can be written and started
    CoreStateReady = 3'd1,
    // a program runs, or waits for the host
    CoreStateRunning = 3'd2,
    // the program ran halt
    CoreStateHalted = 3'd3,
    // an instruction trapped: trap_cause, trap_pc and trap_value say which and why
    CoreStateTrapped = 3'd4
  } core_state_e;

  // how a copy ended
  typedef enum logic [2:0] {
    // everything was moved
    CopyStatusDone = 3'd0,
    // an address or the length is no multiple of a line; nothing was moved
    CopyStatusMisaligned = 3'd1,
    // a card address is beyond the DRAM; nothing was moved
    CopyStatusCardRange = 3'd2,
    // the host answered an access with an error; some lines are wrong
    CopyStatusHostError = 3'd3,
    // a bank answered an access with an error; some lines are wrong
    CopyStatusCardError = 3'd4,
    // the length is zero; nothing was moved
    CopyStatusEmpty = 3'd5
  } copy_status_e;

  // Numbers of the configurations, for ternac_pkg::config_at.
  localparam int unsigned ConfigIndexTiny = 0;
  localparam int unsigned ConfigIndexPaper = 1;
  localparam int unsigned ConfigIndexD5005 = 2;

  // The name of a configuration (ternac_pkg::config_at), its first character in the lowest bits.
  function automatic logic [63:0] config_name(int unsigned index);
    unique case (index)
      0: return 64'h796e6974;  // tiny
      1: return 64'h7265706170;  // paper
      2: return 64'h3530303564;  // d5005
      default: return '0;
    endcase
  endfunction

  // Packings that a configuration has: bit i is the i-th one of isa/machine.yaml.
  function automatic logic [63:0] config_packings(ternac_pkg::config_t cfg);
    return 64'({cfg.has_t5, cfg.has_t4});
  endfunction
endpackage
/* verilator lint_on UNUSEDSIGNAL */
/* verilator lint_on UNUSEDPARAM */
