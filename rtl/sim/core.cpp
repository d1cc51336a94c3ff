#include "core.h"

#include <cstring>

#include "verilated_sym_props.h"
#include "verilated_syms.h"
#if VM_TRACE_FST
#include "verilated_fst_c.h"
#endif

// The model keeps values of any width as little-endian bytes, as does every host that it runs on.
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
static_assert(Core::kBeatBytes <= sizeof AxiResponse::r_data);

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

AxiRequest Core::request(unsigned c) const {
  const Vternac_sim& m = *model_;
  AxiRequest r;
  r.ar_valid = m.axi_arvalid_o[c];
  r.ar_id = m.axi_arid_o[c];
  r.ar_address = m.axi_araddr_o[c];
  r.ar_len = m.axi_arlen_o[c];
  r.r_ready = m.axi_rready_o[c];
  r.aw_valid = m.axi_awvalid_o[c];
  r.aw_address = m.axi_awaddr_o[c];
  r.aw_len = m.axi_awlen_o[c];
  r.w_valid = m.axi_wvalid_o[c];
  r.w_data = reinterpret_cast<const uint8_t*>(&m.axi_wdata_o[c]);
  r.w_strobe = m.axi_wstrb_o[c];
  r.w_last = m.axi_wlast_o[c];
  r.b_ready = m.axi_bready_o[c];
  return r;
}

namespace {

// Field c of a packed array of fields of so many bits.
template <typename T>
void set_field(T& array, unsigned c, unsigned bits, unsigned value) {
  const unsigned mask = ((1u << bits) - 1) << (c * bits);
  array = static_cast<T>((array & ~mask) | value << (c * bits));
}

}  // namespace

void Core::drive(unsigned c, const AxiResponse& r) {
  Vternac_sim& m = *model_;
  set_field(m.axi_arready_i, c, 1, r.ar_ready);
  set_field(m.axi_rvalid_i, c, 1, r.r_valid);
  set_field(m.axi_rid_i, c, 2, r.r_id);
  set_field(m.axi_rlast_i, c, 1, r.r_last);
  if (r.r_valid)
    memcpy(reinterpret_cast<uint8_t*>(&m.axi_rdata_i) + c * kBeatBytes, r.r_data, kBeatBytes);
  set_field(m.axi_awready_i, c, 1, r.aw_ready);
  set_field(m.axi_wready_i, c, 1, r.w_ready);
  set_field(m.axi_bvalid_i, c, 1, r.b_valid);
}

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
