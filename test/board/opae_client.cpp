// A program of somebody who has OPAE's SDK and a card: what it does, it does through the stock libopae-c.
// Arguments: the words of a program. Prints what the program leaves in the output queue. Any result that is not the one
// that is expected ends it, with status 1.
#include <opae/fpga.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "registers.h"

#define EXPECT(expression, expected)                                                             \
  do {                                                                                           \
    const auto is = (expression);                                                                \
    if (is != (expected)) {                                                                      \
      fprintf(stderr, "line %d: %s is %llx\n", __LINE__, #expression, (unsigned long long)(is)); \
      exit(1);                                                                                   \
    }                                                                                            \
  } while (0)
#define OK(call) EXPECT(call, FPGA_OK)

namespace {

void parse(const char* text, fpga_guid guid) {
  for (int i = 0; i < 16; text++)
    if (*text != '-') sscanf(text++, "%2hhx", &guid[i++]);
}

// How many resources a filter finds; the first one's token.
uint32_t count(fpga_properties filter, fpga_token* token = nullptr) {
  uint32_t matches = 0;
  OK(fpgaEnumerate(&filter, 1, token, token ? 1 : 0, &matches));
  return matches;
}

fpga_token find(fpga_objtype type) {
  fpga_properties filter = nullptr;
  fpga_token token = nullptr;
  OK(fpgaGetProperties(nullptr, &filter));
  OK(fpgaPropertiesSetObjectType(filter, type));
  EXPECT(count(filter, &token), 1u);
  OK(fpgaDestroyProperties(&filter));
  return token;
}

// Every filter that this card is, and is not.
void filters(fpga_token device, fpga_token accelerator) {
  fpga_properties filter = nullptr;
  OK(fpgaGetProperties(nullptr, &filter));
  EXPECT(count(filter), 2u);
#define FILTER(set, right, wrong, matches) \
  OK(set(filter, wrong));                  \
  EXPECT(count(filter), 0u);               \
  OK(set(filter, right));                  \
  EXPECT(count(filter), matches)
  FILTER(fpgaPropertiesSetSegment, 0, 1, 2u);
  FILTER(fpgaPropertiesSetBus, 0x3b, 0x3c, 2u);
  FILTER(fpgaPropertiesSetDevice, 0, 1, 2u);
  FILTER(fpgaPropertiesSetFunction, 0, 1, 2u);
  FILTER(fpgaPropertiesSetSocketID, 0, 1, 2u);
  FILTER(fpgaPropertiesSetVendorID, 0x8086, 0x1234, 2u);
  FILTER(fpgaPropertiesSetDeviceID, 0x0b2b, 0x0b2c, 2u);
  FILTER(fpgaPropertiesSetSubsystemVendorID, 0x8086, 0x1234, 2u);
  FILTER(fpgaPropertiesSetSubsystemDeviceID, 0, 1, 2u);
  FILTER(fpgaPropertiesSetInterface, FPGA_IFC_SIM_DFL, FPGA_IFC_DFL, 2u);
  FILTER(fpgaPropertiesSetNumErrors, 0, 1, 2u);
  FILTER(fpgaPropertiesSetObjectID, 1, 2, 1u);
  OK(fpgaDestroyProperties(&filter));

  OK(fpgaGetProperties(nullptr, &filter));
  OK(fpgaPropertiesSetObjectType(filter, FPGA_DEVICE));
  FILTER(fpgaPropertiesSetNumSlots, 1, 2, 1u);
  FILTER(fpgaPropertiesSetBBSID, 0x202000200000237, 1, 1u);
  FILTER(fpgaPropertiesSetBBSVersion, (fpga_version{2, 0, 2}), (fpga_version{2, 0, 3}), 1u);
  OK(fpgaDestroyProperties(&filter));

  OK(fpgaGetProperties(nullptr, &filter));
  OK(fpgaPropertiesSetObjectType(filter, FPGA_ACCELERATOR));
  FILTER(fpgaPropertiesSetNumMMIO, 2, 1, 1u);
  FILTER(fpgaPropertiesSetNumInterrupts, 0, 1, 1u);
  FILTER(fpgaPropertiesSetAcceleratorState, FPGA_ACCELERATOR_UNASSIGNED, FPGA_ACCELERATOR_ASSIGNED,
         1u);
  // An accelerator has no children.
  FILTER(fpgaPropertiesSetParent, device, accelerator, 1u);
  OK(fpgaDestroyProperties(&filter));

  // One that fits of several is enough.
  fpga_properties both[2];
  for (auto& each : both) OK(fpgaGetProperties(nullptr, &each));
  OK(fpgaPropertiesSetObjectType(both[0], FPGA_DEVICE));
  OK(fpgaPropertiesSetBus(both[1], 1));
  uint32_t matches = 0;
  OK(fpgaEnumerate(both, 2, nullptr, 0, &matches));
  EXPECT(matches, 1u);
  for (auto& each : both) OK(fpgaDestroyProperties(&each));
}

void tokens(fpga_token device, fpga_token accelerator) {
  fpga_guid ternac, guid;
  parse(registers::kUuid, ternac);
  fpga_token twin = nullptr;
  OK(fpgaCloneToken(accelerator, &twin));
  fpga_properties properties = nullptr;
  OK(fpgaGetProperties(twin, &properties));
  OK(fpgaPropertiesGetGUID(properties, &guid));
  EXPECT(memcmp(guid, ternac, sizeof guid), 0);
  fpga_token parent = nullptr;  // the properties' own
  OK(fpgaPropertiesGetParent(properties, &parent));
  EXPECT(parent == device, true);
  OK(fpgaUpdateProperties(device, properties));
  uint64_t bitstream = 0;
  OK(fpgaPropertiesGetBBSID(properties, &bitstream));
  EXPECT(bitstream, 0x202000200000237u);
  OK(fpgaDestroyProperties(&properties));
  OK(fpgaDestroyToken(&twin));
}

uint64_t read(fpga_handle handle, uint64_t offset) {
  uint64_t value = 0;
  OK(fpgaReadMMIO64(handle, 0, offset, &value));
  return value;
}

void write(fpga_handle handle, uint64_t offset, uint64_t value) {
  OK(fpgaWriteMMIO64(handle, 0, offset, value));
}

void registers_and_mappings(fpga_handle handle) {
  uint64_t* pointer = nullptr;
  uint32_t half = 0;
  OK(fpgaMapMMIO(handle, 0, nullptr));
  EXPECT(fpgaMapMMIO(handle, 0, &pointer), FPGA_NOT_SUPPORTED);
  EXPECT(read(handle, registers::kFeatureHeader), registers::kFeatureHeaderValue);
  write(handle, registers::kScratch, 0x0123456789abcdef);
  OK(fpgaWriteMMIO32(handle, 0, registers::kScratch + 4, 0x76543210));
  OK(fpgaReadMMIO32(handle, 0, registers::kScratch, &half));
  EXPECT(half, 0x89abcdefu);
  EXPECT(read(handle, registers::kScratch), 0x7654321089abcdefu);
  EXPECT(fpgaReadMMIO32(handle, 0, 2, &half), FPGA_INVALID_PARAM);
  OK(fpgaUnmapMMIO(handle, 0));
}

// To the card and back, from one buffer into another.
void copies(fpga_handle handle) {
  constexpr uint64_t kBytes = 1 << 21;
  void* bytes[2];
  uint64_t id[2], io_address[2];
  for (int i : {0, 1}) {
    OK(fpgaPrepareBuffer(handle, kBytes, &bytes[i], &id[i], 0));
    OK(fpgaGetIOAddress(handle, id[i], &io_address[i]));
    memset(bytes[i], 0, kBytes);
  }
  constexpr uint64_t kLength = 64 << 10;
  for (uint64_t i = 0; i < kLength; i++) static_cast<uint8_t*>(bytes[0])[i] = i * i >> 7 ^ i;
  for (int i : {0, 1}) {
    write(handle, registers::kCopyHostAddress, io_address[i]);
    write(handle, registers::kCopyCardAddress, 1 << 20);
    write(handle, registers::kCopyLength, kLength);
    write(handle, registers::kCopyGo, i);
    while (read(handle, registers::kCopyCompleted) != i + 1u) continue;
    EXPECT(read(handle, registers::kCopyResult) >> 32, 0u);
  }
  EXPECT(memcmp(bytes[0], bytes[1], kBytes), 0);
  for (int i : {0, 1}) OK(fpgaReleaseBuffer(handle, id[i]));
}

void run(fpga_handle handle, int count, char** words) {
  for (int i = 0; i < count; i++)
    write(handle, registers::kWindowProgram + 8 * i, strtoull(words[i], nullptr, 16));
  write(handle, registers::kEntry, 0);
  write(handle, registers::kProgramLength, count);
  write(handle, registers::kCoreControl, 2);
  while ((read(handle, registers::kCoreStatus) & 7) == 2) continue;
  EXPECT(read(handle, registers::kCoreStatus) & 7, 3u);  // halted
  for (; read(handle, registers::kCoreStatus) >> 16 & 0xffff;
       write(handle, registers::kOutputPop, 0))
    printf("%lld\n", static_cast<long long>(read(handle, registers::kOutputHead)));
}

}  // namespace

int main(int argc, char** argv) {
  const fpga_token device = find(FPGA_DEVICE), accelerator = find(FPGA_ACCELERATOR);
  filters(device, accelerator);
  tokens(device, accelerator);

  fpga_handle handle = nullptr, second = nullptr;
  OK(fpgaOpen(accelerator, &handle, 0));
  EXPECT(fpgaOpen(accelerator, &second, 0), FPGA_BUSY);
  fpga_properties properties = nullptr;
  fpga_accelerator_state state;
  OK(fpgaGetPropertiesFromHandle(handle, &properties));
  OK(fpgaPropertiesGetAcceleratorState(properties, &state));
  EXPECT(state, FPGA_ACCELERATOR_ASSIGNED);
  OK(fpgaDestroyProperties(&properties));

  registers_and_mappings(handle);
  copies(handle);
  run(handle, argc - 1, argv + 1);
  OK(fpgaReset(handle));
  EXPECT(read(handle, registers::kScratch), 0u);
  OK(fpgaClose(handle));
  for (fpga_token token : {device, accelerator}) OK(fpgaDestroyToken(&token));
}
