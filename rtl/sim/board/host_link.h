// Host memory and the link to it, as an AXI4 subordinate: lines of 64 bytes, answers in the order of the requests.
//
// The link moves a line in 1 / 250 us in each direction, and takes a time from a request to its answer: a model of the
// card's host channel (docs/card/hardware.md has the numbers). What a request finds there is read when it is answered.
#pragma once

#include <cstdint>
#include <deque>
#include <map>

#include "../random.h"

constexpr unsigned kLineBytes = 64;

// Buffers of this process that the card can reach, by IO address.
class HostMemory {
 public:
  void add(uint64_t address, uint8_t* bytes, uint64_t size) { regions_[address] = {bytes, size}; }
  void remove(uint64_t address) { regions_.erase(address); }
  // A line, or nothing when no buffer has all of it.
  uint8_t* line(uint64_t address) const;

 private:
  struct Region {
    uint8_t* bytes;
    uint64_t size;
  };
  std::map<uint64_t, Region> regions_;
};

// What the accelerator drives in a clock.
struct HostRequest {
  bool ar_valid, r_ready, aw_valid, w_valid, w_last, b_ready;
  uint8_t ar_len, aw_len;
  uint64_t ar_address, aw_address;
  const uint8_t* w_data;
};

// What the link drives in a clock.
struct HostResponse {
  bool ar_ready = false, r_valid = false, r_last = false;
  bool aw_ready = false, w_ready = false, b_valid = false;
  uint8_t r_response = 0, b_response = 0;
  alignas(8) uint8_t r_data[kLineBytes] = {};
};

struct LinkSettings {
  uint32_t clock_mhz;                // of the accelerator
  uint32_t lines_per_us = 250;       // in each direction
  uint32_t read_latency_ns = 1000;   // from a request to its first line
  uint32_t write_latency_ns = 500;   // from a burst's last line to its answer
  uint32_t reads = 256;              // lines asked for, and not answered
  uint32_t writes = 128;             // lines, accepted and not answered
  bool random = false;               // gaps and hesitation everywhere, and latencies that change
  uint64_t seed = 0;
};

class HostLink {
 public:
  HostLink(HostMemory& memory, const LinkSettings& settings);

  // Clock number `clock` ends: what was driven in it counts. Updates what is driven in the next one.
  void clock(int64_t clock, const HostRequest& request);
  const HostResponse& response() const { return response_; }
  uint64_t lines_moved() const { return lines_moved_; }

  // Faults, from the line with a number on, of all that the link moves: a bit is flipped (in this line only), accesses are
  // answered with errors, nothing moves any more.
  struct Faults {
    uint64_t corrupt_at = kNever, fail_at = kNever, hang_at = kNever;
  };
  static constexpr uint64_t kNever = ~uint64_t{0};
  void inject(const Faults& faults) { faults_ = faults; }
  // Those that have not taken place, for a link that begins to count anew.
  Faults faults_left() const;

 private:
  struct Read {
    uint64_t address;
    unsigned lines;
    int64_t ready;  // time of its first line
  };
  struct Write {
    uint64_t address;
    unsigned lines;
    bool failed;
  };
  struct Answer {
    unsigned lines;
    bool failed;
    int64_t ready;
  };

  // Times are in units in which a clock of the accelerator is lines_per_us, and a line is clock_mhz.
  int64_t time(int64_t clock) const { return clock * settings_.lines_per_us; }
  int64_t latency(uint32_t ns);
  bool allows(unsigned channel);
  bool moves_corrupt();
  bool fails() const { return lines_moved_ >= faults_.fail_at; }
  bool hangs() const { return lines_moved_ >= faults_.hang_at; }
  void accept(int64_t clock, const HostRequest& request);
  void drive_read(int64_t clock);
  void drive_answer(int64_t clock);

  HostMemory& memory_;
  const LinkSettings settings_;
  HostResponse response_;
  Random random_;
  unsigned chances_[5] = {};
  std::deque<Read> reads_;
  std::deque<Write> writes_;
  std::deque<Answer> answers_;
  unsigned lines_asked_ = 0, lines_written_ = 0;  // in flight
  int64_t read_free_ = 0, write_free_ = 0;        // time from which a direction can move the next line
  int64_t last_read_ready_ = 0;
  uint64_t lines_moved_ = 0;
  Faults faults_;
};
