/* A libopae-c without a card: keeps registers as memory, records what it was given, and fails as it is told.
 * It shows that the driver calls the library as its headers say (folder opae of opae-sdk 2). */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

typedef int fpga_result;
typedef void *handle_t;
enum { OK, INVALID_PARAM, BUSY, EXCEPTION, NOT_FOUND, NO_MEMORY };
enum { DEVICE, ACCELERATOR };

struct object { int magic, type; };
struct properties { int type_set, type; struct object *of; };

static struct object device = {0x746f6b, DEVICE}, accelerator = {0x746f6b, ACCELERATOR};
static uint8_t uuids[2][16];
static uint64_t mmio[0x40000 / 8];
static int opened[2], buffers, tokens, props;
static struct { void *address; uint64_t length; } buffer[64];

/* TERNAC_STUB_FAIL: "function=result". */
static fpga_result told(const char *function) {
  const char *text = getenv("TERNAC_STUB_FAIL");
  size_t length = strlen(function);
  if (text && !strncmp(text, function, length) && text[length] == '=') return atoi(text + length + 1);
  return OK;
}
#define FAIL_IF_TOLD(name) do { fpga_result r = told(name); if (r) return r; } while (0)

/* For the test: set a UUID (of the shell, of the accelerator) and registers, count what is left. */
void stubSetUuid(int type, const uint8_t *uuid) { memcpy(uuids[type], uuid, 16); }
void stubSetRegister(uint64_t offset, uint64_t value) { mmio[offset / 8] = value; }
int stubLeft(void) { return opened[0] + opened[1] + buffers + tokens + props; }

fpga_result fpgaGetProperties(void *token, void **out) {
  FAIL_IF_TOLD("fpgaGetProperties");
  if (token) FAIL_IF_TOLD("fpgaGetProperties of a token");
  struct properties *p = calloc(1, sizeof *p);
  p->of = token;
  if (token && p->of->magic != 0x746f6b) return INVALID_PARAM;
  *out = p;
  props++;
  return OK;
}
fpga_result fpgaDestroyProperties(void **p) {
  if (!p || !*p) return INVALID_PARAM;
  free(*p);
  *p = NULL;
  props--;
  return OK;
}
fpga_result fpgaPropertiesSetObjectType(struct properties *p, int type) {
  p->type_set = 1;
  p->type = type;
  return OK;
}
#define GETTER(name, kind, value) \
  fpga_result fpgaPropertiesGet##name(struct properties *p, kind *out) { \
    if (!p || !p->of) return NOT_FOUND; \
    *out = (value); \
    return OK; \
  }
GETTER(Segment, uint16_t, 0x0001)
GETTER(Bus, uint8_t, 0xaf)
GETTER(Device, uint8_t, 0x1f)
GETTER(Function, uint8_t, p->of->type == DEVICE ? 0 : 3)
GETTER(VendorID, uint16_t, 0x8086)
GETTER(DeviceID, uint16_t, 0xbcce)
GETTER(AcceleratorState, int, p->of->type == ACCELERATOR ? !opened[ACCELERATOR] : -1)
GETTER(BBSID, uint64_t, 0xf123456789abcdefu)
fpga_result fpgaPropertiesGetGUID(struct properties *p, uint8_t *out) {
  memcpy(out, uuids[p->of->type], 16);
  return OK;
}
fpga_result fpgaEnumerate(void **filters, uint32_t count, void **out, uint32_t max, uint32_t *matches) {
  FAIL_IF_TOLD("fpgaEnumerate");
  struct properties *p = filters[0];
  if (count != 1 || !p->type_set || max < 1) return INVALID_PARAM;
  out[0] = p->type == DEVICE ? &device : &accelerator;
  tokens++;
  *matches = 1;
  return OK;
}
fpga_result fpgaDestroyToken(void **token) {
  if (!token || !*token || ((struct object *)*token)->magic != 0x746f6b) return INVALID_PARAM;
  tokens--;
  return OK;
}
fpga_result fpgaOpen(void *token, handle_t *handle, int flags) {
  FAIL_IF_TOLD("fpgaOpen");
  struct object *o = token;
  if (flags != 0 || o->magic != 0x746f6b) return INVALID_PARAM;
  if (opened[o->type]) return BUSY;
  opened[o->type] = 1;
  *handle = &opened[o->type];
  return OK;
}
fpga_result fpgaClose(handle_t handle) {
  *(int *)handle = 0;
  return told("fpgaClose");
}
fpga_result fpgaReset(handle_t handle) {
  (void)handle;
  FAIL_IF_TOLD("fpgaReset");
  mmio[7] = 0;
  return OK;
}
static int outside(uint32_t space, uint64_t offset) { return space != 0 || offset >= sizeof mmio; }
fpga_result fpgaReadMMIO64(handle_t h, uint32_t space, uint64_t offset, uint64_t *value) {
  FAIL_IF_TOLD("fpgaReadMMIO64");
  if (!h || outside(space, offset) || offset % 8) return INVALID_PARAM;
  *value = mmio[offset / 8];
  return OK;
}
fpga_result fpgaWriteMMIO64(handle_t h, uint32_t space, uint64_t offset, uint64_t value) {
  FAIL_IF_TOLD("fpgaWriteMMIO64");
  if (!h || outside(space, offset) || offset % 8) return INVALID_PARAM;
  mmio[offset / 8] = value;
  return OK;
}
fpga_result fpgaReadMMIO32(handle_t h, uint32_t space, uint64_t offset, uint32_t *value) {
  FAIL_IF_TOLD("fpgaReadMMIO32");
  if (!h || outside(space, offset) || offset % 4) return INVALID_PARAM;
  memcpy(value, (char *)mmio + offset, 4);
  return OK;
}
fpga_result fpgaWriteMMIO32(handle_t h, uint32_t space, uint64_t offset, uint32_t value) {
  FAIL_IF_TOLD("fpgaWriteMMIO32");
  if (!h || outside(space, offset) || offset % 4) return INVALID_PARAM;
  memcpy((char *)mmio + offset, &value, 4);
  return OK;
}
fpga_result fpgaPrepareBuffer(handle_t h, uint64_t length, void **address, uint64_t *id, int flags) {
  (void)h;
  FAIL_IF_TOLD("fpgaPrepareBuffer");
  if (flags & ~2) return INVALID_PARAM;
  *address = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  int i = 0;
  while (buffer[i].address) i++;
  buffer[i].address = *address;
  buffer[i].length = length;
  memset(*address, 0x5a, length);
  *id = 0x8000000000000000u + i;
  buffers++;
  return OK;
}
fpga_result fpgaReleaseBuffer(handle_t h, uint64_t id) {
  (void)h;
  int i = id - 0x8000000000000000u;
  munmap(buffer[i].address, buffer[i].length);
  buffer[i].address = NULL;
  buffers--;
  return told("fpgaReleaseBuffer");
}
fpga_result fpgaGetIOAddress(handle_t h, uint64_t id, uint64_t *address) {
  (void)h;
  FAIL_IF_TOLD("fpgaGetIOAddress");
  *address = (id - 0x8000000000000000u) * 0x200000 + 0xff00000000000000u;
  return OK;
}
/* The last byte becomes visible in register 0x38, the length in 0x40. */
fpga_result fpgaReconfigureSlot(handle_t h, uint32_t slot, const uint8_t *gbs, size_t length, int flags) {
  FAIL_IF_TOLD("fpgaReconfigureSlot");
  if (h != &opened[DEVICE] || slot != 0 || flags != 0) return INVALID_PARAM;
  mmio[7] = gbs[length - 1];
  mmio[8] = length;
  return OK;
}
