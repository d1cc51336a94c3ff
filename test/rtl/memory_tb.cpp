// Runs operations on memory_top and compares registers and memory with a plain model, byte for byte.
//
//   memory_tb random CONFIG SEED COUNT   random operations against memories with random latency and
//                                        back-pressure, scalar loads and weights in between
//   memory_tb timing CONFIG SEED COUNT   operations against ideal memories; a line of clocks for each
#include <memory>

#include "Vmemory_top.h"
#include "axi_memory.h"
#include "verilated.h"

enum Kind { Ldv, LdvH, LdvB, Sv, Sw, Sd };
static const char *const names[] = {"ldv", "ldv.h", "ldv.b", "sv", "sw", "sd"};
static const unsigned widths[] = {4, 2, 1, 4, 4, 8};

template <typename T> static uint8_t *bytes_of(T &signal) {
  return reinterpret_cast<uint8_t *>(&signal);  // Verilator keeps the lowest bits first
}
template <typename T> static uint64_t get64(T &signal, unsigned index) {
  uint64_t value;
  memcpy(&value, bytes_of(signal) + 8 * index, 8);
  return value;
}

struct Testbench {
  VerilatedContext context;
  Vmemory_top top{&context};
  Random random;
  Memory memory;
  AxiMemory axi[4];
  unsigned config, vlmax, lanes, beat, channels, fifo;
  std::vector<int32_t> registers[8];
  uint64_t now = 0;

  // Of the operation that runs.
  bool running = false;
  Kind kind;
  unsigned vl, reg;
  uint64_t started, first_address, first_write, last_write, first_data, axi_data;
  std::vector<uint64_t> write_clocks;
  std::vector<int32_t> expected_register;
  std::vector<uint8_t> expected, before;
  uint64_t completed = 0, loads_completed = 0, weight_beats = 0, resets = 0;

  // Scalar loads and weights, which run beside it.
  bool background = false;
  bool loading = false, load_double;
  unsigned load_rd;
  uint64_t load_address, load_started;
  struct Expected { uint64_t address; unsigned beats; };
  std::deque<Expected> weights[4];

  explicit Testbench(unsigned config_, uint64_t seed) : config(config_) {
    random.engine.seed(seed * 4 + config);
    top.config_i = config;
    top.clk_i = 0;
    top.rst_ni = 0;
    top.eval();
    vlmax = top.vlmax_o, lanes = top.lanes_o, beat = top.beat_o, channels = top.channels_o;
    fifo = top.vector_fifo_o;
    // At the bottom, at the top and in the midst of the addresses.
    memory.bytes.resize(1 << 18);
    uint64_t end = 1ull << top.address_bits_o;
    uint64_t bases[] = {0, end - memory.bytes.size(), end / 2 + end / 8};
    memory.base = bases[seed % 3];
    memory.beat = beat, memory.channels = channels;
    // Small and large numbers, so that shifts saturate and do not.
    for (auto &b : memory.bytes) b = random.chance(30) ? (random.chance(50) ? 0xff : 0) : random.below(256);
    for (auto &r : registers) {
      r.resize(vlmax);
      for (auto &e : r) e = (int32_t)random.engine();
    }
    expected = memory.bytes;
    for (int i = 0; i < 3; i++) {
      for (int level = 0; level < 2; level++) top.clk_i = level << config, top.eval();
    }
    top.clk_i = 0;
    top.rst_ni = 1;
    top.eval();
  }

  uint64_t little(uint64_t address, unsigned size) const {
    uint64_t value = 0;
    memcpy(&value, &expected[address - memory.base], size);
    return value;
  }

  void start(Kind kind_, unsigned vl_, uint64_t address, unsigned shift) {
    kind = kind_, vl = vl_, reg = random.below(8);
    uint64_t scalar = random.engine();
    top.start_i = 1;
    top.kind_i = kind, top.register_i = reg, top.vl_i = vl, top.address_i = address;
    top.shift_i = shift, top.scalar_i = scalar;
    running = true;
    started = now;
    first_address = first_write = last_write = first_data = axi_data = 0;
    write_clocks.clear();
    expected_register = registers[reg];
    unsigned width = widths[kind];
    if (kind == Sw || kind == Sd) {
      memcpy(&expected[address - memory.base], &scalar, width);
    } else if (kind == Sv) {
      memcpy(&expected[address - memory.base], registers[reg].data(), 4 * (size_t)vl);
    } else {
      for (unsigned i = 0; i < vl; i++) {
        uint64_t raw = little(address + i * width, width);
        int64_t element = (int64_t)(raw << (64 - 8 * width)) >> (64 - 8 * width);
        element *= int64_t(1) << shift;
        if (element > INT32_MAX) element = INT32_MAX;
        if (element < INT32_MIN) element = INT32_MIN;
        expected_register[i] = (int32_t)element;
      }
    }
  }

  // What the design shows in this clock.
  bool vre;
  unsigned vrreg, vrword;
  void look() {
    vre = top.vre_o, vrreg = top.vrreg_o, vrword = top.vrword_o;
    if (vre && (!running || kind != Sv || vrreg != reg)) fail("read of a vector register", vrreg);
    if (top.vwe_o) {
      if (!running || kind >= Sv || top.vwreg_o != reg) fail("write to a vector register", top.vwreg_o);
      for (unsigned i = 0; i < lanes; i++) {
        if (!(top.vwmask_o >> i & 1)) continue;
        unsigned element = top.vwword_o * lanes + i;
        if (element >= vl) fail("write at or above vl", element, vl);
        memcpy(&registers[reg][element], bytes_of(top.vwdata_o) + 4 * i, 4);
      }
      last_write = now;
      write_clocks.push_back(now - started);
    }
    for (unsigned c = 0; c < channels; c++) {
      AxiMemory &m = axi[c];
      if (top.arvalid_o >> c & 1) {
        unsigned id = top.arid_o >> 2 * c & 3;
        if (id == 1 && !first_address) first_address = now;
        if (m.arready) m.address_read(now, id, get64(top.araddr_o, c), bytes_of(top.arlen_o)[c] + 1, random);
      }
      if (m.rvalid && !(top.rready_o >> c & 1)) fail("a response is refused", c);
      if (m.bvalid && !(top.bready_o >> c & 1)) fail("a response is refused", c);
      // Data before its address within a clock: the memory must take either order.
      if (top.wvalid_o >> c & 1) {
        if (!axi_data) axi_data = now;
        if (m.wready) m.data(bytes_of(top.wdata_o) + 64 * c, get64(top.wstrb_o, c), top.wlast_o >> c & 1);
      }
      if (top.awvalid_o >> c & 1) {
        if (!first_address) first_address = now;
        if (m.awready) m.address_write(get64(top.awaddr_o, c), bytes_of(top.awlen_o)[c] + 1);
      }
      if (top.rsp_valid_o >> c & 1) {
        if (weights[c].empty()) fail("weights that were not asked for", c);
        Expected &head = weights[c].front();
        if (memcmp(bytes_of(top.rsp_data_o) + 64 * c, memory.granule(c, head.address), beat) != 0)
          fail("weights", head.address);
        head.address += beat;
        weight_beats++;
        bool last = --head.beats == 0;
        if (last != bool(top.rsp_last_o >> c & 1)) fail("last beat of weights", c);
        if (last) weights[c].pop_front();
      }
      if ((top.req_valid_i & top.req_ready_o) >> c & 1)
        weights[c].push_back({get64(top.req_address_i, c) * beat, bytes_of(top.req_beats_i)[c]});
    }
    if (top.loaded_valid_o) {
      if (!loading || top.loaded_rd_o != load_rd) fail("scalar load's register", top.loaded_rd_o);
      uint64_t value = little(load_address, load_double ? 8 : 4);
      if (!load_double) value = (uint64_t)(int64_t)(int32_t)value;
      if (top.loaded_data_o != value) fail("scalar load", top.loaded_data_o, value);
      loading = false;
      loads_completed++;
      if (!background) printf("load %u latency %u done %llu\n", load_double ? 8 : 4, axi[0].latency, (unsigned long long)(now - load_started));
    }
    if (top.done_o) {
      if (!running) fail("done while idle");
      if (top.store_done_o != (kind >= Sv)) fail("store_done", kind);
      running = false;
      completed++;
      if (registers[reg] != expected_register) {
        for (unsigned i = 0; i < vlmax; i++)
          if (registers[reg][i] != expected_register[i]) {
            printf("element %u of %s, vl %u: %x, expected %x\n", i, names[kind], vl, registers[reg][i], expected_register[i]);
            break;
          }
        fail("vector register");
      }
      if (kind < Sv && last_write != now) fail("done is not the last write's clock", last_write, now);
      if (kind >= Sv) check_memory();
    } else if (top.store_done_o) {
      fail("store_done without done");
    }
  }

  void check_memory() {
    if (memory.bytes == expected) return;
    for (size_t i = 0; i < expected.size(); i++)
      if (memory.bytes[i] != expected[i]) {
        printf("byte %zx after %s, vl %u: %x, expected %x\n", i, names[kind], vl, memory.bytes[i], expected[i]);
        break;
      }
    fail("memory");
  }

  // One clock: look at outputs, edge, then new inputs; callers set theirs afterwards.
  void clock() {
    top.eval();
    look();
    top.clk_i = 1 << config;
    top.eval();
    now++;
    top.start_i = 0;
    // Data is there only in the clock after the read.
    if (vre) memcpy(bytes_of(top.vrdata_i), &registers[vrreg][vrword * lanes], 4 * lanes);
    else memset(bytes_of(top.vrdata_i), 0xa5, 4 * lanes);
    top.arready_i = top.rvalid_i = top.rlast_i = top.awready_i = top.wready_i = top.bvalid_i = 0;
    top.rid_i = 0;
    for (unsigned c = 0; c < channels; c++) {
      AxiMemory &m = axi[c];
      m.drive(now, c, memory, random);
      top.arready_i |= m.arready << c, top.rvalid_i |= m.rvalid << c, top.rlast_i |= m.rlast << c;
      top.awready_i |= m.awready << c, top.wready_i |= m.wready << c, top.bvalid_i |= m.bvalid << c;
      top.rid_i |= m.rid << 2 * c;
      if (m.rvalid) memcpy(bytes_of(top.rdata_i) + 64 * c, m.rdata, beat);
    }
    if (background) drive_background();
    top.clk_i = 0;
  }

  // The upper half of the window is never stored to; scalar loads and weights read it.
  void drive_background() {
    uint64_t half = memory.bytes.size() / 2, low = memory.base + half;
    bool taken = load_was_ready && top.load_valid_i;
    if (taken) top.load_valid_i = 0;
    if (!loading && !top.load_valid_i && random.chance(5)) {
      load_double = random.chance(50);
      load_address = low + random.below(half / 8) * 8 + (load_double ? 0 : random.below(2) * 4);
      load_rd = random.below(32);
      top.load_valid_i = 1, top.load_address_i = load_address;
      top.load_double_i = load_double, top.load_rd_i = load_rd;
      loading = true;
    }
    for (unsigned c = 0; c < channels; c++) {
      if (top.req_valid_i >> c & 1) {
        if (!(weights_were_ready >> c & 1)) continue;
        top.req_valid_i &= ~(1 << c);
      }
      if (weights[c].size() >= top.outstanding_o || !random.chance(10)) continue;
      // Any burst that AXI allows: full length, and not across 4 KiB.
      uint64_t granules = half / beat / channels;
      uint64_t first = random.below(granules), page = 4096 / beat;
      uint64_t most = std::min<uint64_t>(top.burst_o, page - first % page);
      uint64_t address = low / beat / channels + first;
      memcpy(bytes_of(top.req_address_i) + 8 * c, &address, 8);
      bytes_of(top.req_beats_i)[c] = 1 + random.below(most);
      top.req_valid_i |= 1 << c;
    }
  }
  // Handshakes are seen before the edge.
  bool load_was_ready = false;
  unsigned weights_were_ready = 0;
  void step() {
    top.eval();
    load_was_ready = top.load_ready_o;
    weights_were_ready = top.req_ready_o;
    clock();
  }

  // A reset in the midst of an operation. What a store wrote until then stays; nothing else is left.
  void reset() {
    top.rst_ni = 0;
    top.start_i = top.load_valid_i = top.req_valid_i = 0;
    top.arready_i = top.rvalid_i = top.awready_i = top.wready_i = top.bvalid_i = 0;
    for (int level = 0; level < 2; level++) top.clk_i = level << config, top.eval();
    top.clk_i = 0;
    top.rst_ni = 1;
    if (top.eval(), top.arvalid_o || top.awvalid_o || top.wvalid_o || top.vre_o || top.vwe_o || top.done_o)
      fail("something is valid after the reset");
    for (unsigned c = 0; c < channels; c++) {
      for (auto &queue : axi[c].reads) queue.clear();
      axi[c].writes.clear(), axi[c].beats.clear(), axi[c].responses.clear(), weights[c].clear();
      axi[c].written = 0;
      axi[c].arready = axi[c].rvalid = axi[c].awready = axi[c].wready = axi[c].bvalid = false;
    }
    running = loading = false;
    load_was_ready = false, weights_were_ready = 0;
    resets++;
    if (kind >= Sv) {
      // Each byte is old or new; those outside of the store are the same in both.
      for (size_t i = 0; i < expected.size(); i++) {
        if (memory.bytes[i] != expected[i] && memory.bytes[i] != before[i]) fail("memory after a reset", i);
        expected[i] = memory.bytes[i];
      }
    }
  }

  void wait(unsigned reset_after = ~0u) {
    for (unsigned i = 0; running; i++) {
      step();
      if (running && i == reset_after) return reset();
      if (i > 1000000) fail("the operation does not end", kind, vl);
    }
  }

  uint64_t vector_address() {
    uint64_t room = memory.bytes.size() / 2 - 4 * vlmax;
    return memory.base + random.below(room / 64 + 1) * 64;
  }

  void run_random(unsigned count) {
    background = true;
    uint64_t alignments = 0, longest = 0, interleaved = 0, data_first = 0, bursts = 0;
    for (unsigned i = 0; i < count; i++) {
      if (i % 16 == 0) {
        // Fast and slow memories, each channel of its own mind.
        for (unsigned c = 0; c < channels; c++) {
          unsigned percents[] = {100, 90, 50, 15};
          axi[c].ar_ready = percents[random.below(4)], axi[c].r_valid = percents[random.below(4)];
          axi[c].aw_ready = percents[random.below(4)], axi[c].w_ready = percents[random.below(4)];
          axi[c].latency = 1 + random.below(30), axi[c].jitter = 1 + random.below(40);
        }
      }
      Kind k = Kind(i % 6);
      unsigned limit = std::min(vlmax, 3 * lanes + 3);
      // Every length in turn for every kind, and now and then a long or the longest one.
      unsigned n = 1 + (i / 6) % limit;
      if (random.chance(2)) n = random.chance(50) ? vlmax : 1 + random.below(vlmax);
      uint64_t address = vector_address();
      if (k == Sw) address += random.below(16) * 4;
      if (k == Sd) address += random.below(8) * 8;
      if (k < Sw) alignments |= 1 << (address / beat % channels);
      start(k, n, address, k == LdvH || k == LdvB ? random.below(32) : 0);
      if (random.chance(3)) {
        before = memory.bytes;
        wait(random.below(100));
      } else {
        wait();
      }
      if (random.chance(30)) for (unsigned gap = random.below(8); gap; gap--) step();
    }
    background = false;
    top.load_valid_i = 0, top.req_valid_i = 0;
    for (unsigned c = 0; c < channels; c++) {
      interleaved += axi[c].interleaved, data_first += axi[c].data_first, bursts += axi[c].bursts;
      longest = std::max(longest, axi[c].longest);
    }
    printf("operations %llu scalar_loads %llu weight_beats %llu clocks %llu bursts %llu longest %llu "
           "interleaved %llu data_first %llu alignments %llu resets %llu\n",
           (unsigned long long)completed, (unsigned long long)loads_completed,
           (unsigned long long)weight_beats, (unsigned long long)now, (unsigned long long)bursts,
           (unsigned long long)longest, (unsigned long long)interleaved,
           (unsigned long long)data_first, (unsigned long long)alignments,
           (unsigned long long)resets);
  }

  void run_timing(unsigned count) {
    printf("config lanes %u beat %u channels %u fifo %u burst %u\n", lanes, beat,
           channels, fifo, (unsigned)top.vector_burst_o);
    for (unsigned i = 0; i < count; i++) {
      unsigned latency = 1 + random.below(60);
      for (auto &m : axi) m.latency = latency;
      Kind k = Kind(i % 6);
      unsigned n = i < 6 ? vlmax : random.chance(50) ? 1 + random.below(3 * lanes) : 1 + random.below(vlmax);
      uint64_t address = vector_address();
      if (k == Sw) address += random.below(16) * 4;
      if (k == Sd) address += random.below(8) * 8;
      start(k, n, address, 0);
      wait();
      printf("%s vl %u granule %llu latency %u address %llu data %llu done %llu writes", names[k], n,
             (unsigned long long)(address / beat % (4096 / beat * channels)), latency,
             (unsigned long long)(first_address - started),
             (unsigned long long)(axi_data ? axi_data - started : 0),
             (unsigned long long)(now - 1 - started));
      for (auto c : write_clocks) printf(" %llu", (unsigned long long)c);
      printf("\n");
      // A scalar load alone.
      load_double = random.chance(50);
      load_address = vector_address() + random.below(8) * 8;
      load_rd = i % 32;
      loading = true;
      top.load_valid_i = 1, top.load_address_i = load_address, top.load_double_i = load_double;
      top.load_rd_i = load_rd;
      load_started = now;
      clock();
      top.load_valid_i = 0;
      while (loading) clock();
    }
  }
};

int main(int argc, char **argv) {
  if (argc != 5) return fprintf(stderr, "memory_tb random|timing CONFIG SEED COUNT\n"), 2;
  auto tb = std::make_unique<Testbench>(atoi(argv[2]), strtoull(argv[3], nullptr, 10));
  if (strcmp(argv[1], "random") == 0) tb->run_random(atoi(argv[4]));
  else tb->run_timing(atoi(argv[4]));
  return 0;
}
