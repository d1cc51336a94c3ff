#include "ddr4.h"

#include <algorithm>

Ddr4::Ddr4(const DramTiming& timing, unsigned clock_mhz, unsigned channel, unsigned channels)
    : timing_(timing),
      tck_(clock_mhz),
      next_refresh_((int64_t{timing.refi} + int64_t{channel} * timing.refi / channels) * clock_mhz) {}

int64_t Ddr4::activate_time(const Bank& bank, int64_t arrival, unsigned group) const {
  const int64_t act = bank.row == kClosed
                          ? std::max(arrival, bank.act_ready)
                          : std::max(arrival, bank.pre_ready) + units(timing_.rp);
  const int64_t last = activates_[(num_activates_ + 3) % 4];
  const bool same = group == last_activate_group_;
  return std::max({act, last + units(same ? timing_.rrd_l : timing_.rrd_s),
                   activates_[num_activates_ % 4] + units(timing_.faw)});
}

int64_t Ddr4::after_last(unsigned group, bool is_write) const {
  const bool same = group == last_group_;
  if (is_write == last_is_write_) return last_cas_ + units(same ? timing_.ccd_l : timing_.ccd_s);
  if (is_write) return last_cas_ + units(timing_.cl + kBurstClocks + 2 - timing_.cwl);
  return last_cas_ + units(timing_.cwl + kBurstClocks + (same ? timing_.wtr_l : timing_.wtr_s));
}

void Ddr4::refresh() {
  int64_t begin = next_refresh_;
  bool any_open = false;
  for (const Bank& bank : banks_)
    if (bank.row != kClosed) {
      begin = std::max(begin, bank.pre_ready);
      any_open = true;
    }
  const int64_t end = begin + units(timing_.rfc) + (any_open ? units(timing_.rp) : 0);
  for (Bank& bank : banks_) {
    bank.row = kClosed;
    bank.act_ready = std::max(bank.act_ready, end);
  }
  next_refresh_ += units(timing_.refi);
}

int64_t Ddr4::schedule(int64_t arrival, uint64_t line, bool is_write) {
  const unsigned group = line & 3;
  Bank& bank = banks_[group | (line >> 9 & 3) << 2];
  const int64_t row = line >> 11;
  for (;; refresh()) {
    const bool hit = bank.row == row;
    const int64_t act = hit ? 0 : activate_time(bank, arrival, group);
    const int64_t ready = hit ? std::max(arrival, bank.cas_ready) : act + units(timing_.rcd);
    const int64_t cas = std::max(ready, after_last(group, is_write));
    if (cas >= next_refresh_) continue;
    if (!hit) {
      bank.row = row;
      bank.cas_ready = ready;
      bank.pre_ready = act + units(timing_.ras);
      activates_[num_activates_++ % 4] = act;
      last_activate_group_ = group;
    }
    const uint32_t hold = is_write ? timing_.cwl + kBurstClocks + timing_.wr : timing_.rtp;
    bank.pre_ready = std::max(bank.pre_ready, cas + units(hold));
    last_cas_ = cas;
    last_group_ = group;
    last_is_write_ = is_write;
    return cas;
  }
}
