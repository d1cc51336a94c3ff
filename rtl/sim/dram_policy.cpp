#include "dram_policy.h"

#include "random.h"

namespace {

class Ddr4Policy final : public DramPolicy {
 public:
  Ddr4Policy(const DramSettings& settings, unsigned channel, unsigned channels)
      : ddr4_(settings.timing, settings.clock_mhz, channel, channels) {}

  void read(int64_t clock, uint64_t first_line, std::vector<int64_t>& ready) override {
    const DramTiming& timing = ddr4_.timing();
    const int64_t after = ddr4_.units(timing.cl + 4 + timing.response);
    for (size_t i = 0; i < ready.size(); i++)
      ready[i] = to_clock(ddr4_.schedule(arrival(clock), first_line + i, false) + after);
  }

  int64_t write(int64_t clock, uint64_t first_line, unsigned num_lines) override {
    for (unsigned i = 0; i < num_lines; i++) ddr4_.schedule(arrival(clock), first_line + i, true);
    return to_clock(arrival(clock));
  }

 private:
  int64_t arrival(int64_t clock) const {
    return clock * Ddr4::kCoreClock + ddr4_.units(ddr4_.timing().request);
  }
  static int64_t to_clock(int64_t time) {
    return (time + Ddr4::kCoreClock - 1) / Ddr4::kCoreClock;
  }

  Ddr4 ddr4_;
};

class IdealPolicy final : public DramPolicy {
 public:
  void read(int64_t clock, uint64_t, std::vector<int64_t>& ready) override {
    for (int64_t& line : ready) line = clock + 1;
  }
  int64_t write(int64_t clock, uint64_t, unsigned) override { return clock + 1; }
};

class RandomPolicy final : public DramPolicy {
 public:
  explicit RandomPolicy(uint64_t seed) : random_(seed) {}

  void read(int64_t clock, uint64_t, std::vector<int64_t>& ready) override {
    const int64_t first = clock + latency();
    for (int64_t& line : ready) line = first;
  }
  int64_t write(int64_t clock, uint64_t, unsigned) override { return clock + latency(); }

  bool allows(Axi channel) override {
    if (channel == Axi::AR && clocks_++ % 64 == 0)
      for (unsigned& chance : chances_) chance = kChances[random_.below(4)];
    return random_.chance(chances_[static_cast<unsigned>(channel)]);
  }
  bool reorders() const override { return true; }
  unsigned choose(unsigned candidates) override {
    unsigned skip = random_.below(__builtin_popcount(candidates));
    while (skip-- > 0) candidates &= candidates - 1;
    return candidates & -candidates;
  }

 private:
  static constexpr unsigned kChances[4] = {16, 96, 224, 256};  // of 256
  // Mostly short; one in 16 is long.
  int64_t latency() { return 1 + random_.below(random_.chance(16) ? 400 : 24); }

  Random random_;
  uint64_t clocks_ = 0;
  unsigned chances_[5] = {};
};

}  // namespace

std::unique_ptr<DramPolicy> make_policy(const DramSettings& settings, unsigned channel,
                                        unsigned channels) {
  switch (settings.mode) {
    case DramMode::Ideal:
      return std::make_unique<IdealPolicy>();
    case DramMode::Random:
      return std::make_unique<RandomPolicy>(settings.seed * 1024 + channel);
    default:
      return std::make_unique<Ddr4Policy>(settings, channel, channels);
  }
}
