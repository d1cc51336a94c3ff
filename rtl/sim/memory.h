// Sparse host memory: what the simulated DRAM holds. Pages exist from their first write on; the rest is 0.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

class Memory {
 public:
  static constexpr uint64_t kPageBytes = 1 << 18;
  // size: bytes; nothing may be read or written beyond.
  explicit Memory(uint64_t size);

  void read(uint64_t address, uint8_t* bytes, uint64_t count) const;
  void write(uint64_t address, const uint8_t* bytes, uint64_t count);
  // Write those bytes whose bit in strobe is set; count is 64 at most.
  void write_masked(uint64_t address, const uint8_t* bytes, uint64_t strobe, unsigned count);
  // Everything becomes 0.
  void clear();
  // Addresses of the pages that were written.
  std::vector<uint64_t> pages() const;
  bool contains(uint64_t address, uint64_t count) const {
    return address <= size_ && count <= size_ - address;
  }

 private:
  uint8_t* page(uint64_t address);

  uint64_t size_;
  std::vector<std::unique_ptr<uint8_t[]>> pages_;
};
