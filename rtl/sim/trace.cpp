#include "trace.h"

#include <stdexcept>
#include <string>

#include "content_hash.h"
#include "core.h"
#include "memory.h"

namespace {

constexpr unsigned kRms = 2;  // issue_unit_e
constexpr unsigned kUnits = 4;

}  // namespace

Trace::Trace(const Core& core) {
  const auto indexed = [](const char* name, size_t i) {
    return std::string(name) + "[" + std::to_string(i) + "]";
  };
  for (size_t r = 0; r < vectors_.size(); r++) {
    vectors_[r] = core.sram("u_vector_regs." + indexed("gen_registers", r));
    if (!vectors_[r].bytes) throw std::runtime_error("the core has no vector registers");
  }
  for (size_t r = 0; r < activations_.size(); r++) {
    auto& banks = activations_[r];
    const std::string scope = "u_activation_regs." + indexed("gen_registers", r) + ".";
    do banks.push_back(core.sram(scope + indexed("gen_banks", banks.size())));
    while (banks.back().bytes);
    banks.pop_back();
    if (banks.empty()) throw std::runtime_error("the core has no activation registers");
  }
}

void Trace::set_destinations(std::vector<Destination> destinations) {
  destinations_ = std::move(destinations);
}

void Trace::add_scalar(uint32_t sequence, uint32_t index, uint8_t rd, uint64_t value,
                       uint64_t clock) {
  events_.push_back({EventKind::Scalar, 0, rd, 0, sequence, index, 0, clock, value, 0});
}

void Trace::observe_retired(const Core& core, uint64_t clock) {
  const uint32_t sequence = core->retired_sequence_o, index = core->retired_index_o;
  const bool queued = core->retired_queued_o, writes = core->retired_writes_x_o;
  const uint8_t flags = (queued ? 1 : 0) | (writes ? 2 : 0);
  events_.push_back({EventKind::Retired, flags, core->retired_rd_o, 0, sequence, index, 0, clock,
                     writes ? core->retired_x_o : 0, 0});
  if (queued) queued_[sequence] = {index, core->queued_vl_o, core->queued_address_o};
  if (index < destinations_.size() && destinations_[index].kind == DestinationKind::ScalarLoad) {
    loading_ = sequence;
    loading_index_ = index;
  }
}

void Trace::observe_done(const Core& core, uint64_t clock) {
  for (unsigned unit = 0; unit < kUnits; unit++) {
    if (!(core->done_valid_o >> unit & 1)) continue;
    const uint32_t sequence = core->done_sequence_o[unit];
    const auto found = queued_.find(sequence);
    if (found == queued_.end()) continue;  // it was queued before the trace was turned on
    const auto [index, vl, address] = found->second;
    queued_.erase(found);
    const auto [kind, which] = destinations_.at(index);
    Event event{EventKind::Done, static_cast<uint8_t>(kind), which, static_cast<uint8_t>(unit),
                sequence, index, 0, clock, 0, 0};
    if (kind == DestinationKind::Activation) event.length = vl;
    if (kind == DestinationKind::Memory) {
      event.which = 0;
      event.length = which == 0 ? 4 * vl : which;
      event.address = address;
    }
    events_.push_back(event);
    if (unit != kRms || !core->argmax_update_o) continue;
    add_scalar(sequence, index, core->argmax_rd_index_o, core->argmax_index_o, clock);
    add_scalar(sequence, index, core->argmax_rd_max_o, core->argmax_max_o, clock);
  }
}

void Trace::observe(const Core& core, uint64_t clock) {
  if (!enabled) return;
  first_open_ = events_.size();
  if (core->loaded_valid_o)
    add_scalar(loading_, loading_index_, core->loaded_rd_o, core->loaded_x_o, clock);
  if (core->done_valid_o) observe_done(core, clock);
  if (core->retired_valid_o) observe_retired(core, clock);
}

void Trace::complete(const Core& core, const Memory& memory) {
  for (; first_open_ < events_.size(); first_open_++) {
    Event& event = events_[first_open_];
    if (event.kind != EventKind::Done) continue;
    event.value = hash(core, memory, event);
    if (event.sequence == capture_) captured_ = content(memory, event);
  }
}

uint64_t Trace::hash(const Core& core, const Memory& memory, const Event& event) const {
  ContentHash hash;
  switch (static_cast<DestinationKind>(event.flags)) {
    case DestinationKind::Vector:
      hash.add(vectors_[event.which].bytes, vectors_[event.which].size);
      return hash.value();
    case DestinationKind::Activation: {
      // The values, then the length, then the absmax.
      const std::vector<uint8_t> values = activation(event.which, event.length);
      hash.add(values.data(), values.size());
      hash.add(event.length);
      hash.add(core->absmax_o[event.which]);
      return hash.value();
    }
    case DestinationKind::Memory: {
      const std::vector<uint8_t> bytes = content(memory, event);
      hash.add(bytes.data(), bytes.size());
      return hash.value();
    }
    default:
      return 0;
  }
}

// Of an activation register: its values only.
std::vector<uint8_t> Trace::content(const Memory& memory, const Event& event) const {
  switch (static_cast<DestinationKind>(event.flags)) {
    case DestinationKind::Vector: {
      const Core::Sram& sram = vectors_[event.which];
      return std::vector<uint8_t>(sram.bytes, sram.bytes + sram.size);
    }
    case DestinationKind::Activation:
      return activation(event.which, event.length);
    case DestinationKind::Memory: {
      std::vector<uint8_t> bytes(event.length);
      memory.read(event.address, bytes.data(), bytes.size());
      return bytes;
    }
    default:
      return {};
  }
}

std::vector<uint8_t> Trace::activation(unsigned which, uint32_t length) const {
  const auto& banks = activations_[which];
  std::vector<uint8_t> values;
  values.reserve(length + banks[0].word_bytes);
  for (uint32_t word = 0; values.size() < length; word++) {
    const Core::Sram& bank = banks[word % banks.size()];
    const uint8_t* at = bank.bytes + word / banks.size() * bank.word_bytes;
    values.insert(values.end(), at, at + bank.word_bytes);
  }
  values.resize(length);
  return values;
}

std::vector<Event> Trace::take() {
  first_open_ = 0;
  return std::move(events_);
}

void Trace::clear() {
  events_.clear();
  queued_.clear();
  first_open_ = 0;
}
