#include "axi_channel.h"

#include <cstdio>
#include <cstdlib>

AxiChannel::AxiChannel(Memory& memory, const DramSettings& settings, unsigned beat_bytes,
                       unsigned channel, unsigned channels)
    : memory_(memory),
      beat_bytes_(beat_bytes),
      channel_(channel),
      channels_(channels),
      queue_(settings.queue),
      policy_(make_policy(settings, channel, channels)) {}

// Granule g of the channel is granule g * channels + channel of the DRAM.
uint64_t AxiChannel::memory_address(uint64_t axi_address, unsigned beat) const {
  const uint64_t granule = axi_address / beat_bytes_ + beat;
  return (granule * channels_ + channel_) * beat_bytes_;
}

void AxiChannel::check(bool legal, const char* rule) const {
  if (legal) return;
  fprintf(stderr, "DRAM channel %u: %s\n", channel_, rule);
  abort();
}

void AxiChannel::accept_read(int64_t clock, const AxiRequest& request) {
  const uint64_t first = request.ar_address;
  const unsigned beats = request.ar_len + 1u;
  const uint64_t last = first + beats * beat_bytes_ - 1;
  check(first % beat_bytes_ == 0 && first / 4096 == last / 4096, "a read crosses 4 KiB");
  check(memory_.contains(memory_address(first, beats - 1), beat_bytes_), "a read is beyond the DRAM");
  Read read{first, beats, 0, std::vector<int64_t>(last / Ddr4::kLineBytes - first / Ddr4::kLineBytes + 1)};
  policy_->read(clock, first / Ddr4::kLineBytes, read.ready);
  reads_[request.ar_id].push_back(std::move(read));
  if (!policy_->reorders()) order_.push_back(request.ar_id);
  num_reads_++;
}

void AxiChannel::accept_write(int64_t clock, const AxiRequest& request) {
  if (request.aw_valid && response_.aw_ready) {
    Write write;
    write.address = request.aw_address;
    write.beats = request.aw_len + 1u;
    const uint64_t last = write.address + write.beats * beat_bytes_ - 1;
    check(write.address % beat_bytes_ == 0 && write.address / 4096 == last / 4096,
          "a write crosses 4 KiB");
    check(memory_.contains(memory_address(write.address, write.beats - 1), beat_bytes_),
          "a write is beyond the DRAM");
    addresses_.push_back(std::move(write));
  }
  if (request.w_valid && response_.w_ready) {
    if (!data_open_) data_.emplace_back();
    Write& write = data_.back();
    write.data.insert(write.data.end(), request.w_data, request.w_data + beat_bytes_);
    write.strobes.push_back(request.w_strobe);
    data_open_ = !request.w_last;
    traffic_.write_beats++;
    traffic_.written_bytes += __builtin_popcountll(request.w_strobe);
  }
  match_writes(clock);
}

void AxiChannel::match_writes(int64_t clock) {
  while (!addresses_.empty() && !data_.empty() && (data_.size() > 1 || !data_open_)) {
    Write write = std::move(data_.front());
    write.address = addresses_.front().address;
    write.beats = addresses_.front().beats;
    check(write.strobes.size() == write.beats, "WLAST is not in a write's last beat");
    data_.pop_front();
    addresses_.pop_front();
    const uint64_t first = write.address / Ddr4::kLineBytes;
    const uint64_t last = (write.address + write.beats * beat_bytes_ - 1) / Ddr4::kLineBytes;
    write.response = policy_->write(clock, first, last - first + 1);
    responses_.push_back(std::move(write));
  }
}

bool AxiChannel::is_ready(const Read& read, int64_t clock) const {
  const uint64_t address = read.address + read.done * beat_bytes_;
  const uint64_t line = address / Ddr4::kLineBytes - read.address / Ddr4::kLineBytes;
  return read.ready[line] <= clock;
}

void AxiChannel::drive_read(int64_t clock) {
  response_.r_valid = false;
  if (num_reads_ == 0) return;
  unsigned candidates = 0;
  if (policy_->reorders()) {
    for (unsigned id = 0; id < reads_.size(); id++)
      if (!reads_[id].empty() && is_ready(reads_[id].front(), clock)) candidates |= 1u << id;
    if (candidates != 0) candidates = policy_->choose(candidates);
  } else if (is_ready(reads_[order_.front()].front(), clock)) {
    candidates = 1u << order_.front();
  }
  if (candidates == 0 || !policy_->allows(Axi::R)) return;
  const unsigned id = __builtin_ctz(candidates);
  Read& read = reads_[id].front();
  memory_.read(memory_address(read.address, read.done), response_.r_data, beat_bytes_);
  response_.r_valid = true;
  response_.r_id = id;
  response_.r_last = ++read.done == read.beats;
  if (!response_.r_last) return;
  reads_[id].pop_front();
  if (!policy_->reorders()) order_.pop_front();
}

void AxiChannel::drive_response(int64_t clock) {
  response_.b_valid = false;
  if (responses_.empty() || responses_.front().response > clock || !policy_->allows(Axi::B)) return;
  const Write& write = responses_.front();
  for (unsigned beat = 0; beat < write.beats; beat++)
    memory_.write_masked(memory_address(write.address, beat), &write.data[beat * beat_bytes_],
                         write.strobes[beat], beat_bytes_);
  responses_.pop_front();
  response_.b_valid = true;
}

void AxiChannel::clock(int64_t clock, const AxiRequest& request) {
  const bool r_moved = response_.r_valid && request.r_ready;
  if (r_moved) traffic_.read_beats[response_.r_id]++;
  if (r_moved && response_.r_last) num_reads_--;
  if (request.ar_valid && response_.ar_ready) accept_read(clock, request);
  accept_write(clock, request);
  // Responses first: a beat sees the writes that were answered.
  if (!response_.b_valid || request.b_ready) drive_response(clock + 1);
  if (!response_.r_valid || request.r_ready) drive_read(clock + 1);
  response_.ar_ready = policy_->allows(Axi::AR) && num_reads_ < queue_;
  response_.aw_ready = policy_->allows(Axi::AW) && addresses_.size() + responses_.size() < queue_;
  response_.w_ready = policy_->allows(Axi::W) && data_.size() < queue_;
}
