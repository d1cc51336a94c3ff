// A card without a card: the Verilated accelerator, its banks behind the DRAM model, host memory behind the link's
// model, and MMIO. Time passes only inside calls: a few clocks for an MMIO access, and more for one that asks whether
// something has happened, so that a host that polls comes to its end. The same calls take the same clocks.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "Vternac_board.h"
#include "../axi_channel.h"
#include "../axi_pins.h"
#include "host_link.h"
#include "host_pins.h"
#include "../memory.h"
#include "verilated.h"

struct BoardSettings {
  DramSettings dram;
  LinkSettings link;
  uint64_t poll_clocks;  // most clocks that pass while a status is asked for
};

class Board {
 public:
  explicit Board(const BoardSettings& settings);
  ~Board();

  // Reset the accelerator, whatever it is doing. The banks keep their contents.
  void reset();
  // A register, or half of one (bits: 32 or 64; the offset a multiple of that).
  uint64_t read(uint32_t offset, unsigned bits);
  void write(uint32_t offset, uint64_t value, unsigned bits);

  Memory& memory() { return memory_; }
  HostMemory& host() { return host_; }
  HostLink& link() { return *link_; }
  uint64_t clocks() const { return total_clocks_; }

 private:
  using Pins = AxiPins<Vternac_board>;
  using Host = HostPins<Vternac_board>;

  // What a host polls for.
  struct Status {
    uint64_t completed = 0;
    uint32_t output_count = 0;
    uint8_t state = 0;
    bool waits = false;
    bool operator==(const Status& other) const {
      return completed == other.completed && output_count == other.output_count &&
             state == other.state && waits == other.waits;
    }
  };

  static uint64_t dram_bytes(Vternac_board& model);
  void settle();
  void connect();
  void clock();
  Status status() const;
  bool is_busy() const;
  void poll();

  const BoardSettings settings_;
  std::unique_ptr<VerilatedContext> context_;
  std::unique_ptr<Vternac_board> model_;
  Memory memory_;
  HostMemory host_;
  std::vector<AxiChannel> channels_;
  std::unique_ptr<HostLink> link_;
  int64_t time_ = 0;  // clocks since reset
  uint64_t total_clocks_ = 0;
  Status seen_;  // what the host knows
};
