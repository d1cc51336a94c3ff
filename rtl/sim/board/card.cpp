#include "card.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "registers.h"

// What the build knows of the configuration and the DRAM: src/board/sim/build.ts.
#if !defined(TERNAC_CLOCK_MHZ) || !defined(TERNAC_DRAM_QUEUE) || !defined(TERNAC_DRAM_TIMING)
#error "the simulated card is built by src/board/sim/build.ts"
#endif

namespace {

// Of the shell of a PAC D5005, and some other one.
constexpr char kInterface[] = "bfac4d85-1ee8-56fe-8c95-865ce1bbaa2d";
constexpr char kOtherInterface[] = "00000000-1111-2222-3333-444444444444";
// What a card holds that was never programmed with ternac: an accelerator with a feature header and nothing else.
constexpr char kForeign[] = "f7df405c-bd7a-cf72-22f1-44b0b93acd18";
constexpr uint64_t kAllOnes = ~uint64_t{0};

std::string environment(const char* name, const char* otherwise = "") {
  const char* value = getenv(name);
  return value && *value ? value : otherwise;
}

uint64_t number(const char* name, uint64_t otherwise) {
  const std::string text = environment(name);
  if (text.empty()) return otherwise;
  char* end;
  const uint64_t value = strtoull(text.c_str(), &end, 10);
  if (*end != 0) throw std::invalid_argument(std::string(name) + ": a number is expected");
  return value;
}

BoardSettings settings() {
  BoardSettings settings;
  const std::string mode = environment("TERNAC_SIM_DRAM", "ddr4");
  if (mode != "ddr4" && mode != "ideal" && mode != "random")
    throw std::invalid_argument("TERNAC_SIM_DRAM: ddr4, ideal or random is expected");
  settings.dram.mode = mode == "ddr4"    ? DramMode::Ddr4
                       : mode == "ideal" ? DramMode::Ideal
                                         : DramMode::Random;
  settings.dram.clock_mhz = TERNAC_CLOCK_MHZ;
  settings.dram.queue = TERNAC_DRAM_QUEUE;
  settings.dram.seed = number("TERNAC_SIM_SEED", 0);
  settings.dram.timing = DramTiming{TERNAC_DRAM_TIMING};
  settings.link.clock_mhz = TERNAC_CLOCK_MHZ;
  settings.link.random = mode == "random";
  settings.link.seed = settings.dram.seed;
  settings.poll_clocks = number("TERNAC_SIM_POLL_CLOCKS", 4096);
  return settings;
}

// The string behind "key": in a text of JSON; empty if there is none. A real loader reads all of it; here the driver's
// checks are what counts.
std::string json_string(const std::string& json, const std::string& key) {
  size_t at = json.find("\"" + key + "\"");
  if (at == std::string::npos) return "";
  at = json.find(':', at);
  if (at == std::string::npos) return "";
  const size_t begin = json.find('"', at);
  if (begin == std::string::npos) return "";
  const size_t end = json.find('"', begin + 1);
  return end == std::string::npos ? "" : json.substr(begin + 1, end - begin - 1);
}

uint64_t big_endian(const uint8_t* bytes) {
  uint64_t value = 0;
  for (int i = 0; i < 8; i++) value = value << 8 | bytes[i];
  return value;
}

// What the file of a card begins with: a mark, and whether the card has vanished.
constexpr uint64_t kMark = 0x0200'0043'414e'5254;  // "TRNAC", version 2

}  // namespace

Guid parse_guid(const std::string& text) {
  Guid guid{};
  size_t digits = 0;
  for (const char c : text) {
    if (c == '-') continue;
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0 || digits >= 32) throw std::invalid_argument("no UUID: " + text);
    guid[digits / 2] = guid[digits / 2] << 4 | digit;
    digits++;
  }
  if (digits != 32) throw std::invalid_argument("no UUID: " + text);
  return guid;
}

Card::Card()
    : faults_(Faults::parse(environment("TERNAC_SIM_FAULTS"))),
      accelerator_(parse_guid(environment("TERNAC_SIM_BOARD_EMPTY").empty() ? registers::kUuid
                                                                             : kForeign)),
      board_(std::make_unique<Board>(settings())),
      folder_(environment("TERNAC_SIM_STATE")) {
  board_->link().inject(faults_.link);
  load();
}

bool Card::take() {
  if (faults_.port_busy || !folder_.lock()) return false;
  if (folder_.has_changed()) load();
  return true;
}

void Card::give_back() { folder_.unlock(); }

bool Card::is_taken_elsewhere() { return faults_.port_busy || folder_.is_locked_elsewhere(); }

Guid Card::interface_guid() const {
  return parse_guid(faults_.wrong_interface ? kOtherInterface : kInterface);
}

bool Card::is_ours() const { return accelerator_ == parse_guid(registers::kUuid); }

Card::Programmed Card::program(const uint8_t* gbs, size_t size) {
  static constexpr char kMagic[] = "XeonFPGA\xb7GBSv001";
  constexpr size_t kHeader = 20;
  uint32_t length = 0;
  if (size > kHeader) memcpy(&length, gbs + 16, 4);
  if (size <= kHeader || memcmp(gbs, kMagic, 16) != 0 || length >= size - kHeader)
    return Programmed::Invalid;
  const std::string json(reinterpret_cast<const char*>(gbs) + kHeader, length);
  Guid interface, accelerator;
  try {
    interface = parse_guid(json_string(json, "interface-uuid"));
    accelerator = parse_guid(json_string(json, "accelerator-type-uuid"));
  } catch (const std::invalid_argument&) {
    return Programmed::Invalid;
  }
  if (interface != interface_guid()) return Programmed::WrongInterface;
  if (faults_.reconf_error) return Programmed::Failed;
  const bool held = folder_.is_held();
  if (!folder_.lock()) return Programmed::Busy;
  accelerator_ = accelerator;
  reset();
  save();
  if (!held) folder_.unlock();
  return Programmed::Ok;
}

bool Card::answers() {
  accesses_++;
  if (accesses_ == faults_.reset) reset();
  if (accesses_ == faults_.mmio_timeout) timed_out_ = true;
  return !timed_out_ && !has_vanished();
}

uint64_t Card::read(uint32_t offset, unsigned bits) {
  const uint64_t mask = bits == 64 ? kAllOnes : 0xffffffff;
  if (!answers()) return kAllOnes & mask;
  if (is_ours()) return board_->read(offset, bits);
  const uint32_t whole = offset & ~7u;
  uint64_t value = 0;
  if (whole == registers::kFeatureHeader) value = registers::kFeatureHeaderValue;
  if (whole == registers::kUuidLow) value = big_endian(&accelerator_[8]);
  if (whole == registers::kUuidHigh) value = big_endian(&accelerator_[0]);
  return value >> 8 * (offset & 7) & mask;
}

void Card::write(uint32_t offset, uint64_t value, unsigned bits) {
  if (answers() && is_ours()) board_->write(offset, value, bits);
}

void Card::reset() {
  timed_out_ = false;
  // A fault that took place is over.
  const HostLink::Faults left = board_->link().faults_left();
  board_->reset();
  board_->link().inject(left);
}

// ---- what is kept between processes: the accelerator's UUID, and the pages of DRAM that were written ----

void Card::save() {
  const bool vanished = has_vanished();
  folder_.replace([&](FILE* out) {
    const uint64_t head[2] = {kMark, vanished};
    fwrite(head, sizeof head, 1, out);
    fwrite(accelerator_.data(), 1, accelerator_.size(), out);
    if (vanished) return;  // without power DRAM keeps nothing
    Memory& memory = board_->memory();
    std::vector<uint8_t> page(Memory::kPageBytes);
    for (const uint64_t address : memory.pages()) {
      memory.read(address, page.data(), page.size());
      fwrite(&address, sizeof address, 1, out);
      fwrite(page.data(), 1, page.size(), out);
    }
  });
}

void Card::load() {
  folder_.read([&](FILE* in) {
    uint64_t head[2];
    if (fread(head, sizeof head, 1, in) != 1 || head[0] != kMark ||
        fread(accelerator_.data(), 1, accelerator_.size(), in) != accelerator_.size())
      return false;
    vanished_ = head[1];
    Memory& memory = board_->memory();
    memory.clear();
    std::vector<uint8_t> page(Memory::kPageBytes);
    for (uint64_t address; fread(&address, sizeof address, 1, in) == 1;) {
      if (fread(page.data(), 1, page.size(), in) != page.size() ||
          !memory.contains(address, page.size()))
        return false;
      memory.write(address, page.data(), page.size());
    }
    return true;
  });
}
