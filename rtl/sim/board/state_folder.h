// The folder in which a simulated card lives from one process to the next: its file `card`, which appears whole or not
// at all, and its file `lock`, which the process that has the accelerator open holds, whatever ends that process.
#pragma once

#include <sys/stat.h>

#include <cstdio>
#include <functional>
#include <string>

class StateFolder {
 public:
  // path: of a folder; empty: nothing is kept, and nobody else is there. Throws std::invalid_argument if it is missing.
  explicit StateFolder(const std::string& path);
  ~StateFolder();
  StateFolder(const StateFolder&) = delete;

  // Returns false when another process holds it.
  bool lock();
  void unlock();
  bool is_held() const { return lock_ >= 0; }
  bool is_locked_elsewhere();

  // Whether another process wrote the file since it was read or written here.
  bool has_changed() const;
  // Read the file, if there is one; `parse` returns false when it is damaged, which throws std::runtime_error.
  void read(const std::function<bool(FILE*)>& parse);
  // Write it anew. Throws std::runtime_error, and leaves what was there, when that fails.
  void replace(const std::function<void(FILE*)>& write);

 private:
  // What tells one version of the file from another; zeros when there is none.
  struct Version {
    ino_t inode = 0;
    timespec time{};
    bool operator==(const Version& other) const {
      return inode == other.inode && time.tv_sec == other.time.tv_sec &&
             time.tv_nsec == other.time.tv_nsec;
    }
  };
  Version version() const;

  const std::string path_;
  int lock_ = -1;
  Version seen_;
};
