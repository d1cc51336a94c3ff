// A 64-bit hash of contents, which src/rtl/content-hash.ts computes, too: two lanes of 32 bits, each changed
// one to one by every word, so that contents that differ in one word never hash alike.
#pragma once

#include <cstdint>
#include <cstring>

class ContentHash {
 public:
  void add(uint32_t word) {
    a_ = (a_ ^ word) * 0x9e3779b1u;
    a_ ^= a_ >> 15;
    b_ = (b_ ^ word) * 0x85ebca6bu;
    b_ ^= b_ >> 13;
  }
  // Whole words, then the rest with zeros behind.
  void add(const uint8_t* bytes, uint64_t count) {
    for (; count >= 4; bytes += 4, count -= 4) add(word(bytes, 4));
    if (count > 0) add(word(bytes, count));
  }
  uint64_t value() const { return uint64_t{b_} << 32 | a_; }

 private:
  static uint32_t word(const uint8_t* bytes, uint64_t count) {
    uint32_t word = 0;
    memcpy(&word, bytes, count);
    return word;
  }
  uint32_t a_ = 0x243f6a88, b_ = 0x13198a2e;
};
