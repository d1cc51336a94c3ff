// One DRAM channel as an AXI4 subordinate: INCR bursts of full-width beats, 2 bits of ID.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "dram_policy.h"
#include "memory.h"

// What the core drives in a clock.
struct AxiRequest {
  bool ar_valid, r_ready, aw_valid, w_valid, w_last, b_ready;
  uint8_t ar_id, ar_len, aw_len;
  uint64_t ar_address, aw_address, w_strobe;
  const uint8_t* w_data;
};

// What the channel drives in a clock.
struct AxiResponse {
  bool ar_ready = false, r_valid = false, r_last = false;
  bool aw_ready = false, w_ready = false, b_valid = false;
  uint8_t r_id = 0;
  alignas(8) uint8_t r_data[64] = {};
};

// Beats and bytes that went over the bus.
struct AxiTraffic {
  std::array<uint64_t, 4> read_beats{};  // by ID
  uint64_t write_beats = 0;
  uint64_t written_bytes = 0;  // whose strobe was set
};

class AxiChannel {
 public:
  // beat_bytes: width of the data; channels: granules of beat_bytes are interleaved over so many.
  AxiChannel(Memory& memory, const DramSettings& settings, unsigned beat_bytes, unsigned channel,
             unsigned channels);

  // Clock number `clock` ends: what was driven in it counts. Updates what is driven in the next one.
  void clock(int64_t clock, const AxiRequest& request);

  const AxiResponse& response() const { return response_; }
  const AxiTraffic& traffic() const { return traffic_; }

 private:
  struct Read {
    uint64_t address;
    unsigned beats;
    unsigned done;
    std::vector<int64_t> ready;  // clock, by line
  };
  struct Write {
    uint64_t address = 0;
    unsigned beats = 0;
    std::vector<uint8_t> data;
    std::vector<uint64_t> strobes;
    int64_t response = 0;  // clock
  };

  uint64_t memory_address(uint64_t axi_address, unsigned beat) const;
  void accept_read(int64_t clock, const AxiRequest& request);
  void accept_write(int64_t clock, const AxiRequest& request);
  void check(bool legal, const char* rule) const;
  void match_writes(int64_t clock);
  void drive_read(int64_t clock);
  void drive_response(int64_t clock);
  bool is_ready(const Read& read, int64_t clock) const;

  Memory& memory_;
  const unsigned beat_bytes_, channel_, channels_, queue_;
  std::unique_ptr<DramPolicy> policy_;
  AxiResponse response_;
  AxiTraffic traffic_;

  std::array<std::deque<Read>, 4> reads_;  // by ID
  std::deque<uint8_t> order_;              // IDs of reads, oldest first, when they are not reordered
  unsigned num_reads_ = 0;
  std::deque<Write> addresses_, data_;  // accepted, waiting for the other half
  bool data_open_ = false;              // the newest of data_ has not had its last beat
  std::deque<Write> responses_;
};
