// When a DDR4 channel moves its lines: docs/dram-model.md, "Time", in code.
#pragma once

#include <array>
#include <cstdint>

// In DRAM clocks; src/dram/ddr4.ts has the meanings and the numbers, in this order.
struct DramTiming {
  uint32_t cl, cwl, rcd, rp, ras, ccd_s, ccd_l, rrd_s, rrd_l, faw, rtp, wr, wtr_s, wtr_l, rfc, refi;
  uint32_t request, response;
};

class Ddr4 {
 public:
  static constexpr int64_t kCoreClock = 1200;  // units of time in a clock of the core
  static constexpr unsigned kLineBytes = 64;

  Ddr4(const DramTiming& timing, unsigned clock_mhz, unsigned channel, unsigned channels);

  // Schedule a line of a request that arrives at a time; returns the time of its READ or WRITE.
  int64_t schedule(int64_t arrival, uint64_t line, bool is_write);

  // Times are in units of 1 / (1200 * clock_mhz) us, durations in DRAM clocks.
  int64_t units(uint32_t clocks) const { return int64_t{clocks} * tck_; }
  const DramTiming& timing() const { return timing_; }

 private:
  static constexpr int64_t kNever = -(int64_t{1} << 40);
  static constexpr int64_t kClosed = -1;
  static constexpr unsigned kBurstClocks = 4;
  struct Bank {
    int64_t row = kClosed;
    int64_t act_ready = 0;
    int64_t cas_ready = 0;
    int64_t pre_ready = 0;
  };

  int64_t activate_time(const Bank& bank, int64_t arrival, unsigned group) const;
  int64_t after_last(unsigned group, bool is_write) const;
  void refresh();

  DramTiming timing_;
  int64_t tck_;
  std::array<Bank, 16> banks_{};
  int64_t next_refresh_;
  int64_t last_cas_ = kNever;
  unsigned last_group_ = 0;
  bool last_is_write_ = false;
  std::array<int64_t, 4> activates_{kNever, kNever, kNever, kNever};  // a ring
  unsigned num_activates_ = 0;
  unsigned last_activate_group_ = 0;
};
