// The simulated core, its DRAM and its host's queues.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "axi_channel.h"
#include "core.h"
#include "memory.h"
#include "trace.h"

struct MachineSettings {
  uint64_t dram_bytes;
  // The program sees exactly the queues of the core; otherwise the host keeps them empty or full.
  bool exact_queues;
  bool random_initial;  // registers and memories of the core begin with random values
  DramSettings dram;
};

// Why a run ended; src/rtl/protocol.ts has the same numbers.
enum class StopReason : uint8_t { Clocks, Halted, Trapped, Input, Output, Paused, Events };

struct Status {
  StopReason reason;
  uint8_t trap_cause;
  uint64_t trap_pc, trap_value, instret, clocks;
};

// Clocks from start on, by what happened in them.
struct Counters {
  uint64_t clocks = 0;
  std::array<uint64_t, 16> front_stalls{}, issue_stalls{};  // by stall_e
  std::array<uint64_t, 4> busy{};                           // by issue_unit_e
  uint64_t starved = 0;
  AxiTraffic traffic;  // of all channels
};

class Machine {
 public:
  explicit Machine(const MachineSettings& settings);
  ~Machine();

  Memory& memory() { return memory_; }
  const Memory& memory() const { return memory_; }
  // In the middle of whatever it does. Keeps the DRAM's contents.
  void reset();
  // After reset: put the program into the instruction memory, and what each instruction writes.
  void load(const std::vector<uint64_t>& words, std::vector<Destination> destinations);
  void start(uint32_t entry, uint32_t length);
  // Returns how many entries were taken.
  size_t push_input(const std::vector<uint64_t>& entries);
  void close_input() { closing_ = true; }
  std::vector<uint64_t> take_output();
  // Run until something stops the core, for max_clocks at most, or to the instruction pause_at.
  Status run(uint64_t max_clocks, uint64_t pause_at);
  Status status() const;
  Counters counters() const;
  Trace& trace() { return trace_; }
  // Write the waves of clocks from to to - 1; an empty name ends that. Returns whether that is built in.
  bool set_wave(const std::string& file, uint64_t from, uint64_t to);

 private:
  void clock();
  size_t hold_after_waiting(StopReason waiting);
  void connect();
  void build_channels();
  StopReason reason() const;

  const MachineSettings settings_;
  Memory memory_;
  std::unique_ptr<Core> core_;
  std::vector<AxiChannel> channels_;
  Trace trace_;
  Counters counters_;
  int64_t time_ = 0;  // clocks since reset
  bool running_ = false;
  std::deque<uint64_t> input_;
  bool closing_ = false;
  std::vector<uint64_t> output_;
  bool taking_ = false;
};
