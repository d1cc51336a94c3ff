// The Verilated model, behind an interface whose types do not depend on the configuration.
#pragma once

#include <memory>
#include <string>

#include "Vternac_sim.h"
#include "axi_channel.h"
#include "axi_pins.h"
#include "verilated.h"

class Core {
 public:
  // random_initial: what no reset reaches begins with random values, else with 0.
  explicit Core(bool random_initial);
  ~Core();

  Vternac_sim* operator->() { return model_.get(); }
  const Vternac_sim* operator->() const { return model_.get(); }

  using Pins = AxiPins<Vternac_sim>;
  static constexpr unsigned kChannels = Pins::kChannels;
  static constexpr unsigned kBeatBytes = Pins::kBeatBytes;

  AxiRequest request(unsigned channel) const;
  void drive(unsigned channel, const AxiResponse& response);
  // Settle what depends on the inputs.
  void settle() {
    model_->clk_i = 0;
    model_->eval();
  }
  // One clock ends: the registers take what was settled.
  void clock_edge();

  // The SRAM words_q of a scope inside the core: words of as many bytes, one behind the other. No bytes if
  // there is none.
  struct Sram {
    const uint8_t* bytes = nullptr;
    size_t size = 0;
    size_t word_bytes = 0;
  };
  Sram sram(const std::string& scope) const;

  bool set_wave(const std::string& file, uint64_t from, uint64_t to);
  // Dump the first (settled) or second half of a clock, if it is in the window.
  void dump(uint64_t clock, unsigned half);

 private:
  struct Wave;
  std::unique_ptr<VerilatedContext> context_;
  std::unique_ptr<Vternac_sim> model_;
  std::unique_ptr<Wave> wave_;
};
