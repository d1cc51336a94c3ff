// Generated from isa/*.yaml by `npm run generate`. Do not edit.
#pragma once

#include <cstdint>

namespace registers {

inline constexpr char kUuid[] = "a495762f-2b35-406a-9457-4bb668c15962";
constexpr uint64_t kFeatureHeaderValue = 0x1000010000000000;
constexpr uint32_t kMmioBytes = 0x40000;
constexpr uint32_t kHostLineBytes = 64;
constexpr uint32_t kCompletionLines = 64;

// Offsets in the MMIO space.
constexpr uint32_t kFeatureHeader = 0x0;
constexpr uint32_t kUuidLow = 0x8;
constexpr uint32_t kUuidHigh = 0x10;
constexpr uint32_t kVersion = 0x28;
constexpr uint32_t kConfigurationName = 0x30;
constexpr uint32_t kScratch = 0x38;
constexpr uint32_t kClockCount = 0x40;
constexpr uint32_t kVlmax = 0x80;
constexpr uint32_t kDramBytes = 0x88;
constexpr uint32_t kInstructions = 0x90;
constexpr uint32_t kQueueEntries = 0x98;
constexpr uint32_t kPackings = 0xa0;
constexpr uint32_t kChannels = 0xa8;
constexpr uint32_t kBeatBytes = 0xb0;
constexpr uint32_t kLanes = 0xb8;
constexpr uint32_t kProductGranules = 0xc0;
constexpr uint32_t kWeightFifo = 0xc8;
constexpr uint32_t kVectorFifo = 0xd0;
constexpr uint32_t kIssueQueue = 0xd8;
constexpr uint32_t kBurst = 0xe0;
constexpr uint32_t kOutstanding = 0xe8;
constexpr uint32_t kCoreControl = 0x100;
constexpr uint32_t kCoreStatus = 0x108;
constexpr uint32_t kEntry = 0x110;
constexpr uint32_t kProgramLength = 0x118;
constexpr uint32_t kPauseAt = 0x120;
constexpr uint32_t kTrapPc = 0x128;
constexpr uint32_t kTrapValue = 0x130;
constexpr uint32_t kInstret = 0x138;
constexpr uint32_t kInputPush = 0x140;
constexpr uint32_t kOutputHead = 0x148;
constexpr uint32_t kOutputPop = 0x150;
constexpr uint32_t kErrors = 0x158;
constexpr uint32_t kCopyHostAddress = 0x180;
constexpr uint32_t kCopyCardAddress = 0x188;
constexpr uint32_t kCopyLength = 0x190;
constexpr uint32_t kCopyGo = 0x198;
constexpr uint32_t kCopyCompletionAddress = 0x1a0;
constexpr uint32_t kCopyState = 0x1a8;
constexpr uint32_t kCopyCompleted = 0x1b0;
constexpr uint32_t kCopyResult = 0x1b8;
constexpr uint32_t kClocks = 0x200;
constexpr uint32_t kFrontStalls = 0x208;
constexpr uint32_t kIssueStalls = 0x288;
constexpr uint32_t kBusy = 0x308;
constexpr uint32_t kStarved = 0x328;
constexpr uint32_t kReadBeats = 0x330;
constexpr uint32_t kWriteBeats = 0x350;
constexpr uint32_t kWrittenBytes = 0x358;
constexpr uint32_t kCopyWriteBeats = 0x360;
constexpr uint32_t kWindowProgram = 0x20000;

// Lowest bits of fields.
constexpr unsigned kVersionMapMinorLow = 0;
constexpr unsigned kVersionMapMajorLow = 16;
constexpr unsigned kVersionIsaMinorLow = 32;
constexpr unsigned kVersionIsaMajorLow = 48;
constexpr unsigned kCoreControlResetLow = 0;
constexpr unsigned kCoreControlStartLow = 1;
constexpr unsigned kCoreControlCloseInputLow = 2;
constexpr unsigned kCoreStatusStateLow = 0;
constexpr unsigned kCoreStatusWaitingInputLow = 3;
constexpr unsigned kCoreStatusWaitingOutputLow = 4;
constexpr unsigned kCoreStatusPausedLow = 5;
constexpr unsigned kCoreStatusInputClosedLow = 6;
constexpr unsigned kCoreStatusTrapCauseLow = 8;
constexpr unsigned kCoreStatusOutputCountLow = 16;
constexpr unsigned kCoreStatusInputRoomLow = 32;
constexpr unsigned kErrorsInputFullLow = 0;
constexpr unsigned kErrorsOutputEmptyLow = 1;
constexpr unsigned kErrorsNotReadyLow = 2;
constexpr unsigned kErrorsCopyFullLow = 3;
constexpr unsigned kErrorsProgramRangeLow = 4;
constexpr unsigned kCopyGoToHostLow = 0;
constexpr unsigned kCopyGoCheckLow = 1;
constexpr unsigned kCopyGoZeroLow = 2;
constexpr unsigned kCopyStateBusyLow = 0;
constexpr unsigned kCopyStateRoomLow = 8;
constexpr unsigned kCopyResultCrcLow = 0;
constexpr unsigned kCopyResultStatusLow = 32;

// Words of a completion.
constexpr unsigned kCompletionNumber = 0;
constexpr unsigned kCompletionStatus = 1;
constexpr unsigned kCompletionCrc = 2;
constexpr unsigned kCompletionLength = 3;

enum CoreState : uint8_t {
  kCoreStateResetting = 0,
  kCoreStateReady = 1,
  kCoreStateRunning = 2,
  kCoreStateHalted = 3,
  kCoreStateTrapped = 4,
};

enum CopyStatus : uint8_t {
  kCopyStatusDone = 0,
  kCopyStatusMisaligned = 1,
  kCopyStatusCardRange = 2,
  kCopyStatusHostError = 3,
  kCopyStatusCardError = 4,
  kCopyStatusEmpty = 5,
};

}  // namespace registers
