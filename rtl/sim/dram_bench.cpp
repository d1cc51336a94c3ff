// How much of its peak a plain sequential read of all channels gets of the DRAM model, and how long single
// reads take. Arguments: clock in MHz, channels, bytes of a beat, beats of a burst, bursts outstanding, megabytes,
// and the timing in the order of DramTiming. docs/dram-model.md has the results; test/rtl/dram.test.ts runs it.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "axi_channel.h"

namespace {

// Reads from one channel, burst after burst.
class Reader {
 public:
  Reader(AxiChannel& channel, unsigned beat_bytes, unsigned beats, unsigned outstanding)
      : channel_(channel), beat_bytes_(beat_bytes), beats_(beats), outstanding_(outstanding) {}

  // Read count bursts from an address on; returns the clock of the last beat.
  int64_t run(uint64_t address, uint64_t count, int64_t clock) {
    uint64_t asked = 0, done = 0;
    for (; done < count; clock++) {
      const AxiResponse& response = channel_.response();
      AxiRequest request{};
      request.r_ready = request.b_ready = true;
      request.ar_valid = asked < count && asked - done < outstanding_;
      request.ar_address = address + asked * beats_ * beat_bytes_;
      request.ar_len = beats_ - 1;
      if (request.ar_valid && response.ar_ready) asked++;
      if (response.r_valid && response.r_last) done++;
      channel_.clock(clock, request);
    }
    return clock - 1;
  }

 private:
  AxiChannel& channel_;
  unsigned beat_bytes_, beats_, outstanding_;
};

}  // namespace

int main(int argc, char** argv) {
  std::vector<uint32_t> values;
  for (int i = 1; i < argc; i++) values.push_back(strtoul(argv[i], nullptr, 10));
  constexpr size_t kTimings = sizeof(DramTiming) / sizeof(uint32_t);
  if (values.size() != 6 + kTimings) return 2;
  const uint32_t clock_mhz = values[0], channels = values[1], beat_bytes = values[2];
  const uint32_t beats = values[3], outstanding = values[4], megabytes = values[5];
  DramSettings settings{DramMode::Ddr4, clock_mhz, 16, 0, {}};
  memcpy(&settings.timing, &values[6], sizeof settings.timing);
  Memory memory(uint64_t{1} << 35);

  // All channels run at once, and do not know of each other.
  const uint64_t bursts = uint64_t{megabytes} * 1000000 / channels / (beats * beat_bytes);
  int64_t clocks = 0;
  for (uint32_t c = 0; c < channels; c++) {
    AxiChannel channel(memory, settings, beat_bytes, c, channels);
    const int64_t last = Reader(channel, beat_bytes, beats, outstanding).run(0, bursts, 0);
    clocks = std::max(clocks, last + 1);
  }
  const double bytes = double(bursts) * beats * beat_bytes * channels;
  printf("bytes %.0f\nclocks %ld\ngigabytes_per_second %.3f\n", bytes, long(clocks),
         bytes / clocks * clock_mhz / 1000);

  // Single reads of one beat, from the clock of the request to that of the beat.
  AxiChannel channel(memory, settings, beat_bytes, 0, channels);
  Reader reader(channel, beat_bytes, 1, 1);
  constexpr uint64_t kRow = 64 << 11;  // the next row of the same bank
  int64_t clock = 10;
  const auto latency = [&](uint64_t address) {
    const int64_t start = clock += 100;
    return long(reader.run(address, 1, start) - start);
  };
  reader.run(0, 1, 0);  // ready from the first clock on
  printf("open_row %ld\n", latency(0));
  printf("closed_row %ld\n", latency(64));
  printf("other_row %ld\n", latency(kRow));
}
