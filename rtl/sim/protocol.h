// Frames on standard input and output: length (u32), type (u8), payload; all little-endian. Every
// request is answered by one frame of type 0, or 1 with a text that says what was wrong.
#pragma once

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

// src/rtl/protocol.ts has the same numbers.
enum class Request : uint8_t {
  Configure,
  Reset,
  Program,
  Start,
  WriteMemory,
  ReadMemory,
  ClearMemory,
  PushInput,
  CloseInput,
  TakeOutput,
  Run,
  Status,
  Counters,
  SetEvents,
  TakeEvents,
  SetWave,
  SetCapture,
  Captured,
  Pages,
};

// Reads a payload front to back.
class Reader {
 public:
  explicit Reader(const std::vector<uint8_t>& bytes) : bytes_(bytes) {}

  template <typename T>
  T take() {
    T value;
    memcpy(&value, take(sizeof value), sizeof value);
    return value;
  }
  const uint8_t* take(size_t count) {
    if (count > bytes_.size() - at_) throw std::runtime_error("the request is too short");
    at_ += count;
    return bytes_.data() + at_ - count;
  }
  size_t left() const { return bytes_.size() - at_; }

 private:
  const std::vector<uint8_t>& bytes_;
  size_t at_ = 0;
};

// Collects an answer.
class Writer {
 public:
  template <typename T>
  void put(T value) {
    put(reinterpret_cast<const uint8_t*>(&value), sizeof value);
  }
  void put(const uint8_t* bytes, size_t count) { bytes_.insert(bytes_.end(), bytes, bytes + count); }
  uint8_t* extend(size_t count) {
    bytes_.resize(bytes_.size() + count);
    return bytes_.data() + bytes_.size() - count;
  }
  const std::vector<uint8_t>& bytes() const { return bytes_; }

 private:
  std::vector<uint8_t> bytes_;
};

// The two ends of the pipe. What others print to standard output goes to standard error from now on.
class Pipe {
 public:
  Pipe();
  // The next request; false when there will be none.
  bool receive(Request& request, std::vector<uint8_t>& payload);
  void answer(const Writer& payload);
  void answer_error(const std::string& message);

 private:
  void send(uint8_t type, const uint8_t* bytes, size_t count);
  bool read_all(void* bytes, size_t count);
  void write_all(const void* bytes, size_t count);
  int output_;
};
