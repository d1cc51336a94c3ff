// What a channel's controller decides: when things happen. What happens is AXI's business (axi_channel.h).
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "ddr4.h"

// The five channels of AXI.
enum class Axi : unsigned { AR, R, AW, W, B };

enum class DramMode : uint8_t { Ddr4, Ideal, Random };

struct DramSettings {
  DramMode mode;
  uint32_t clock_mhz;
  uint32_t queue;  // bursts in flight that a channel accepts
  uint64_t seed;
  DramTiming timing;
};

class DramPolicy {
 public:
  virtual ~DramPolicy() = default;
  // A read is accepted in a clock. Fills in, for each of its lines, the first clock in which a beat of
  // it can be delivered.
  virtual void read(int64_t clock, uint64_t first_line, std::vector<int64_t>& ready) = 0;
  // A write is complete in a clock. Returns the first clock of its response.
  virtual int64_t write(int64_t clock, uint64_t first_line, unsigned num_lines) = 0;
  // Whether an AXI channel may move something in the next clock; asked in every clock.
  virtual bool allows(Axi) { return true; }
  // Which of several IDs (bits) with data goes next; the oldest request's otherwise.
  virtual bool reorders() const { return false; }
  virtual unsigned choose(unsigned candidates) { return candidates; }
};

std::unique_ptr<DramPolicy> make_policy(const DramSettings& settings, unsigned channel,
                                        unsigned channels);
