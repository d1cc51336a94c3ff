// The simulated card: what its shell knows (identity, which bitstream it was programmed with), and the accelerator.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

#include "board.h"
#include "faults.h"
#include "state_folder.h"

using Guid = std::array<uint8_t, 16>;

// "b94a8d5f-..." as 16 bytes in the order of the text.
Guid parse_guid(const std::string& text);

class Card {
 public:
  // Everything from the environment (docs/card/hardware.md). Throws std::invalid_argument if it is wrong.
  Card();

  // Of the PCI function, and of the shell; those of a PAC D5005.
  static constexpr uint16_t kSegment = 0, kVendor = 0x8086, kDevice = 0x0b2b;
  static constexpr uint8_t kBus = 0x3b, kSlot = 0, kFunction = 0;
  static constexpr uint64_t kBitstreamId = 0x202000200000237;
  Guid interface_guid() const;
  const Guid& accelerator_guid() const { return accelerator_; }
  const Faults& faults() const { return faults_; }
  bool has_vanished() const { return vanished_ || accesses_ >= faults_.vanish; }

  // Have the card's accelerator for this process alone, as it is now. Returns false when somebody else has it.
  bool take();
  void give_back();
  bool is_taken_elsewhere();

  enum class Programmed { Ok, Invalid, WrongInterface, Failed, Busy };
  // gbs: a whole file.
  Programmed program(const uint8_t* gbs, size_t size);

  uint64_t read(uint32_t offset, unsigned bits);
  void write(uint32_t offset, uint64_t value, unsigned bits);
  void reset();
  HostMemory& host() { return board_->host(); }
  // Keep what the next process shall find, if a folder for it is given.
  void save();

 private:
  bool is_ours() const;
  void load();
  // Counts an access; returns whether the card answers it.
  bool answers();

  Faults faults_;
  Guid accelerator_;
  std::unique_ptr<Board> board_;
  StateFolder folder_;
  bool vanished_ = false;  // in an earlier process
  uint64_t accesses_ = 0;
  bool timed_out_ = false;
};
