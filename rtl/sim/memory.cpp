#include "memory.h"

#include <algorithm>
#include <cstring>

Memory::Memory(uint64_t size) : size_(size), pages_((size + kPageBytes - 1) / kPageBytes) {}

uint8_t* Memory::page(uint64_t address) {
  auto& page = pages_[address / kPageBytes];
  if (!page) page = std::make_unique<uint8_t[]>(kPageBytes);
  return page.get();
}

void Memory::read(uint64_t address, uint8_t* bytes, uint64_t count) const {
  while (count > 0) {
    const uint64_t offset = address % kPageBytes;
    const uint64_t part = std::min(count, kPageBytes - offset);
    const auto& page = pages_[address / kPageBytes];
    if (page)
      memcpy(bytes, page.get() + offset, part);
    else
      memset(bytes, 0, part);
    address += part;
    bytes += part;
    count -= part;
  }
}

void Memory::write(uint64_t address, const uint8_t* bytes, uint64_t count) {
  while (count > 0) {
    const uint64_t offset = address % kPageBytes;
    const uint64_t part = std::min(count, kPageBytes - offset);
    memcpy(page(address) + offset, bytes, part);
    address += part;
    bytes += part;
    count -= part;
  }
}

void Memory::write_masked(uint64_t address, const uint8_t* bytes, uint64_t strobe, unsigned count) {
  for (unsigned i = 0; i < count; i++)
    if (strobe >> i & 1) page(address + i)[(address + i) % kPageBytes] = bytes[i];
}

std::vector<uint64_t> Memory::pages() const {
  std::vector<uint64_t> addresses;
  for (size_t i = 0; i < pages_.size(); i++)
    if (pages_[i]) addresses.push_back(i * kPageBytes);
  return addresses;
}

void Memory::clear() {
  for (auto& page : pages_) page.reset();
}
