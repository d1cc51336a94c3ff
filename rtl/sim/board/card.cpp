#include "card.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

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

struct File {
  FILE* file;
  File(const std::string& path, const char* mode) : file(fopen(path.c_str(), mode)) {}
  ~File() {
    if (file) fclose(file);
  }
};

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
  if (!folder_.empty()) load();
}

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
  accelerator_ = accelerator;
  reset();
  save();
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

void Card::save() const {
  if (folder_.empty()) return;
  const std::string path = folder_ + "/card";
  {
    File out(path + ".new", "wb");
    if (!out.file) throw std::runtime_error("cannot write " + path);
    fwrite(accelerator_.data(), 1, accelerator_.size(), out.file);
    Memory& memory = board_->memory();
    std::vector<uint8_t> page(Memory::kPageBytes);
    for (const uint64_t address : memory.pages()) {
      const uint64_t count = page.size();
      memory.read(address, page.data(), count);
      fwrite(&address, sizeof address, 1, out.file);
      fwrite(page.data(), 1, count, out.file);
    }
    if (fflush(out.file) != 0 || ferror(out.file)) throw std::runtime_error("cannot write " + path);
  }
  if (rename((path + ".new").c_str(), path.c_str()) != 0)
    throw std::runtime_error("cannot write " + path);
}

void Card::load() {
  File in(folder_ + "/card", "rb");
  if (!in.file) return;  // the first process
  if (fread(accelerator_.data(), 1, accelerator_.size(), in.file) != accelerator_.size())
    throw std::runtime_error(folder_ + "/card is damaged: remove it");
  Memory& memory = board_->memory();
  std::vector<uint8_t> page(Memory::kPageBytes);
  for (uint64_t address; fread(&address, sizeof address, 1, in.file) == 1;) {
    if (fread(page.data(), 1, page.size(), in.file) != page.size() ||
        !memory.contains(address, page.size()))
      throw std::runtime_error(folder_ + "/card is damaged: remove it");
    memory.write(address, page.data(), page.size());
  }
}
