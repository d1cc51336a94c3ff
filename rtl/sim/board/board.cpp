#include "board.h"

#include <stdexcept>

#include "registers.h"

namespace {

constexpr int kResetClocks = 8;
// An access that is not answered in so many clocks is a bug: the registers answer in five.
constexpr int kAccessClocks = 64;

// Where everything hesitates at random, what no reset reaches begins with random values, too.
std::unique_ptr<VerilatedContext> make_context(const BoardSettings& settings) {
  auto context = std::make_unique<VerilatedContext>();
  context->randReset(settings.dram.mode == DramMode::Random ? 2 : 0);
  context->randSeed(static_cast<int>(settings.dram.seed) + 1);
  return context;
}

}  // namespace

Board::Board(const BoardSettings& settings)
    : settings_(settings),
      context_(make_context(settings)),
      model_(std::make_unique<Vternac_board>(context_.get(), "TOP")),
      memory_(dram_bytes(*model_)) {
  reset();
}

Board::~Board() { model_->final(); }

uint64_t Board::dram_bytes(Vternac_board& model) {
  model.eval();
  return model.dram_bytes_o;
}

void Board::settle() {
  model_->clk_i = 0;
  model_->eval();
}

// What banks and host drive in the clock that begins.
void Board::connect() {
  for (unsigned c = 0; c < channels_.size(); c++) Pins::drive(*model_, c, channels_[c].response());
  Host::drive(*model_, link_->response());
  settle();
}

void Board::clock() {
  for (unsigned c = 0; c < channels_.size(); c++)
    channels_[c].clock(time_, Pins::request(*model_, c));
  link_->clock(time_, Host::request(*model_));
  model_->clk_i = 1;
  model_->eval();
  time_++;
  total_clocks_++;
  connect();
}

void Board::reset() {
  // What was in flight is gone on both sides.
  channels_.clear();
  channels_.reserve(Pins::kChannels);
  for (unsigned c = 0; c < Pins::kChannels; c++)
    channels_.emplace_back(memory_, settings_.dram, Pins::kBeatBytes, c, Pins::kChannels);
  link_ = std::make_unique<HostLink>(host_, settings_.link);
  time_ = 0;
  model_->mmio_awvalid_i = model_->mmio_wvalid_i = model_->mmio_arvalid_i = 0;
  model_->mmio_bready_i = model_->mmio_rready_i = 1;
  // A register that begins with the value of its reset resets nothing in the model until the first clock: what is
  // asserted in that clock, of random values, means nothing.
  context_->assertOn(false);
  // An asynchronous reset works by its edge.
  model_->rst_ni = 1;
  settle();
  model_->rst_ni = 0;
  connect();
  for (int i = 0; i < kResetClocks; i++) {
    model_->clk_i = 1;
    model_->eval();
    settle();
  }
  context_->assertOn(true);
  model_->rst_ni = 1;
  settle();
  seen_ = status();
}

Board::Status Board::status() const {
  const Vternac_board& m = *model_;
  Status status;
  status.completed = m.copy_completed_o;
  status.output_count = m.output_count_o;
  status.state = m.core_state_o;
  status.waits = m.core_waits_o;
  return status;
}

// Whether anything can happen without the host.
bool Board::is_busy() const {
  const Status now = status();
  return model_->copy_busy_o || now.state == registers::kCoreStateResetting ||
         (now.state == registers::kCoreStateRunning && !now.waits);
}

// Let time pass until something has happened that the host does not know.
void Board::poll() {
  for (uint64_t i = 0; i < settings_.poll_clocks && is_busy() && status() == seen_; i++) clock();
}

uint64_t Board::read(uint32_t offset, unsigned bits) {
  const uint32_t whole = offset & ~7u;
  const bool polls = whole == registers::kCoreStatus || whole == registers::kCopyState ||
                     whole == registers::kCopyCompleted;
  if (polls) {
    poll();
    seen_ = status();  // what happens during the access itself is news at the next one
  }
  Vternac_board& m = *model_;
  m.mmio_arvalid_i = 1;
  m.mmio_araddr_i = offset;
  settle();
  int clocks = 0;
  const auto wait = [&](CData& signal) {
    while (!signal) {
      if (clocks++ > kAccessClocks) throw std::runtime_error("the registers do not answer a read");
      clock();
    }
  };
  wait(m.mmio_arready_o);
  clock();
  m.mmio_arvalid_i = 0;
  settle();
  wait(m.mmio_rvalid_o);
  const uint64_t value = m.mmio_rdata_o;
  clock();
  return bits == 64 ? value : value >> 8 * (offset & 4) & 0xffffffff;
}

void Board::write(uint32_t offset, uint64_t value, unsigned bits) {
  Vternac_board& m = *model_;
  const unsigned shift = offset & 4;  // bytes
  m.mmio_awvalid_i = m.mmio_wvalid_i = 1;
  m.mmio_awaddr_i = offset;
  m.mmio_wdata_i = bits == 64 ? value : value << 8 * shift;
  m.mmio_wstrb_i = bits == 64 ? 0xff : 0xf << shift;
  settle();
  int clocks = 0;
  const auto wait = [&](CData& signal) {
    while (!signal) {
      if (clocks++ > kAccessClocks) throw std::runtime_error("the registers do not answer a write");
      clock();
    }
  };
  wait(m.mmio_awready_o);
  clock();
  m.mmio_awvalid_i = m.mmio_wvalid_i = 0;
  settle();
  wait(m.mmio_bvalid_o);
  clock();
}
