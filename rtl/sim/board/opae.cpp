// The entry points of libopae-c that a driver uses, with the simulated card behind them: a stand-in for the library, for
// machines without a card. Names, signatures and numbers are those of opae-sdk 2.x; what its documentation does not say
// is as its plugin for the D5005's shell does it (docs/card/hardware.md).
#include <sys/mman.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <map>
#include <memory>
#include <string>

#include "card.h"
#include "left_over.h"
#include "registers.h"

#define EXPORT extern "C" __attribute__((visibility("default")))

namespace {

enum fpga_result : int {
  FPGA_OK,
  FPGA_INVALID_PARAM,
  FPGA_BUSY,
  FPGA_EXCEPTION,
  FPGA_NOT_FOUND,
  FPGA_NO_MEMORY,
  FPGA_NOT_SUPPORTED,
  FPGA_NO_DRIVER,
  FPGA_NO_DAEMON,
  FPGA_NO_ACCESS,
  FPGA_RECONF_ERROR,
};
enum fpga_objtype : int { FPGA_DEVICE, FPGA_ACCELERATOR };
enum fpga_accelerator_state : int { FPGA_ACCELERATOR_ASSIGNED, FPGA_ACCELERATOR_UNASSIGNED };
constexpr int kOpenShared = 1, kBufferPreallocated = 1, kReconfigureForce = 1;

constexpr size_t kPage = 4096;
constexpr uint64_t kBufferStep = 1 << 21;  // between the IO addresses of buffers

struct Properties : Counted<Properties> {
  static constexpr uint32_t kMagic = 0x70726f70;
  uint32_t magic = kMagic;
  bool has_type = false, has_guid = false;
  fpga_objtype type = FPGA_DEVICE;
  Guid guid{};
};

struct Token : Counted<Token> {
  static constexpr uint32_t kMagic = 0x746f6b65;
  uint32_t magic = kMagic;
  fpga_objtype type;
};

struct Buffer {
  uint8_t* bytes;
  size_t size;
  uint64_t io_address;
};

struct Handle : Counted<Handle> {
  static constexpr uint32_t kMagic = 0x68616e64;
  uint32_t magic = kMagic;
  fpga_objtype type;
  std::map<uint64_t, Buffer> buffers;
};

// Every process has one card, which is there from the first call on; or what is wrong with its environment.
std::unique_ptr<Card> the_card;
std::string the_failure;
unsigned open_count[2];  // by type
uint64_t next_buffer = 1;
size_t buffer_count = 0;
const LeftOver left_over({{"handles", Counted<Handle>::count},
                          {"buffers", buffer_count},
                          {"tokens", Counted<Token>::count},
                          {"properties", Counted<Properties>::count}});

Card& card() {
  if (!the_failure.empty()) throw std::runtime_error(the_failure);
  try {
    if (!the_card) the_card = std::make_unique<Card>();
  } catch (const std::exception& error) {
    the_failure = error.what();
    throw;
  }
  return *the_card;
}

// What goes wrong inside must not go through C.
template <typename Call>
fpga_result guarded(Call call) {
  try {
    return call();
  } catch (const std::exception& error) {
    fprintf(stderr, "simulated card: %s\n", error.what());
    return FPGA_EXCEPTION;
  }
}

template <typename Object>
Object* object(void* pointer) {
  auto* found = static_cast<Object*>(pointer);
  return found && found->magic == Object::kMagic ? found : nullptr;
}

Guid guid_of(fpga_objtype type) {
  return type == FPGA_DEVICE ? card().interface_guid() : card().accelerator_guid();
}

bool matches(const Properties& filter, fpga_objtype type) {
  return (!filter.has_type || filter.type == type) &&
         (!filter.has_guid || filter.guid == guid_of(type));
}

void release(Buffer& buffer) {
  card().host().remove(buffer.io_address);
  munmap(buffer.bytes, buffer.size);
  buffer_count--;
}

// Properties of a token, for those that are the same for device and accelerator.
template <typename T>
fpga_result give(void* properties, T* out, T value) {
  if (!object<Properties>(properties) || !out) return FPGA_INVALID_PARAM;
  *out = value;
  return FPGA_OK;
}

// Properties that only one of both has.
template <typename T>
fpga_result give_for(fpga_objtype type, void* properties, T* out, T value) {
  const auto* found = object<Properties>(properties);
  if (!found || !out) return FPGA_INVALID_PARAM;
  if (!found->has_type || found->type != type) return FPGA_INVALID_PARAM;
  *out = value;
  return FPGA_OK;
}

// An access to a register: the handle of an accelerator, space 0, aligned, inside.
fpga_result check_mmio(void* handle, uint32_t space, uint64_t offset, unsigned bytes) {
  const auto* found = object<Handle>(handle);
  if (!found || space != 0) return FPGA_INVALID_PARAM;
  if (found->type != FPGA_ACCELERATOR) return FPGA_NOT_SUPPORTED;
  if (offset % bytes != 0 || offset > registers::kMmioBytes - bytes) return FPGA_INVALID_PARAM;
  return FPGA_OK;
}

}  // namespace

EXPORT const char* fpgaErrStr(fpga_result result) {
  static const char* const names[] = {
      "success",         "invalid parameter",     "resource busy", "exception",
      "not found",       "no memory",             "not supported", "no driver available",
      "no fpga daemon running", "insufficient privileges", "reconfiguration error"};
  return result >= FPGA_OK && result <= FPGA_RECONF_ERROR ? names[result] : "unknown error";
}

EXPORT fpga_result fpgaInitialize(const char*) { return FPGA_OK; }
EXPORT fpga_result fpgaFinalize() { return FPGA_OK; }

// ---- properties -------------------------------------------------------------------------------------

EXPORT fpga_result fpgaGetProperties(void* token, void** properties) {
  if (!properties) return FPGA_INVALID_PARAM;
  return guarded([&] {
    auto made = std::make_unique<Properties>();
    if (token) {
      const auto* of = object<Token>(token);
      if (!of) return FPGA_INVALID_PARAM;
      made->has_type = made->has_guid = true;
      made->type = of->type;
      made->guid = guid_of(of->type);
    }
    *properties = made.release();
    return FPGA_OK;
  });
}

EXPORT fpga_result fpgaDestroyProperties(void** properties) {
  auto* found = properties ? object<Properties>(*properties) : nullptr;
  if (!found) return FPGA_INVALID_PARAM;
  found->magic = 0;
  delete found;
  *properties = nullptr;
  return FPGA_OK;
}

EXPORT fpga_result fpgaPropertiesSetObjectType(void* properties, fpga_objtype type) {
  auto* found = object<Properties>(properties);
  if (!found || (type != FPGA_DEVICE && type != FPGA_ACCELERATOR)) return FPGA_INVALID_PARAM;
  found->has_type = true;
  found->type = type;
  return FPGA_OK;
}

EXPORT fpga_result fpgaPropertiesGetObjectType(void* properties, fpga_objtype* type) {
  const auto* found = object<Properties>(properties);
  if (!found || !type) return FPGA_INVALID_PARAM;
  if (!found->has_type) return FPGA_NOT_FOUND;
  *type = found->type;
  return FPGA_OK;
}

EXPORT fpga_result fpgaPropertiesSetGUID(void* properties, const uint8_t* guid) {
  auto* found = object<Properties>(properties);
  if (!found || !guid) return FPGA_INVALID_PARAM;
  found->has_guid = true;
  memcpy(found->guid.data(), guid, found->guid.size());
  return FPGA_OK;
}

EXPORT fpga_result fpgaPropertiesGetGUID(void* properties, uint8_t* guid) {
  const auto* found = object<Properties>(properties);
  if (!found || !guid) return FPGA_INVALID_PARAM;
  if (!found->has_guid) return FPGA_NOT_FOUND;
  memcpy(guid, found->guid.data(), found->guid.size());
  return FPGA_OK;
}

EXPORT fpga_result fpgaPropertiesGetSegment(void* properties, uint16_t* out) {
  return give(properties, out, Card::kSegment);
}
EXPORT fpga_result fpgaPropertiesGetBus(void* properties, uint8_t* out) {
  return give(properties, out, Card::kBus);
}
EXPORT fpga_result fpgaPropertiesGetDevice(void* properties, uint8_t* out) {
  return give(properties, out, Card::kSlot);
}
EXPORT fpga_result fpgaPropertiesGetFunction(void* properties, uint8_t* out) {
  return give(properties, out, Card::kFunction);
}
EXPORT fpga_result fpgaPropertiesGetVendorID(void* properties, uint16_t* out) {
  return give(properties, out, Card::kVendor);
}
EXPORT fpga_result fpgaPropertiesGetDeviceID(void* properties, uint16_t* out) {
  return give(properties, out, Card::kDevice);
}
EXPORT fpga_result fpgaPropertiesGetNumSlots(void* properties, uint32_t* out) {
  return give_for<uint32_t>(FPGA_DEVICE, properties, out, 1);
}
EXPORT fpga_result fpgaPropertiesGetBBSID(void* properties, uint64_t* out) {
  return give_for(FPGA_DEVICE, properties, out, Card::kBitstreamId);
}
EXPORT fpga_result fpgaPropertiesGetNumMMIO(void* properties, uint32_t* out) {
  return give_for<uint32_t>(FPGA_ACCELERATOR, properties, out, 2);
}
EXPORT fpga_result fpgaPropertiesGetAcceleratorState(void* properties,
                                                     fpga_accelerator_state* out) {
  return guarded([&] {
    const bool taken = card().is_taken_elsewhere() || open_count[FPGA_ACCELERATOR] > 0;
    return give_for(FPGA_ACCELERATOR, properties, out,
                    taken ? FPGA_ACCELERATOR_ASSIGNED : FPGA_ACCELERATOR_UNASSIGNED);
  });
}

// ---- finding and opening ----------------------------------------------------------------------------

EXPORT fpga_result fpgaEnumerate(void* const* filters, uint32_t num_filters, void** tokens,
                                 uint32_t max_tokens, uint32_t* num_matches) {
  if (!num_matches || (num_filters > 0 && !filters) || (num_filters == 0 && filters) ||
      (max_tokens > 0 && !tokens))
    return FPGA_INVALID_PARAM;
  return guarded([&] {
    *num_matches = 0;
    for (uint32_t i = 0; i < num_filters; i++)
      if (!object<Properties>(filters[i])) return FPGA_INVALID_PARAM;
    if (card().has_vanished()) return FPGA_OK;
    for (const fpga_objtype type : {FPGA_DEVICE, FPGA_ACCELERATOR}) {
      bool wanted = num_filters == 0;
      for (uint32_t i = 0; i < num_filters; i++)
        wanted = wanted || matches(*object<Properties>(filters[i]), type);
      if (!wanted) continue;
      if (*num_matches < max_tokens) {
        auto token = std::make_unique<Token>();
        token->type = type;
        tokens[*num_matches] = token.release();
      }
      ++*num_matches;
    }
    return FPGA_OK;
  });
}

EXPORT fpga_result fpgaDestroyToken(void** token) {
  auto* found = token ? object<Token>(*token) : nullptr;
  if (!found) return FPGA_INVALID_PARAM;
  found->magic = 0;
  delete found;
  *token = nullptr;
  return FPGA_OK;
}

EXPORT fpga_result fpgaOpen(void* token, void** handle, int flags) {
  const auto* found = object<Token>(token);
  if (!found || !handle) return FPGA_INVALID_PARAM;
  return guarded([&] {
    if (card().has_vanished()) return FPGA_NO_DRIVER;
    const bool exclusive = !(flags & kOpenShared);
    if (exclusive && open_count[found->type] > 0) return FPGA_BUSY;
    if (found->type == FPGA_ACCELERATOR && !card().take()) return FPGA_BUSY;
    auto made = std::make_unique<Handle>();
    made->type = found->type;
    open_count[found->type]++;
    *handle = made.release();
    return FPGA_OK;
  });
}

EXPORT fpga_result fpgaClose(void* handle) {
  auto* found = object<Handle>(handle);
  if (!found) return FPGA_INVALID_PARAM;
  return guarded([&] {
    // The kernel resets a port when nobody has it open any more, before it takes the buffers away.
    if (--open_count[found->type] == 0 && found->type == FPGA_ACCELERATOR) {
      if (!card().has_vanished()) card().reset();
      card().save();
      card().give_back();
    }
    for (auto& [_, buffer] : found->buffers) release(buffer);
    found->magic = 0;
    delete found;
    return FPGA_OK;
  });
}

EXPORT fpga_result fpgaReset(void* handle) {
  const auto* found = object<Handle>(handle);
  if (!found) return FPGA_INVALID_PARAM;
  if (found->type != FPGA_ACCELERATOR) return FPGA_NOT_SUPPORTED;
  return guarded([&] {
    if (card().has_vanished()) return FPGA_EXCEPTION;
    card().reset();
    return FPGA_OK;
  });
}

EXPORT fpga_result fpgaReconfigureSlot(void* handle, uint32_t slot, const uint8_t* bitstream,
                                       size_t length, int flags) {
  const auto* found = object<Handle>(handle);
  if (!found || !bitstream || length == 0 || slot != 0) return FPGA_INVALID_PARAM;
  if (found->type != FPGA_DEVICE) return FPGA_INVALID_PARAM;
  return guarded([&] {
    if (card().has_vanished()) return FPGA_EXCEPTION;
    if (!(flags & kReconfigureForce) &&
        (card().is_taken_elsewhere() || open_count[FPGA_ACCELERATOR] > 0))
      return FPGA_BUSY;
    switch (card().program(bitstream, length)) {
      case Card::Programmed::Ok:
        return FPGA_OK;
      case Card::Programmed::Failed:
        return FPGA_RECONF_ERROR;
      case Card::Programmed::Busy:
        return FPGA_BUSY;
      default:
        return FPGA_INVALID_PARAM;
    }
  });
}

// ---- registers --------------------------------------------------------------------------------------

EXPORT fpga_result fpgaReadMMIO64(void* handle, uint32_t space, uint64_t offset, uint64_t* value) {
  if (!value) return FPGA_INVALID_PARAM;
  const fpga_result checked = check_mmio(handle, space, offset, 8);
  if (checked != FPGA_OK) return checked;
  return guarded([&] {
    *value = card().read(offset, 64);
    return FPGA_OK;
  });
}

EXPORT fpga_result fpgaReadMMIO32(void* handle, uint32_t space, uint64_t offset, uint32_t* value) {
  if (!value) return FPGA_INVALID_PARAM;
  const fpga_result checked = check_mmio(handle, space, offset, 4);
  if (checked != FPGA_OK) return checked;
  return guarded([&] {
    *value = card().read(offset, 32);
    return FPGA_OK;
  });
}

EXPORT fpga_result fpgaWriteMMIO64(void* handle, uint32_t space, uint64_t offset, uint64_t value) {
  const fpga_result checked = check_mmio(handle, space, offset, 8);
  if (checked != FPGA_OK) return checked;
  return guarded([&] {
    card().write(offset, value, 64);
    return FPGA_OK;
  });
}

EXPORT fpga_result fpgaWriteMMIO32(void* handle, uint32_t space, uint64_t offset, uint32_t value) {
  const fpga_result checked = check_mmio(handle, space, offset, 4);
  if (checked != FPGA_OK) return checked;
  return guarded([&] {
    card().write(offset, value, 32);
    return FPGA_OK;
  });
}

// ---- buffers ----------------------------------------------------------------------------------------

EXPORT fpga_result fpgaPrepareBuffer(void* handle, uint64_t length, void** address, uint64_t* id,
                                     int flags) {
  auto* found = object<Handle>(handle);
  if (!found || !address || !id || length == 0) return FPGA_INVALID_PARAM;
  if (flags & kBufferPreallocated) return FPGA_NOT_SUPPORTED;
  if (found->type != FPGA_ACCELERATOR) return FPGA_INVALID_PARAM;
  return guarded([&] {
    if (card().has_vanished()) return FPGA_EXCEPTION;
    if (length > kPage && card().faults().no_hugepages) return FPGA_NO_MEMORY;
    Buffer buffer;
    buffer.size = (length + kPage - 1) / kPage * kPage;
    void* bytes = mmap(nullptr, buffer.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                       -1, 0);
    if (bytes == MAP_FAILED) return FPGA_NO_MEMORY;
    buffer.bytes = static_cast<uint8_t*>(bytes);
    *id = next_buffer;
    buffer.io_address = next_buffer * kBufferStep;
    next_buffer += buffer.size / kBufferStep + 1;
    card().host().add(buffer.io_address, buffer.bytes, buffer.size);
    found->buffers[*id] = buffer;
    buffer_count++;
    *address = bytes;
    return FPGA_OK;
  });
}

EXPORT fpga_result fpgaGetIOAddress(void* handle, uint64_t id, uint64_t* io_address) {
  auto* found = object<Handle>(handle);
  if (!found || !io_address) return FPGA_INVALID_PARAM;
  const auto buffer = found->buffers.find(id);
  if (buffer == found->buffers.end()) return FPGA_NOT_FOUND;
  *io_address = buffer->second.io_address;
  return FPGA_OK;
}

EXPORT fpga_result fpgaReleaseBuffer(void* handle, uint64_t id) {
  auto* found = object<Handle>(handle);
  if (!found) return FPGA_INVALID_PARAM;
  const auto buffer = found->buffers.find(id);
  if (buffer == found->buffers.end()) return FPGA_INVALID_PARAM;
  return guarded([&] {
    release(buffer->second);
    found->buffers.erase(buffer);
    return FPGA_OK;
  });
}
