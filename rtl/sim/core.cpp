#include "core.h"

#include "verilated_sym_props.h"
#include "verilated_syms.h"
#if VM_TRACE_FST
#include "verilated_fst_c.h"
#endif

struct Core::Wave {
#if VM_TRACE_FST
  VerilatedFstC file;
#endif
  uint64_t from = 0, to = 0;
};

Core::Core(bool random_initial) : context_(std::make_unique<VerilatedContext>()) {
#if VM_TRACE_FST
  context_->traceEverOn(true);
#endif
  context_->randReset(random_initial ? 2 : 0);
  context_->randSeed(1);
  model_ = std::make_unique<Vternac_sim>(context_.get(), "TOP");
}

Core::~Core() {
  set_wave("", 0, 0);
  model_->final();
}

AxiRequest Core::request(unsigned c) const { return Pins::request(*model_, c); }

void Core::drive(unsigned c, const AxiResponse& r) { Pins::drive(*model_, c, r); }

void Core::clock_edge() {
  model_->clk_i = 1;
  model_->eval();
}

Core::Sram Core::sram(const std::string& scope) const {
  const VerilatedScope* found = context_->scopeFind(("TOP.ternac_sim.u_core." + scope).c_str());
  const VerilatedVar* var = found ? found->varFind("words_q") : nullptr;
  if (!var) return {};
  const size_t size = var->totalSize();
  return {static_cast<const uint8_t*>(var->datap()), size, size / var->unpacked().elements()};
}

bool Core::set_wave(const std::string& file, uint64_t from, uint64_t to) {
#if VM_TRACE_FST
  if (wave_) wave_->file.close();
  wave_.reset();
  if (file.empty()) return true;
  wave_ = std::make_unique<Wave>();
  wave_->from = from;
  wave_->to = to;
  model_->trace(&wave_->file, 99);
  wave_->file.open(file.c_str());
  return wave_->file.isOpen();
#else
  (void)from, (void)to;
  return file.empty();
#endif
}

void Core::dump(uint64_t clock, unsigned half) {
#if VM_TRACE_FST
  if (wave_ && clock >= wave_->from && clock < wave_->to) wave_->file.dump(2 * clock + half);
#else
  (void)clock, (void)half;
#endif
}
