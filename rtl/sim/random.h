// A small seeded generator (splitmix64): the same on every host.
#pragma once

#include <cstdint>

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t next() {
    uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
  }
  // 0 to bound - 1
  uint32_t below(uint32_t bound) { return (next() >> 32) * bound >> 32; }
  bool chance(uint32_t of_256) { return below(256) < of_256; }

 private:
  uint64_t state_;
};
