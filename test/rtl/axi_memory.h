// One DRAM channel behind an AXI4 port: memory of a window of addresses, with random or fixed latency.
//
// Each clock: look() at what the port shows before the edge, then drive() what it sees after it.
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <random>
#include <vector>

[[noreturn]] inline void fail(const char *what, uint64_t a = 0, uint64_t b = 0) {
  printf("FAILED: %s (%llx, %llx)\n", what, (unsigned long long)a, (unsigned long long)b);
  fflush(stdout);
  exit(1);
}

struct Random {
  std::mt19937_64 engine;
  uint64_t below(uint64_t n) { return engine() % n; }
  bool chance(unsigned percent) { return below(100) < percent; }
};

// The bytes that all channels hold, by flat address from `base` on.
struct Memory {
  uint64_t base;
  std::vector<uint8_t> bytes;
  unsigned beat, channels;
  uint8_t *granule(unsigned channel, uint64_t address) {
    uint64_t flat = (address / beat * channels + channel) * beat;
    if (address % beat != 0 || flat < base || flat + beat > base + bytes.size())
      fail("AXI address outside of the window", address, channel);
    return &bytes[flat - base];
  }
};

struct AxiMemory {
  // Percent of the clocks in which it is ready, or has something; 100 with a fixed latency is ideal.
  unsigned ar_ready = 100, r_valid = 100, aw_ready = 100, w_ready = 100;
  unsigned latency = 10, jitter = 0;

  struct Read { uint64_t address; unsigned beats, id; uint64_t due; };
  struct Write { uint64_t address; unsigned beats; };
  struct Beat { uint8_t data[64]; uint64_t strobe; bool last; };
  std::deque<Read> reads[4];
  std::deque<Write> writes;
  std::deque<Beat> beats;
  std::deque<uint64_t> responses;
  unsigned written = 0;  // beats of writes.front()
  // Coverage.
  uint64_t interleaved = 0, data_first = 0, bursts = 0, longest = 0;
  int last_id = -1;
  bool in_burst = false;

  // What it drives now.
  bool arready = false, rvalid = false, rlast = false, awready = false, wready = false, bvalid = false;
  unsigned rid = 0;
  uint8_t rdata[64] = {};

  void address_read(uint64_t now, unsigned id, uint64_t address, unsigned count, Random &random) {
    reads[id].push_back({address, count, id, now + latency + (jitter ? random.below(jitter) : 0)});
    bursts++;
    if (count > longest) longest = count;
  }
  void address_write(uint64_t address, unsigned count) {
    writes.push_back({address, count});
    bursts++;
  }
  void data(const uint8_t *bytes, uint64_t strobe, bool last) {
    Beat beat;
    memcpy(beat.data, bytes, 64);
    beat.strobe = strobe;
    beat.last = last;
    beats.push_back(beat);
    if (writes.empty()) data_first++;
  }

  void drive(uint64_t now, unsigned channel, Memory &memory, Random &random) {
    while (!writes.empty() && !beats.empty()) {
      Write &write = writes.front();
      uint8_t *to = memory.granule(channel, write.address + (uint64_t)written * memory.beat);
      for (unsigned i = 0; i < memory.beat; i++)
        if (beats.front().strobe >> i & 1) to[i] = beats.front().data[i];
      written++;
      if (beats.front().last != (written == write.beats)) fail("last beat", written, write.beats);
      if (beats.front().last) {
        responses.push_back(now - 1 + latency + (jitter ? random.below(jitter) : 0));
        writes.pop_front();
        written = 0;
      }
      beats.pop_front();
    }
    arready = random.chance(ar_ready);
    awready = random.chance(aw_ready);
    wready = random.chance(w_ready);
    bvalid = !responses.empty() && responses.front() <= now;
    if (bvalid) responses.pop_front();

    rvalid = false;
    unsigned first = jitter ? random.below(4) : 0;
    for (unsigned k = 0; k < 4 && !rvalid; k++) {
      unsigned id = (first + k) % 4;
      if (reads[id].empty() || reads[id].front().due > now || !random.chance(r_valid)) continue;
      Read &read = reads[id].front();
      rvalid = true;
      rid = id;
      memcpy(rdata, memory.granule(channel, read.address), memory.beat);
      read.address += memory.beat;
      rlast = --read.beats == 0;
      if (rlast) reads[id].pop_front();
      if (in_burst && last_id != (int)id) interleaved++;
      in_burst = !rlast;
      last_id = id;
    }
  }
};
