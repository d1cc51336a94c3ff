// The simulator: a child process that a host drives over standard input and output (protocol.h).
#include <memory>
#include <stdexcept>

#include "machine.h"
#include "protocol.h"

namespace {

template <typename T>
std::vector<T> take_all(Reader& reader) {
  std::vector<T> values(reader.left() / sizeof(T));
  for (T& value : values) value = reader.take<T>();
  return values;
}

std::unique_ptr<Machine> configure(Reader& reader) {
  MachineSettings settings;
  settings.dram_bytes = reader.take<uint64_t>();
  settings.exact_queues = reader.take<uint8_t>() != 0;
  settings.random_initial = reader.take<uint8_t>() != 0;
  settings.dram.mode = static_cast<DramMode>(reader.take<uint8_t>());
  settings.dram.clock_mhz = reader.take<uint32_t>();
  settings.dram.queue = reader.take<uint32_t>();
  settings.dram.seed = reader.take<uint64_t>();
  settings.dram.timing = reader.take<DramTiming>();
  return std::make_unique<Machine>(settings);
}

void load(Machine& machine, Reader& reader) {
  std::vector<uint64_t> words(reader.take<uint32_t>());
  for (uint64_t& word : words) word = reader.take<uint64_t>();
  std::vector<Destination> destinations(words.size());
  for (Destination& destination : destinations) {
    destination.kind = static_cast<DestinationKind>(reader.take<uint8_t>());
    destination.which = reader.take<uint8_t>();
  }
  machine.load(words, std::move(destinations));
}

void put_status(Writer& writer, const Status& status) {
  writer.put(status.reason);
  writer.put(status.trap_cause);
  for (uint64_t value :
       {status.trap_pc, status.trap_value, status.instret, status.clocks})
    writer.put(value);
}

void put_counters(Writer& writer, const Counters& counters) {
  writer.put(counters.clocks);
  for (uint64_t count : counters.front_stalls) writer.put(count);
  for (uint64_t count : counters.issue_stalls) writer.put(count);
  for (uint64_t count : counters.busy) writer.put(count);
  writer.put(counters.starved);
  for (uint64_t beats : counters.traffic.read_beats) writer.put(beats);
  writer.put(counters.traffic.write_beats);
  writer.put(counters.traffic.written_bytes);
}

void check_range(const Machine& machine, uint64_t address, uint64_t count) {
  if (!machine.memory().contains(address, count))
    throw std::runtime_error("an access of the host is outside of DRAM");
}

void handle(Request request, Reader& reader, Machine& machine, Writer& writer) {
  switch (request) {
    case Request::Reset:
      return machine.reset();
    case Request::Program:
      return load(machine, reader);
    case Request::Start: {
      const auto entry = reader.take<uint32_t>();
      return machine.start(entry, reader.take<uint32_t>());
    }
    case Request::WriteMemory: {
      const auto address = reader.take<uint64_t>();
      const size_t count = reader.left();
      check_range(machine, address, count);
      return machine.memory().write(address, reader.take(count), count);
    }
    case Request::ReadMemory: {
      const auto address = reader.take<uint64_t>();
      const auto count = reader.take<uint32_t>();
      check_range(machine, address, count);
      return machine.memory().read(address, writer.extend(count), count);
    }
    case Request::ClearMemory:
      return machine.memory().clear();
    case Request::PushInput:
      return writer.put<uint32_t>(machine.push_input(take_all<uint64_t>(reader)));
    case Request::CloseInput:
      return machine.close_input();
    case Request::TakeOutput:
      for (uint64_t entry : machine.take_output()) writer.put(entry);
      return;
    case Request::Run: {
      const auto clocks = reader.take<uint64_t>();
      return put_status(writer, machine.run(clocks, reader.take<uint64_t>()));
    }
    case Request::Status:
      return put_status(writer, machine.status());
    case Request::Counters:
      return put_counters(writer, machine.counters());
    case Request::SetEvents:
      machine.trace().enabled = reader.take<uint8_t>() != 0;
      return;
    case Request::TakeEvents:
      for (const Event& event : machine.trace().take()) writer.put(event);
      return;
    case Request::SetWave: {
      const auto from = reader.take<uint64_t>();
      const auto to = reader.take<uint64_t>();
      const size_t count = reader.left();
      const std::string file(reinterpret_cast<const char*>(reader.take(count)), count);
      if (!machine.set_wave(file, from, to)) throw std::runtime_error("cannot write " + file);
      return;
    }
    case Request::SetCapture:
      return machine.trace().set_capture(reader.take<int64_t>());
    case Request::Captured: {
      const std::vector<uint8_t>& bytes = machine.trace().captured();
      return writer.put(bytes.data(), bytes.size());
    }
    case Request::Pages:
      for (uint64_t address : machine.memory().pages()) writer.put(address);
      return;
    default:
      throw std::runtime_error("there is no such request");
  }
}

}  // namespace

int main() {
  Pipe pipe;
  std::unique_ptr<Machine> machine;
  Request request;
  std::vector<uint8_t> payload;
  while (pipe.receive(request, payload)) {
    Reader reader(payload);
    Writer writer;
    try {
      if (request == Request::Configure)
        machine = configure(reader);
      else if (machine)
        handle(request, reader, *machine, writer);
      else
        throw std::runtime_error("the simulator is not configured");
      pipe.answer(writer);
    } catch (const std::exception& error) {
      pipe.answer_error(error.what());
    }
  }
}
