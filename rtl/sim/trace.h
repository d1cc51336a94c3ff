// Retirement events: what every instruction wrote, as the clock in which it was complete left it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "core.h"

class Memory;

// What an instruction writes, if not a scalar register at once; src/rtl/protocol.ts has the same numbers.
enum class DestinationKind : uint8_t { None, Vector, Activation, Memory, ScalarLoad };

struct Destination {
  DestinationKind kind;
  uint8_t which;  // register; of Memory: bytes, or 0 for vl elements of a vector
};

enum class EventKind : uint8_t { Retired, Done, Scalar };

// As it goes over the pipe.
struct Event {
  EventKind kind;
  uint8_t flags;      // Retired: 1 queued, 2 wrote a scalar register. Done: DestinationKind
  uint8_t which;      // register
  uint8_t unit;       // Done: issue_unit_e
  uint32_t sequence;  // position in program order
  uint32_t index;     // of the instruction
  uint32_t length;    // Done: elements of an activation register, bytes in memory
  uint64_t clock;
  uint64_t value;  // what a scalar register got, or the hash of the destination
  uint64_t address;
};
static_assert(sizeof(Event) == 40);

class Trace {
 public:
  explicit Trace(const Core& core);
  void set_destinations(std::vector<Destination> destinations);
  bool enabled = false;

  // The outputs of a clock, before its edge.
  void observe(const Core& core, uint64_t clock);
  // After the edge: what ended in that clock is in its place.
  void complete(const Core& core, const Memory& memory);
  bool full() const { return events_.size() >= kMost; }
  std::vector<Event> take();
  void clear();

  // Keep what this instruction leaves at its destination; -1: of none.
  void set_capture(int64_t sequence) {
    capture_ = sequence;
    captured_.clear();
  }
  // Empty until that instruction has ended.
  const std::vector<uint8_t>& captured() const { return captured_; }

 private:
  static constexpr size_t kMost = 1 << 14;
  struct Queued {
    uint32_t index;
    uint32_t vl;
    uint64_t address;
  };
  void observe_retired(const Core& core, uint64_t clock);
  void observe_done(const Core& core, uint64_t clock);
  void add_scalar(uint32_t sequence, uint32_t index, uint8_t rd, uint64_t value, uint64_t clock);
  uint64_t hash(const Core& core, const Memory& memory, const Event& event) const;
  std::vector<uint8_t> content(const Memory& memory, const Event& event) const;
  std::vector<uint8_t> activation(unsigned which, uint32_t length) const;

  std::vector<Destination> destinations_;
  std::unordered_map<uint32_t, Queued> queued_;
  std::vector<Event> events_;
  size_t first_open_ = 0;  // events from here on wait for the edge
  int64_t capture_ = -1;
  std::vector<uint8_t> captured_;
  uint32_t loading_ = 0, loading_index_ = 0;  // the scalar load in flight
  std::array<Core::Sram, 8> vectors_{};
  std::array<std::vector<Core::Sram>, 4> activations_;  // by bank
};
