#include "state_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <stdexcept>

namespace {

struct File {
  FILE* file;
  File(const std::string& path, const char* mode) : file(fopen(path.c_str(), mode)) {}
  ~File() { close(); }
  bool close() {
    FILE* const open = file;
    file = nullptr;
    return open && fclose(open) == 0;
  }
};

}  // namespace

StateFolder::StateFolder(const std::string& path) : path_(path) {
  struct stat found;
  if (!path_.empty() && (stat(path_.c_str(), &found) != 0 || !S_ISDIR(found.st_mode)))
    throw std::invalid_argument("TERNAC_SIM_STATE: there is no folder " + path_);
}

StateFolder::~StateFolder() { unlock(); }

bool StateFolder::lock() {
  if (path_.empty() || lock_ >= 0) return true;
  const std::string path = path_ + "/lock";
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0) throw std::runtime_error("cannot write " + path);
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    close(file);
    return false;
  }
  lock_ = file;
  remove((path_ + "/card.new").c_str());  // of a process that was killed
  return true;
}

void StateFolder::unlock() {
  if (lock_ >= 0) close(lock_);
  lock_ = -1;
}

bool StateFolder::is_locked_elsewhere() {
  if (lock_ >= 0) return false;
  const bool free = lock();
  unlock();
  return !free;
}

StateFolder::Version StateFolder::version() const {
  struct stat found;
  if (stat((path_ + "/card").c_str(), &found) != 0) return {};
  return {found.st_ino, found.st_mtim};
}

bool StateFolder::has_changed() const { return !path_.empty() && !(version() == seen_); }

void StateFolder::read(const std::function<bool(FILE*)>& parse) {
  if (path_.empty()) return;
  seen_ = version();
  const std::string path = path_ + "/card";
  File in(path, "rb");
  if (in.file && !parse(in.file)) throw std::runtime_error(path + " is damaged: remove it");
}

void StateFolder::replace(const std::function<void(FILE*)>& write) {
  if (path_.empty()) return;
  const std::string path = path_ + "/card", temporary = path + ".new";
  File out(temporary, "wb");
  if (out.file) write(out.file);
  const bool written = out.file && !ferror(out.file);
  if (!out.close() || !written || rename(temporary.c_str(), path.c_str()) != 0)
    throw std::runtime_error("cannot write " + path);
  seen_ = version();
}
