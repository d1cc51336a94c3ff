#include "protocol.h"

#include <cstdio>
#include <cstdlib>

#include <unistd.h>

Pipe::Pipe() : output_(dup(STDOUT_FILENO)) {
  // Verilator's runtime and $display print to standard output.
  dup2(STDERR_FILENO, STDOUT_FILENO);
  setvbuf(stdout, nullptr, _IOLBF, 0);
}

bool Pipe::receive(Request& request, std::vector<uint8_t>& payload) {
  uint32_t length;
  uint8_t type;
  if (!read_all(&length, sizeof length) || !read_all(&type, sizeof type)) return false;
  payload.resize(length);
  request = static_cast<Request>(type);
  return read_all(payload.data(), length);
}

void Pipe::answer(const Writer& payload) { send(0, payload.bytes().data(), payload.bytes().size()); }

void Pipe::answer_error(const std::string& message) {
  send(1, reinterpret_cast<const uint8_t*>(message.data()), message.size());
}

void Pipe::send(uint8_t type, const uint8_t* bytes, size_t count) {
  uint8_t header[5];
  const uint32_t length = count;
  memcpy(header, &length, sizeof length);
  header[4] = type;
  write_all(header, sizeof header);
  write_all(bytes, count);
}

bool Pipe::read_all(void* bytes, size_t count) {
  auto* at = static_cast<uint8_t*>(bytes);
  while (count > 0) {
    const ssize_t got = read(STDIN_FILENO, at, count);
    if (got <= 0) return false;
    at += got;
    count -= got;
  }
  return true;
}

void Pipe::write_all(const void* bytes, size_t count) {
  auto* at = static_cast<const uint8_t*>(bytes);
  while (count > 0) {
    const ssize_t written = write(output_, at, count);
    if (written <= 0) exit(0);  // nobody listens any more
    at += written;
    count -= written;
  }
}
