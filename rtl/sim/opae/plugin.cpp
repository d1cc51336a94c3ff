// A plugin of OPAE's SDK with the simulated card behind it: the stock libopae-c, and so its tools, see a card. The card
// is the library that stands in for libopae-c elsewhere (rtl/sim/board/opae.cpp), which lies beside this file: MMIO,
// buffers, resets and programming are its functions, unchanged. Here is what libopae-c wants besides: tokens with a
// header, and properties, whose memory is its own. Compiled by src/board/sim/plugin.ts against the SDK's headers.
#include <dlfcn.h>
#include <opae/fpga.h>

#include <cstdio>
#include <cstring>
#include <exception>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

extern "C" {
#include <opae/plugin.h>
}

#if !defined(FPGA_PROPERTY_INTERFACE) || !defined(FPGA_PROPERTY_SUB_DEVICEID)
#error "the headers of OPAE are too old: they do not know an interface and subsystem IDs"
#endif
#if !defined(TERNAC_CARD) || !defined(TERNAC_CONFIGURATION) || !defined(TERNAC_OPAE_VERSION)
#error "the plugin is built by src/board/sim/plugin.ts"
#endif

#define EXPORT extern "C" __attribute__((visibility("default")))

namespace {

// What the card's library does not tell, as a PAC D5005 has it.
constexpr uint16_t kSubsystemVendor = 0x8086, kSubsystemDevice = 0;
constexpr uint64_t kTokenMagic = 0x7465726e61635f31;
constexpr uint32_t kMostTokens = 8;

// What is taken of the card's library: functions with the names and signatures of libopae-c. Like the library, they are for
// one thread at a time.
#define CARD_FUNCTIONS(X) \
  X(fpgaEnumerate) \
  X(fpgaDestroyToken) \
  X(fpgaOpen) \
  X(fpgaClose) \
  X(fpgaReset) \
  X(fpgaReconfigureSlot) \
  X(fpgaReadMMIO64) \
  X(fpgaReadMMIO32) \
  X(fpgaWriteMMIO64) \
  X(fpgaWriteMMIO32) \
  X(fpgaPrepareBuffer) \
  X(fpgaGetIOAddress) \
  X(fpgaReleaseBuffer) \
  X(fpgaGetProperties) \
  X(fpgaDestroyProperties) \
  X(fpgaPropertiesGetObjectType) \
  X(fpgaPropertiesGetGUID) \
  X(fpgaPropertiesGetSegment) \
  X(fpgaPropertiesGetBus) \
  X(fpgaPropertiesGetDevice) \
  X(fpgaPropertiesGetFunction) \
  X(fpgaPropertiesGetVendorID) \
  X(fpgaPropertiesGetDeviceID) \
  X(fpgaPropertiesGetNumSlots) \
  X(fpgaPropertiesGetBBSID) \
  X(fpgaPropertiesGetAcceleratorState) \
  X(fpgaPropertiesGetNumMMIO)

struct Card {
#define FIELD(name) decltype(&::name) name;
  CARD_FUNCTIONS(FIELD)
#undef FIELD
};

Card the_card;

// The card's library, which lies beside this one. What it calls of itself it must not find in libopae-c.
void load_card() {
  Dl_info here;
  if (!dladdr(&the_card, &here)) throw std::runtime_error("cannot find its own file");
  const std::string self = here.dli_fname;
  const std::string path = self.substr(0, self.rfind('/') + 1) + TERNAC_CARD;
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
  if (!library) throw std::runtime_error(dlerror());
  const auto take = [&](const char* name, auto& function) {
    function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(library, name));
    if (!function) throw std::runtime_error(path + " has no " + name);
  };
#define TAKE(name) take(#name, the_card.name);
  CARD_FUNCTIONS(TAKE)
#undef TAKE
}

// The table that libopae-c has filled in grows from release to release, and tells nobody its size.
void check_version() {
  const std::string built = TERNAC_OPAE_VERSION;  // empty: not known
  fpga_version loaded;
  if (built.empty() || fpgaGetOPAECVersion(&loaded) != FPGA_OK) return;
  const std::string series = std::to_string(loaded.major) + "." + std::to_string(loaded.minor);
  if (built.rfind(series + ".", 0) != 0)
    throw std::runtime_error("built for libopae-c " + built + ", loaded by " + series + "." +
                             std::to_string(loaded.patch) + "; build it again: ternac board plugin");
}

struct Token {
  fpga_token_header header;    // libopae-c reads it
  std::shared_ptr<void> card;  // the card's own token
};

Token* token_of(fpga_token pointer) {
  auto* found = static_cast<Token*>(pointer);
  return found && found->header.magic == kTokenMagic ? found : nullptr;
}

// Which token an open handle came from.
std::map<fpga_handle, Token> opened;

// Everything that is known of a token's resource, in place of what `out` holds. It is asked anew each time: programming
// the card changes it.
fpga_result describe(fpga_token card_token, _fpga_properties& out) {
  fpga_properties asked = nullptr;
  const fpga_result result = the_card.fpgaGetProperties(card_token, &asked);
  if (result != FPGA_OK) return result;
  out.valid_fields = 0;
  const auto ask = [&](unsigned field, auto get, auto& place) {
    if (get(asked, &place) == FPGA_OK) SET_FIELD_VALID(&out, field);
  };
  const auto tell = [&](unsigned field, auto& place, auto value) {
    place = value;
    SET_FIELD_VALID(&out, field);
  };
  ask(FPGA_PROPERTY_OBJTYPE, the_card.fpgaPropertiesGetObjectType, out.objtype);
  ask(FPGA_PROPERTY_GUID, the_card.fpgaPropertiesGetGUID, out.guid);
  ask(FPGA_PROPERTY_SEGMENT, the_card.fpgaPropertiesGetSegment, out.segment);
  ask(FPGA_PROPERTY_BUS, the_card.fpgaPropertiesGetBus, out.bus);
  ask(FPGA_PROPERTY_DEVICE, the_card.fpgaPropertiesGetDevice, out.device);
  ask(FPGA_PROPERTY_FUNCTION, the_card.fpgaPropertiesGetFunction, out.function);
  ask(FPGA_PROPERTY_VENDORID, the_card.fpgaPropertiesGetVendorID, out.vendor_id);
  ask(FPGA_PROPERTY_DEVICEID, the_card.fpgaPropertiesGetDeviceID, out.device_id);
  tell(FPGA_PROPERTY_SUB_VENDORID, out.subsystem_vendor_id, kSubsystemVendor);
  tell(FPGA_PROPERTY_SUB_DEVICEID, out.subsystem_device_id, kSubsystemDevice);
  tell(FPGA_PROPERTY_SOCKETID, out.socket_id, 0);
  tell(FPGA_PROPERTY_OBJECTID, out.object_id, static_cast<uint64_t>(out.objtype));
  tell(FPGA_PROPERTY_NUM_ERRORS, out.num_errors, 0);
  tell(FPGA_PROPERTY_INTERFACE, out.interface, FPGA_IFC_SIM_DFL);
  if (out.objtype == FPGA_DEVICE) {
    auto& fpga = out.u.fpga;
    ask(FPGA_PROPERTY_NUM_SLOTS, the_card.fpgaPropertiesGetNumSlots, fpga.num_slots);
    ask(FPGA_PROPERTY_BBSID, the_card.fpgaPropertiesGetBBSID, fpga.bbs_id);
    const auto digit = [&](unsigned from) { return static_cast<uint8_t>(fpga.bbs_id >> from & 15); };
    const fpga_version version = {digit(56), digit(52), digit(48)};
    tell(FPGA_PROPERTY_BBSVERSION, fpga.bbs_version, version);
  } else {
    auto& accelerator = out.u.accelerator;
    ask(FPGA_PROPERTY_ACCELERATOR_STATE, the_card.fpgaPropertiesGetAcceleratorState,
        accelerator.state);
    ask(FPGA_PROPERTY_NUM_MMIO, the_card.fpgaPropertiesGetNumMMIO, accelerator.num_mmio);
    tell(FPGA_PROPERTY_NUM_INTERRUPTS, accelerator.num_interrupts, 0);
  }
  the_card.fpgaDestroyProperties(&asked);
  return FPGA_OK;
}

std::shared_ptr<void> own(fpga_token card_token) {
  return {card_token, [](fpga_token old) { the_card.fpgaDestroyToken(&old); }};
}

Token make_token(const std::shared_ptr<void>& card_token, const _fpga_properties& is) {
  Token token{};
  token.header.magic = kTokenMagic;
  token.header.vendor_id = is.vendor_id;
  token.header.device_id = is.device_id;
  token.header.segment = is.segment;
  token.header.bus = is.bus;
  token.header.device = is.device;
  token.header.function = is.function;
  token.header.interface = is.interface;
  token.header.objtype = is.objtype;
  token.header.object_id = is.object_id;
  memcpy(token.header.guid, is.guid, sizeof(fpga_guid));
  token.header.subsystem_vendor_id = is.subsystem_vendor_id;
  token.header.subsystem_device_id = is.subsystem_device_id;
  token.card = card_token;
  return token;
}

// Whether a resource is what a filter wants: every property that the filter has set is there and the same.
bool matches(const _fpga_properties& filter, const _fpga_properties& is, const Token& token) {
  bool same = true;
  const auto want = [&](unsigned field, bool equal) {
    if (FIELD_VALID(&filter, field) && !(FIELD_VALID(&is, field) && equal)) same = false;
  };
  if (FIELD_VALID(&filter, FPGA_PROPERTY_PARENT)) {
    const Token* parent = token_of(filter.parent);
    if (!parent || !fpga_is_parent_child(&parent->header, &token.header)) return false;
  }
  want(FPGA_PROPERTY_OBJTYPE, filter.objtype == is.objtype);
  want(FPGA_PROPERTY_GUID, memcmp(filter.guid, is.guid, sizeof(fpga_guid)) == 0);
  want(FPGA_PROPERTY_SEGMENT, filter.segment == is.segment);
  want(FPGA_PROPERTY_BUS, filter.bus == is.bus);
  want(FPGA_PROPERTY_DEVICE, filter.device == is.device);
  want(FPGA_PROPERTY_FUNCTION, filter.function == is.function);
  want(FPGA_PROPERTY_SOCKETID, filter.socket_id == is.socket_id);
  want(FPGA_PROPERTY_VENDORID, filter.vendor_id == is.vendor_id);
  want(FPGA_PROPERTY_DEVICEID, filter.device_id == is.device_id);
  want(FPGA_PROPERTY_SUB_VENDORID, filter.subsystem_vendor_id == is.subsystem_vendor_id);
  want(FPGA_PROPERTY_SUB_DEVICEID, filter.subsystem_device_id == is.subsystem_device_id);
  want(FPGA_PROPERTY_OBJECTID, filter.object_id == is.object_id);
  want(FPGA_PROPERTY_NUM_ERRORS, filter.num_errors == is.num_errors);
  want(FPGA_PROPERTY_INTERFACE, filter.interface == is.interface);
  // What follows has one meaning for devices, another for accelerators; libopae-c lets it be set with a type only.
  if (!FIELD_VALID(&filter, FPGA_PROPERTY_OBJTYPE) || !same) return same;
  if (is.objtype == FPGA_DEVICE) {
    const auto &wanted = filter.u.fpga, &has = is.u.fpga;
    want(FPGA_PROPERTY_NUM_SLOTS, wanted.num_slots == has.num_slots);
    want(FPGA_PROPERTY_BBSID, wanted.bbs_id == has.bbs_id);
    want(FPGA_PROPERTY_BBSVERSION, wanted.bbs_version.major == has.bbs_version.major &&
                                       wanted.bbs_version.minor == has.bbs_version.minor &&
                                       wanted.bbs_version.patch == has.bbs_version.patch);
  } else {
    const auto &wanted = filter.u.accelerator, &has = is.u.accelerator;
    want(FPGA_PROPERTY_ACCELERATOR_STATE, wanted.state == has.state);
    want(FPGA_PROPERTY_NUM_MMIO, wanted.num_mmio == has.num_mmio);
    want(FPGA_PROPERTY_NUM_INTERRUPTS, wanted.num_interrupts == has.num_interrupts);
  }
  return same;
}

// ---- functions of the plugin's own --------------------------------------------------------------------

fpga_result enumerate(const fpga_properties* filters, uint32_t num_filters, fpga_token* tokens,
                      uint32_t max_tokens, uint32_t* num_matches) {
  fpga_token found[kMostTokens];
  uint32_t count = 0;
  const fpga_result result = the_card.fpgaEnumerate(nullptr, 0, found, kMostTokens, &count);
  if (result != FPGA_OK) return result;
  std::vector<std::shared_ptr<void>> owned;
  for (uint32_t i = 0; i < count; i++) owned.push_back(own(found[i]));
  std::vector<Token> wanted;
  for (const auto& card_token : owned) {
    _fpga_properties is{};
    const fpga_result described = describe(card_token.get(), is);
    if (described != FPGA_OK) return described;
    const Token token = make_token(card_token, is);
    bool fits = num_filters == 0;
    for (uint32_t f = 0; f < num_filters; f++)
      fits = fits || matches(*static_cast<const _fpga_properties*>(filters[f]), is, token);
    if (fits) wanted.push_back(token);
  }
  *num_matches = wanted.size();
  for (uint32_t i = 0; tokens && i < wanted.size() && i < max_tokens; i++)
    tokens[i] = new Token(wanted[i]);
  return FPGA_OK;
}

fpga_result clone_token(fpga_token token, fpga_token* clone) {
  const Token* found = token_of(token);
  if (!found || !clone) return FPGA_INVALID_PARAM;
  *clone = new Token(*found);
  return FPGA_OK;
}

fpga_result destroy_token(fpga_token* token) {
  Token* found = token ? token_of(*token) : nullptr;
  if (!found) return FPGA_INVALID_PARAM;
  found->header.magic = 0;
  delete found;
  *token = nullptr;
  return FPGA_OK;
}

fpga_result update_properties(fpga_token token, fpga_properties properties) {
  const Token* found = token_of(token);
  if (!found) return FPGA_INVALID_PARAM;
  _fpga_properties* locked = opae_validate_and_lock_properties(properties);
  if (!locked) return FPGA_INVALID_PARAM;
  const fpga_result result = describe(found->card.get(), *locked);
  pthread_mutex_unlock(&locked->lock);
  return result;
}

fpga_result get_properties(fpga_token token, fpga_properties* properties) {
  if (!token_of(token) || !properties) return FPGA_INVALID_PARAM;
  fpga_properties made = opae_properties_create();
  if (!made) return FPGA_NO_MEMORY;
  const fpga_result result = update_properties(token, made);
  if (result == FPGA_OK)
    *properties = made;
  else
    fpgaDestroyProperties(&made);
  return result;
}

fpga_result get_properties_from_handle(fpga_handle handle, fpga_properties* properties) {
  const auto found = opened.find(handle);
  return found == opened.end() ? FPGA_INVALID_PARAM : get_properties(&found->second, properties);
}

fpga_result open_token(fpga_token token, fpga_handle* handle, int flags) {
  const Token* found = token_of(token);
  if (!found) return FPGA_INVALID_PARAM;
  const fpga_result result = the_card.fpgaOpen(found->card.get(), handle, flags);
  if (result == FPGA_OK) opened[*handle] = *found;
  return result;
}

fpga_result close_handle(fpga_handle handle) {
  const fpga_result result = the_card.fpgaClose(handle);
  if (result == FPGA_OK) opened.erase(handle);
  return result;
}

// Programs ask for a mapping before they use MMIO calls. A pointer into a simulation there cannot be.
fpga_result map_mmio(fpga_handle handle, uint32_t space, uint64_t** pointer) {
  const auto found = opened.find(handle);
  if (found == opened.end() || found->second.header.objtype != FPGA_ACCELERATOR || space != 0)
    return FPGA_INVALID_PARAM;
  return pointer ? FPGA_NOT_SUPPORTED : FPGA_OK;
}

fpga_result unmap_mmio(fpga_handle handle, uint32_t space) {
  return map_mmio(handle, space, nullptr);
}

}  // namespace

// libopae-c's way in. What stays null in the table is "not supported": errors, events, metrics, user clocks, objects.
EXPORT int opae_plugin_configure(opae_api_adapter_table* table, const char*) {
  try {
    check_version();
    load_card();
  } catch (const std::exception& error) {
    fprintf(stderr, "ternac's plugin: %s\n", error.what());
    return 1;
  }
  table->fpgaEnumerate = enumerate;
  table->fpgaCloneToken = clone_token;
  table->fpgaDestroyToken = destroy_token;
  table->fpgaGetProperties = get_properties;
  table->fpgaUpdateProperties = update_properties;
  table->fpgaGetPropertiesFromHandle = get_properties_from_handle;
  table->fpgaOpen = open_token;
  table->fpgaClose = close_handle;
  table->fpgaMapMMIO = map_mmio;
  table->fpgaUnmapMMIO = unmap_mmio;
  table->fpgaReset = the_card.fpgaReset;
  table->fpgaReconfigureSlot = the_card.fpgaReconfigureSlot;
  table->fpgaReadMMIO64 = the_card.fpgaReadMMIO64;
  table->fpgaReadMMIO32 = the_card.fpgaReadMMIO32;
  table->fpgaWriteMMIO64 = the_card.fpgaWriteMMIO64;
  table->fpgaWriteMMIO32 = the_card.fpgaWriteMMIO32;
  table->fpgaPrepareBuffer = the_card.fpgaPrepareBuffer;
  table->fpgaGetIOAddress = the_card.fpgaGetIOAddress;
  table->fpgaReleaseBuffer = the_card.fpgaReleaseBuffer;
  return 0;
}

// fpgainfo asks this of the module that opae.cfg names for a board.
EXPORT fpga_result print_board_info(fpga_token) {
  printf("Simulated by ternac, configuration %s\n", TERNAC_CONFIGURATION);
  return FPGA_OK;
}
