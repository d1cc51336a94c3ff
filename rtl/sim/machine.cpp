#include "machine.h"

#include "core.h"

namespace {

constexpr size_t kHostQueue = 1 << 20;  // entries that the host keeps for the core, and of it
constexpr uint64_t kNever = ~uint64_t{0};

}  // namespace

Machine::Machine(const MachineSettings& settings)
    : settings_(settings),
      memory_(settings.dram_bytes),
      core_(std::make_unique<Core>(settings.random_initial)),
      trace_(*core_) {
  reset();
}

Machine::~Machine() = default;

void Machine::build_channels() {
  channels_.clear();
  channels_.reserve(Core::kChannels);
  for (unsigned c = 0; c < Core::kChannels; c++)
    channels_.emplace_back(memory_, settings_.dram, Core::kBeatBytes, c, Core::kChannels);
}

// What the host and the DRAM drive in the clock that begins.
void Machine::connect() {
  Core& core = *core_;
  for (unsigned c = 0; c < channels_.size(); c++) core.drive(c, channels_[c].response());
  core->in_valid_i = !input_.empty();
  if (!input_.empty()) core->in_data_i = input_.front();
  core->in_closed_i = closing_ && input_.empty();
  core->out_ready_i = taking_ || (!settings_.exact_queues && output_.size() < kHostQueue);
  core.settle();
}

void Machine::reset() {
  Core& core = *core_;
  build_channels();
  input_.clear();
  output_.clear();
  closing_ = false;
  running_ = false;
  counters_ = {};
  trace_.clear();
  core->program_we_i = 0;
  core->start_i = 0;
  core->pause_at_i = 0;  // the first run lets it go
  // An asynchronous reset works by its edge, before any clock.
  core->rst_ni = 1;
  core.settle();
  core->rst_ni = 0;
  connect();
  for (int i = 0; i < 4; i++) {
    core.clock_edge();
    core.settle();
  }
  core->rst_ni = 1;
  core.settle();
  time_ = 0;
}

void Machine::load(const std::vector<uint64_t>& words, std::vector<Destination> destinations) {
  Core& core = *core_;
  core->program_we_i = 1;
  for (size_t i = 0; i < words.size(); i++) {
    core->program_index_i = i;
    core->program_word_i = words[i];
    clock();
  }
  core->program_we_i = 0;
  connect();
  while (!core->ready_o) clock();
  trace_.set_destinations(std::move(destinations));
}

// The program's clocks are counted from here: the DRAM is as after reset, too.
void Machine::start(uint32_t entry, uint32_t length) {
  Core& core = *core_;
  build_channels();
  time_ = 0;
  core->entry_i = entry;
  core->program_length_i = length;
  core->start_i = 1;
  connect();
  running_ = true;
  clock();
  core->start_i = 0;
  connect();
}

size_t Machine::push_input(const std::vector<uint64_t>& entries) {
  size_t taken = 0;
  if (!settings_.exact_queues) {
    for (; taken < entries.size() && input_.size() < kHostQueue; taken++)
      input_.push_back(entries[taken]);
  } else {
    Core& core = *core_;
    const size_t most = hold_after_waiting(StopReason::Input);
    for (; taken < entries.size() && taken < most && core->in_ready_o; taken++) {
      input_.push_back(entries[taken]);
      connect();
      clock();
    }
  }
  connect();
  return taken;
}

// With exact queues: what waits at a queue goes on as soon as the host moves an entry, but nothing after it
// until the next run. Returns how many entries the host may move so that each is one that a machine that
// stands would have moved.
size_t Machine::hold_after_waiting(StopReason waiting) {
  if (!settings_.exact_queues || reason() != waiting) return kHostQueue;
  (*core_)->pause_at_i = (*core_)->instret_o + 1;
  return (*core_)->queue_entries_o;
}

std::vector<uint64_t> Machine::take_output() {
  const size_t most = hold_after_waiting(StopReason::Output);
  taking_ = true;
  connect();
  // Without this the core runs on while the queue is emptied; a core that stands loses no clock.
  const bool drain = settings_.exact_queues || reason() != StopReason::Clocks;
  for (size_t i = 0; drain && i < most && (*core_)->out_valid_o; i++) clock();
  taking_ = false;
  connect();
  return std::move(output_);
}

StopReason Machine::reason() const {
  const Core& core = *core_;
  if (core->halted_o) return StopReason::Halted;
  if (core->trapped_o) return StopReason::Trapped;
  if (core->waiting_input_o) return StopReason::Input;
  if (core->waiting_output_o && !core->out_ready_i) return StopReason::Output;
  if (core->paused_o) return StopReason::Paused;
  return StopReason::Clocks;
}

void Machine::clock() {
  Core& core = *core_;
  for (unsigned c = 0; c < channels_.size(); c++) channels_[c].clock(time_, core.request(c));
  if (core->in_valid_i && core->in_ready_o) input_.pop_front();
  if (core->out_valid_o && core->out_ready_i) output_.push_back(core->out_data_o);
  if (running_ && reason() == StopReason::Clocks) {
    counters_.clocks++;
    counters_.front_stalls[core->front_stall_o]++;
    counters_.issue_stalls[core->issue_stall_o]++;
    for (unsigned u = 0; u < counters_.busy.size(); u++)
      counters_.busy[u] += core->busy_o >> u & 1;
    counters_.starved += core->starved_o;
  }
  trace_.observe(core, time_);
  core.dump(time_, 0);
  core.clock_edge();
  core.dump(time_, 1);
  trace_.complete(core, memory_);
  time_++;
  connect();
}

Status Machine::run(uint64_t max_clocks, uint64_t pause_at) {
  (*core_)->pause_at_i = pause_at;
  connect();
  Status result = status();
  for (uint64_t i = 0; result.reason == StopReason::Clocks && i < max_clocks; i++) {
    if (trace_.full()) {
      result.reason = StopReason::Events;
      break;
    }
    clock();
    result.reason = reason();
  }
  const StopReason reason = result.reason;
  result = status();
  result.reason = reason;
  return result;
}

Status Machine::status() const {
  const Core& core = *core_;
  return {reason(),          core->trap_cause_o, core->trap_pc_o, core->trap_value_o,
          core->instret_o, counters_.clocks};
}

Counters Machine::counters() const {
  Counters counters = counters_;
  for (const AxiChannel& channel : channels_) {
    for (unsigned id = 0; id < 4; id++)
      counters.traffic.read_beats[id] += channel.traffic().read_beats[id];
    counters.traffic.write_beats += channel.traffic().write_beats;
    counters.traffic.written_bytes += channel.traffic().written_bytes;
  }
  return counters;
}

bool Machine::set_wave(const std::string& file, uint64_t from, uint64_t to) {
  return core_->set_wave(file, from, to);
}
