#include "faults.h"

#include <cstdlib>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>

Faults Faults::parse(const std::string& text) {
  Faults faults;
  const std::map<std::string, uint64_t*> numbered = {
      {"mmio-timeout", &faults.mmio_timeout},    {"vanish", &faults.vanish},
      {"reset", &faults.reset},                  {"dma-corrupt", &faults.link.corrupt_at},
      {"dma-error", &faults.link.fail_at},       {"dma-hang", &faults.link.hang_at},
  };
  const std::map<std::string, bool*> plain = {
      {"port-busy", &faults.port_busy},
      {"wrong-interface", &faults.wrong_interface},
      {"reconf-error", &faults.reconf_error},
      {"no-hugepages", &faults.no_hugepages},
  };
  std::istringstream parts(text);
  std::set<std::string> given;
  for (std::string part; std::getline(parts, part, ',');) {
    const size_t at = part.find('@');
    const std::string name = part.substr(0, at);
    if (!given.insert(name).second)
      throw std::invalid_argument("TERNAC_SIM_FAULTS: \"" + name + "\" is given twice");
    const auto number = numbered.find(name);
    const auto flag = plain.find(name);
    if (flag != plain.end() && at == std::string::npos) {
      *flag->second = true;
    } else if (number != numbered.end() && at != std::string::npos) {
      char* end;
      *number->second = strtoull(part.c_str() + at + 1, &end, 10);
      if (*end != 0 || end == part.c_str() + at + 1)
        throw std::invalid_argument("TERNAC_SIM_FAULTS: \"" + part + "\": a number is expected behind @");
    } else {
      std::string known;
      for (const auto& [known_name, _] : numbered) known += " " + known_name + "@N";
      for (const auto& [known_name, _] : plain) known += " " + known_name;
      throw std::invalid_argument("TERNAC_SIM_FAULTS: there is no fault \"" + part + "\"; there are" + known);
    }
  }
  return faults;
}
