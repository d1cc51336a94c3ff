// Runs the commands on its standard input, 32-bit words, on units_top, and answers with words. What they are is in
// test/rtl/units-bench.ts.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "Vunits_top.h"
#include "verilated.h"

namespace {

enum Command : uint32_t { kReset, kLoad, kRun, kStore, kStoreQ };

std::unique_ptr<Vunits_top> top;

uint32_t word() {
  uint32_t value;
  if (std::fread(&value, sizeof value, 1, stdin) != 1) {
    std::fprintf(stderr, "the commands end in the middle of one\n");
    std::exit(1);
  }
  return value;
}

uint64_t doubleWord() {
  const uint64_t low = word();
  return low | static_cast<uint64_t>(word()) << 32;
}

void answer(uint32_t value) { std::fwrite(&value, sizeof value, 1, stdout); }

void answerDouble(uint64_t value) {
  answer(static_cast<uint32_t>(value));
  answer(static_cast<uint32_t>(value >> 32));
}

void tick() {
  top->clk_i = 1;
  top->eval();
  top->clk_i = 0;
  top->eval();
}

void reset() {
  top->start_i = 0;
  top->rst_ni = 0;
  top->eval();
  tick();
  top->rst_ni = 1;
  top->eval();
  while (!top->ready_o) tick();
}

void load() {
  top->wreg_i = word();
  const uint32_t words = word();
  top->we_i = 1;
  for (uint32_t w = 0; w < words; w++) {
    top->wword_i = w;
    for (uint32_t l = 0; l < top->lanes_o; l++) top->wdata_i[l] = word();
    tick();
  }
  top->we_i = 0;
}

void store() {
  top->rreg_i = word();
  const uint32_t words = word();
  top->re_i = 1;
  for (uint32_t w = 0; w < words; w++) {
    top->rword_i = w;
    tick();
    for (uint32_t l = 0; l < top->lanes_o; l++) answer(top->rdata_o[l]);
  }
  top->re_i = 0;
}

void storeQ() {
  top->qrreg_i = word();
  const uint32_t words = word();
  answer(top->absmax_o[top->qrreg_i]);
  top->qre_i = 1;
  for (uint32_t w = 0; w < words; w++) {
    top->qrword_i = w;
    tick();
    for (uint32_t v = 0; v < top->values_o / 4; v++) answer((&top->qrdata_o[0])[v]);
  }
  top->qre_i = 0;
}

void run() {
  const uint32_t units = word();
  const uint32_t abort = word();  // reset in this clock; 0: never
  uint64_t vl = 0;
  top->opcode_i = top->vd_i = top->vs1_i = top->vs2_i = top->q_i = 0;
  for (int unit = 0; unit < 2; unit++) {
    if ((units >> unit & 1) == 0) continue;
    top->opcode_i |= word() << 8 * unit;
    top->vd_i |= word() << 3 * unit;
    top->vs1_i |= word() << 3 * unit;
    top->vs2_i |= word() << 3 * unit;
    top->q_i |= word() << 2 * unit;
    vl |= static_cast<uint64_t>(word()) << 14 * unit;
    for (int half = 0; half < 2; half++) top->scalar_i[2 * unit + half] = word();
    for (int half = 0; half < 2; half++) top->base_i[2 * unit + half] = word();
  }
  top->vl_i = vl;
  top->start_i = units;
  top->eval();
  uint32_t clocks[2] = {0, 0};
  uint32_t waiting = units;
  uint32_t update = 0;
  uint64_t index = 0, max = 0;
  for (uint32_t clock = 0; waiting != 0; clock++) {
    if (clock == 10'000'000) {
      std::fprintf(stderr, "no end after %u clocks\n", clock);
      std::exit(1);
    }
    if (abort != 0 && clock == abort) {
      reset();
      break;
    }
    for (int unit = 0; unit < 2; unit++) {
      if ((top->done_o >> unit & 1) == 0) continue;
      if ((waiting >> unit & 1) == 0) {
        std::fprintf(stderr, "unit %d is done, but has nothing to do\n", unit);
        std::exit(1);
      }
      clocks[unit] = clock;
      waiting &= ~(1u << unit);
    }
    if (top->argmax_valid_o) {
      update = 1 + top->argmax_update_o;
      index = top->argmax_index_o;
      max = top->argmax_max_o;
    }
    // The edge registers the instruction; then its operands may be anything.
    top->clk_i = 1;
    top->eval();
    top->start_i = 0;
    top->vl_i = 0;
    top->opcode_i = 0;
    top->clk_i = 0;
    top->eval();
  }
  answer(clocks[0]);
  answer(clocks[1]);
  answer(update);
  answerDouble(index);
  answerDouble(max);
}

}  // namespace

int main(int argc, char** argv) {
  Verilated::commandArgs(argc, argv);
  // What no reset reaches begins with anything.
  Verilated::randReset(2);
  Verilated::randSeed(1);
  top = std::make_unique<Vunits_top>();
  top->clk_i = 0;
  top->we_i = top->re_i = top->qre_i = 0;
  reset();
  answer(top->lanes_o);
  answer(top->values_o);
  for (uint32_t command; std::fread(&command, sizeof command, 1, stdin) == 1;) {
    switch (command) {
      case kReset: reset(); break;
      case kLoad: load(); break;
      case kRun: run(); break;
      case kStore: store(); break;
      case kStoreQ: storeQ(); break;
      default: std::fprintf(stderr, "no such command: %u\n", command); return 1;
    }
  }
  top->final();
  // Before Verilator's own globals are gone.
  top.reset();
  return 0;
}
