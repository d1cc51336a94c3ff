// What a program was given and did not give back: told at the end of its process, where TERNAC_SIM_LEFT_OVER is set.
#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

// Counts the objects of a type that derives from it.
template <typename Object>
struct Counted {
  static inline size_t count = 0;
  Counted() { count++; }
  Counted(const Counted&) = delete;
  ~Counted() { count--; }
};

class LeftOver {
 public:
  // counts: of what is to be given back, with its name.
  explicit LeftOver(std::vector<std::pair<const char*, const size_t&>> counts)
      : counts_(std::move(counts)) {}
  ~LeftOver() {
    const char* wanted = getenv("TERNAC_SIM_LEFT_OVER");
    if (!wanted || !*wanted) return;
    for (const auto& [name, count] : counts_)
      if (count > 0) fprintf(stderr, "simulated card: %zu %s were not given back\n", count, name);
  }

 private:
  const std::vector<std::pair<const char*, const size_t&>> counts_;
};
