// Faults of the simulated card, out of the environment variable TERNAC_SIM_FAULTS: names with or without a number,
// separated by commas, such as "mmio-timeout@20,no-hugepages". docs/card/hardware.md says what each one does.
#pragma once

#include <cstdint>
#include <string>

#include "host_link.h"

struct Faults {
  static constexpr uint64_t kNever = ~uint64_t{0};

  // By the number of the MMIO access, 1 for the first one of the process, from which on it is so.
  uint64_t mmio_timeout = kNever;
  uint64_t vanish = kNever;
  uint64_t reset = kNever;  // once, before that access
  // By the number of the line that moves between host and card, 0 for the first one.
  HostLink::Faults link;
  // Always.
  bool port_busy = false;
  bool wrong_interface = false;
  bool reconf_error = false;
  bool no_hugepages = false;

  // Throws std::invalid_argument that says what is wrong with the text.
  static Faults parse(const std::string& text);
};
