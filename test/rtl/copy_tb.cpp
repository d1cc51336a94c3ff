// Copies with the copy engine, and what becomes of them, byte for byte.
//
//   copy_tb random SEED COPIES CLOCK_MHZ TIMING...      random copies: banks and host that hesitate, or the models
//   copy_tb throughput MEGABYTES CLOCK_MHZ TIMING...    one large copy in each direction, with the models
//
// TIMING are the DRAM's parameters in the order of DramTiming.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "Vcopy_top.h"
#include "axi_pins.h"
#include "host_pins.h"
#include "registers.h"
#include "verilated.h"

namespace {

[[noreturn]] void fail(const char* what, uint64_t a = 0, uint64_t b = 0) {
  printf("FAILED: %s (%llx, %llx)\n", what, (unsigned long long)a, (unsigned long long)b);
  exit(1);
}

uint32_t crc32(const uint8_t* bytes, size_t count) {
  uint32_t crc = ~0u;
  for (size_t i = 0; i < count; i++) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
  }
  return ~crc;
}

using Pins = AxiPins<Vcopy_top>;
using Link = HostPins<Vcopy_top>;
constexpr uint64_t kBuffer = 0x12'3456'7000'0000;  // IO addresses
constexpr uint64_t kRing = 0x7f'ffff'0000'0000;

struct Testbench {
  VerilatedContext context;
  Vcopy_top top{&context};
  Random random;
  Memory memory;
  HostMemory host;
  std::vector<uint8_t> buffer, ring;
  std::vector<AxiChannel> channels;
  HostLink link;
  int64_t now = 0;

  Testbench(uint64_t seed, size_t buffer_bytes, const DramSettings& dram, const LinkSettings& link_settings)
      : random(seed),
        memory(dram_bytes()),
        buffer(buffer_bytes),
        ring(registers::kCompletionLines * kLineBytes),
        link(host, link_settings) {
    host.add(kBuffer, buffer.data(), buffer.size());
    host.add(kRing, ring.data(), ring.size());
    channels.reserve(Pins::kChannels);
    for (unsigned c = 0; c < Pins::kChannels; c++)
      channels.emplace_back(memory, dram, Pins::kBeatBytes, c, Pins::kChannels);
    top.rst_ni = 1;
    settle();
    top.rst_ni = 0;
    for (int i = 0; i < 3; i++) {
      settle();
      top.clk_i = 1;
      top.eval();
    }
    top.rst_ni = 1;
    settle();
    top.completion_address_i = kRing;
  }

  uint64_t dram_bytes() {
    settle();
    return top.dram_bytes_o;
  }
  void settle() {
    top.clk_i = 0;
    top.eval();
  }
  void clock() {
    settle();
    for (unsigned c = 0; c < channels.size(); c++) channels[c].clock(now, Pins::request(top, c));
    link.clock(now, Link::request(top));
    top.clk_i = 1;
    top.eval();
    now++;
    for (unsigned c = 0; c < channels.size(); c++) Pins::drive(top, c, channels[c].response());
    Link::drive(top, link.response());
    settle();
  }
  void go(bool to_host, uint64_t host_address, uint64_t card_address, uint64_t length,
          bool without_host = false) {
    while (top.room_o == 0) clock();
    top.go_i = 1;
    top.to_host_i = to_host;
    top.check_i = to_host && without_host;
    top.zero_i = !to_host && without_host;
    top.host_address_i = host_address;
    top.card_address_i = card_address;
    top.length_i = length;
    clock();
    top.go_i = 0;
  }
  void wait(uint64_t completed) {
    for (int64_t i = 0; top.completed_o < completed; i++) {
      clock();
      if (i > 20'000'000) fail("a copy does not end", completed, top.completed_o);
    }
  }
};

struct Copy {
  bool to_host, without_host;
  uint64_t host_address, card_address, length;
  uint8_t status;
};

// Where copies begin and end matters: at the ends of DRAM, of bursts, of 4 KiB of a bank, of a Memory's page.
uint64_t interesting_address(Testbench& tb) {
  const uint64_t end = tb.memory.contains(0, 0) ? tb.dram_bytes() : 0;
  const uint64_t stripe = 4096 * Pins::kChannels;
  const uint64_t places[] = {0, end / 2, end - 3 * stripe, stripe * 5, end / 4 * 3 + stripe};
  uint64_t address = places[tb.random.below(5)];
  if (tb.random.chance(160)) address += stripe;
  const int64_t lines = int64_t(tb.random.below(12)) - 6;
  if (lines < 0 && address < 512) return 0;
  return address + lines * 64;
}

uint64_t interesting_length(Testbench& tb, uint64_t most) {
  const uint64_t stripe = 4096 * Pins::kChannels;
  switch (tb.random.below(8)) {
    case 0:
    case 1:
    case 2:
      return (1 + tb.random.below(9)) * 64;
    case 3:
      return stripe;
    case 4:
      return stripe + (1 + tb.random.below(6)) * 64;
    case 5:
      return std::min<uint64_t>(most, 2 * stripe + tb.random.below(64) * 64);
    default:
      return (1 + tb.random.below(400)) * 64 % most;
  }
}

void run_random(uint64_t seed, unsigned copies, DramSettings dram, LinkSettings link) {
  // Every other seed with the models, whose timing a card's is nearer to.
  const bool hesitant = seed % 2 == 0;
  dram.mode = hesitant ? DramMode::Random : DramMode::Ddr4;
  link.random = hesitant;
  constexpr size_t kBytes = 1 << 17;
  auto owner = std::make_unique<Testbench>(seed, kBytes, dram, link);
  Testbench& tb = *owner;
  const uint64_t end = tb.dram_bytes();
  std::vector<uint8_t> host_expected(kBytes), at(kBytes), wanted(kBytes);
  Memory expected(end);
  for (auto& byte : tb.buffer) byte = tb.random.next();
  uint64_t done = 0, bytes = 0, failures = 0, batches = 0, without_host = 0;
  while (done < copies) {
    std::vector<Copy> batch(1 + tb.random.below(5));
    host_expected = tb.buffer;
    std::vector<std::pair<uint32_t, uint64_t>> results;  // crc, length
    for (Copy& copy : batch) {
      copy.to_host = tb.random.chance(128);
      copy.without_host = tb.random.chance(64);
      copy.card_address = interesting_address(tb);
      copy.length = interesting_length(tb, kBytes / 4);
      if (copy.length == 0) copy.length = 64;
      if (copy.card_address + copy.length > end) copy.length = end - copy.card_address;
      if (copy.length == 0) copy.card_address = end - (copy.length = 128);
      if (copy.without_host) copy.host_address = tb.random.next();
      const uint64_t room = (kBytes - copy.length) / 64 + 1;
      if (!copy.without_host) copy.host_address = kBuffer + tb.random.below(room) * 64;
      copy.status = registers::kCopyStatusDone;
      if (tb.random.chance(12)) {
        // What a driver should not do.
        failures++;
        switch (tb.random.below(5)) {
          case 0: copy.length += 8; copy.status = registers::kCopyStatusMisaligned; break;
          case 1: copy.card_address += 32; copy.status = registers::kCopyStatusMisaligned; break;
          case 2:
            copy.card_address = end - copy.length + 64;
            copy.status = registers::kCopyStatusCardRange;
            break;
          case 3: copy.length = 0; copy.status = registers::kCopyStatusEmpty; break;
          case 4:
            copy.card_address = ~uint64_t{63};
            copy.length = 128;
            copy.status = registers::kCopyStatusCardRange;
            break;
        }
      }
      const uint64_t offset = copy.host_address - kBuffer;
      uint32_t crc = 0;
      if (copy.status == registers::kCopyStatusDone) {
        // A check changes nothing, zeros do not come from the host.
        std::vector<uint8_t> moved(copy.length);
        if (copy.to_host)
          expected.read(copy.card_address, moved.data(), copy.length);
        else if (!copy.without_host)
          memcpy(moved.data(), &host_expected[offset], copy.length);
        if (!copy.to_host)
          expected.write(copy.card_address, moved.data(), copy.length);
        else if (!copy.without_host)
          memcpy(&host_expected[offset], moved.data(), copy.length);
        crc = crc32(moved.data(), copy.length);
        bytes += copy.length;
        without_host += copy.without_host;
      }
      results.emplace_back(crc, copy.length);
    }
    memset(tb.ring.data(), 0, tb.ring.size());
    for (const Copy& copy : batch)
      tb.go(copy.to_host, copy.host_address, copy.card_address, copy.length, copy.without_host);
    tb.wait(done + batch.size());
    for (const Copy& copy : batch) {
      const auto& [crc, length] = results[&copy - batch.data()];
      uint64_t words[8];
      memcpy(words, &tb.ring[done % registers::kCompletionLines * kLineBytes], kLineBytes);
      done++;
      if (words[registers::kCompletionNumber] != done) fail("number of a completion", words[0], done);
      if (words[registers::kCompletionStatus] != copy.status)
        fail("status of a copy", words[registers::kCompletionStatus], copy.status);
      if (words[registers::kCompletionCrc] != crc) fail("CRC", words[registers::kCompletionCrc], crc);
      if (words[registers::kCompletionLength] != length) fail("length of a completion", length);
      // What is around it has not changed either.
      if (copy.status != registers::kCopyStatusDone) continue;
      const uint64_t from = copy.card_address - std::min<uint64_t>(copy.card_address, 4096);
      const uint64_t count = std::min(end, copy.card_address + copy.length + 4096) - from;
      tb.memory.read(from, at.data(), count);
      expected.read(from, wanted.data(), count);
      for (uint64_t i = 0; i < count; i++)
        if (at[i] != wanted[i]) fail("a byte of DRAM", from + i, copy.card_address);
    }
    for (size_t i = 0; i < kBytes; i++)
      if (tb.buffer[i] != host_expected[i]) fail("a byte of host memory", i);
    batches++;
  }
  // Addresses of no buffer: an error is reported, the engine goes on.
  for (bool to_host : {false, true}) {
    tb.go(to_host, kBuffer + kBytes - 128, 1024, 256);
    tb.wait(++done);
    if (tb.top.status_o != registers::kCopyStatusHostError) fail("no error", tb.top.status_o);
  }
  tb.go(true, kBuffer, 0, 64);
  tb.wait(++done);
  if (tb.top.status_o != registers::kCopyStatusDone) fail("it does not go on", tb.top.status_o);
  printf("copies %llu batches %llu bytes %llu refused %llu without_host %llu clocks %lld\n", (unsigned long long)done,
         (unsigned long long)batches, (unsigned long long)bytes, (unsigned long long)failures,
         (unsigned long long)without_host, (long long)tb.now);
}

void run_throughput(unsigned megabytes, const DramSettings& dram, const LinkSettings& link) {
  const uint64_t bytes = uint64_t{megabytes} << 20;
  auto owner = std::make_unique<Testbench>(1, bytes, dram, link);
  Testbench& tb = *owner;
  for (auto& byte : tb.buffer) byte = tb.random.next();
  const std::vector<uint8_t> sent = tb.buffer;
  const double link_gbs = link.lines_per_us * kLineBytes / 1000.0;
  const double port_gbs = link.clock_mhz * kLineBytes / 1000.0;
  printf("link %.2f\nport %.2f\n", link_gbs, port_gbs);
  // To the card, back, and what needs no host: a check, and zeros.
  for (bool without_host : {false, true})
  for (bool to_host : {without_host, !without_host}) {
    const int64_t begin = tb.now;
    const uint64_t completed = tb.top.completed_o;
    // As a driver does it: a buffer of 2 MiB after the other, several descriptors waiting.
    const uint64_t part = std::min<uint64_t>(bytes, 2 << 20);
    for (uint64_t offset = 0; offset < bytes; offset += part)
      tb.go(to_host, kBuffer + offset, 4096 + offset, part, without_host);
    tb.wait(completed + bytes / part);
    const double gbs = double(bytes) / (tb.now - begin) * link.clock_mhz / 1000;
    const char* const names[2][2] = {{"to_card", "to_host"}, {"zero", "check"}};
    printf("%s %.3f\n", names[without_host][to_host], gbs);
    if (!without_host && to_host && tb.buffer != sent) fail("what comes back");
    if (!without_host && !to_host) std::fill(tb.buffer.begin(), tb.buffer.end(), 0);
  }
}

}  // namespace

int main(int argc, char** argv) {
  constexpr int kTimings = sizeof(DramTiming) / sizeof(uint32_t);
  const bool random = argc > 1 && strcmp(argv[1], "random") == 0;
  const int first = random ? 4 : 3;
  if (argc != first + 1 + kTimings) return 2;
  DramSettings dram{DramMode::Ddr4, uint32_t(atoi(argv[first])), 16, strtoull(argv[2], nullptr, 10), {}};
  uint32_t timings[kTimings];
  for (int i = 0; i < kTimings; i++) timings[i] = strtoul(argv[first + 1 + i], nullptr, 10);
  memcpy(&dram.timing, timings, sizeof timings);
  LinkSettings link;
  link.clock_mhz = dram.clock_mhz;
  link.seed = dram.seed;
  if (random)
    run_random(dram.seed, atoi(argv[3]), dram, link);
  else
    run_throughput(atoi(argv[2]), dram, link);
  return 0;
}
