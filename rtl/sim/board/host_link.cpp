#include "host_link.h"

#include <algorithm>
#include <cstring>

namespace {

constexpr uint8_t kOkay = 0, kSlaveError = 2;

}  // namespace

uint8_t* HostMemory::line(uint64_t address) const {
  auto region = regions_.upper_bound(address);
  if (region == regions_.begin()) return nullptr;
  --region;
  const uint64_t offset = address - region->first;
  if (offset > region->second.size || region->second.size - offset < kLineBytes) return nullptr;
  return region->second.bytes + offset;
}

HostLink::HostLink(HostMemory& memory, const LinkSettings& settings)
    : memory_(memory), settings_(settings), random_(settings.seed) {}

int64_t HostLink::latency(uint32_t ns) {
  const int64_t units = int64_t{ns} * settings_.clock_mhz * settings_.lines_per_us / 1000;
  if (!settings_.random) return units;
  return random_.below(random_.chance(16) ? 3 * units : units / 8 + 1);
}

// Whether an AXI channel (AR, R, AW, W, B) may move something in the next clock.
bool HostLink::allows(unsigned channel) {
  if (!settings_.random) return true;
  static constexpr unsigned kChances[4] = {16, 96, 224, 256};  // of 256
  if (random_.below(320) == 0) chances_[channel] = kChances[random_.below(4)];
  return random_.chance(chances_[channel]);
}

bool HostLink::moves_corrupt() { return lines_moved_++ == faults_.corrupt_at; }

HostLink::Faults HostLink::faults_left() const {
  const auto left = [&](uint64_t at, bool over) {
    return at == kNever || over ? kNever : at - lines_moved_;
  };
  Faults faults;
  faults.corrupt_at = left(faults_.corrupt_at, faults_.corrupt_at < lines_moved_);
  faults.fail_at = left(faults_.fail_at, fails());
  faults.hang_at = left(faults_.hang_at, hangs());
  return faults;
}

void HostLink::accept(int64_t clock, const HostRequest& request) {
  if (request.ar_valid && response_.ar_ready) {
    const unsigned lines = request.ar_len + 1u;
    last_read_ready_ = std::max(last_read_ready_, time(clock) + latency(settings_.read_latency_ns));
    reads_.push_back({request.ar_address, lines, last_read_ready_});
    lines_asked_ += lines;
  }
  if (request.aw_valid && response_.aw_ready) {
    writes_.push_back({request.aw_address, request.aw_len + 1u, false});
    lines_written_ += request.aw_len + 1u;
  }
  if (request.w_valid && response_.w_ready) {
    // The accelerator sends data only for a burst that was accepted, in this clock at the latest.
    Write& write = writes_.front();
    uint8_t* line = fails() ? nullptr : memory_.line(write.address);
    const bool corrupt = moves_corrupt();
    if (line) {
      memcpy(line, request.w_data, kLineBytes);
      if (corrupt) line[5] ^= 0x10;
    } else {
      write.failed = true;
    }
    write.address += kLineBytes;
    write_free_ = std::max(write_free_, time(clock - 1)) + settings_.clock_mhz;
    if (request.w_last) {
      answers_.push_back({write.lines, write.failed,
                          time(clock) + latency(settings_.write_latency_ns)});
      writes_.pop_front();
    }
  }
}

void HostLink::drive_read(int64_t clock) {
  response_.r_valid = false;
  if (hangs() || reads_.empty() || reads_.front().ready > time(clock) || read_free_ > time(clock) || !allows(1))
    return;
  Read& read = reads_.front();
  const uint8_t* line = fails() ? nullptr : memory_.line(read.address);
  response_.r_valid = true;
  response_.r_response = line ? kOkay : kSlaveError;
  if (line)
    memcpy(response_.r_data, line, kLineBytes);
  else
    memset(response_.r_data, 0xff, kLineBytes);
  if (moves_corrupt()) response_.r_data[5] ^= 0x10;
  read.address += kLineBytes;
  read_free_ = std::max(read_free_, time(clock - 1)) + settings_.clock_mhz;
  response_.r_last = --read.lines == 0;
  if (response_.r_last) reads_.pop_front();
}

void HostLink::drive_answer(int64_t clock) {
  response_.b_valid = false;
  if (hangs() || answers_.empty() || answers_.front().ready > time(clock) || !allows(4)) return;
  response_.b_valid = true;
  response_.b_response = answers_.front().failed ? kSlaveError : kOkay;
  lines_written_ -= answers_.front().lines;
  answers_.pop_front();
}

void HostLink::clock(int64_t clock, const HostRequest& request) {
  if (response_.r_valid && request.r_ready) lines_asked_--;
  accept(clock, request);
  if (!response_.b_valid || request.b_ready) drive_answer(clock + 1);
  if (!response_.r_valid || request.r_ready) drive_read(clock + 1);
  response_.ar_ready = allows(0) && lines_asked_ + 4 <= settings_.reads;
  response_.aw_ready = allows(2) && lines_written_ + 4 <= settings_.writes;
  response_.w_ready = !hangs() && allows(3) && write_free_ <= time(clock + 1);
}
