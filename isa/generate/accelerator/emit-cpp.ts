import type { Specification } from "../load.js";
import { GENERATED, upperCamelCase } from "../names.js";

/** rtl/sim/board/registers.h: the registers of the accelerator, for the simulated board and its tests. */
export function emitCsrHeader({ accelerator }: Specification): string {
  const { registers, codes, windows, completion } = accelerator;
  const constant = (type: string, name: string, value: string) =>
    `constexpr ${type} k${name} = ${value};`;
  const hex = (value: number) => `0x${value.toString(16)}`;
  return `// ${GENERATED}
#pragma once

#include <cstdint>

namespace registers {

inline constexpr char kUuid[] = "${accelerator.uuid}";
${constant("uint64_t", "FeatureHeaderValue", `0x${accelerator.feature_header.toString(16)}`)}
${constant("uint32_t", "MmioBytes", hex(accelerator.mmio_bytes))}
${constant("uint32_t", "HostLineBytes", `${accelerator.host_line_bytes}`)}
${constant("uint32_t", "CompletionLines", `${accelerator.completion_lines}`)}

// Offsets in the MMIO space.
${Object.entries(registers)
  .map(([name, { offset }]) => constant("uint32_t", upperCamelCase(name), hex(offset)))
  .join("\n")}
${Object.entries(windows)
  .map(([name, { offset }]) => constant("uint32_t", `Window${upperCamelCase(name)}`, hex(offset)))
  .join("\n")}

// Lowest bits of fields.
${Object.entries(registers)
  .flatMap(([register, { fields }]) =>
    Object.entries(fields).map(([name, [, low]]) =>
      constant("unsigned", `${upperCamelCase(register)}${upperCamelCase(name)}Low`, `${low}`),
    ),
  )
  .join("\n")}

// Words of a completion.
${Object.entries(completion)
  .map(([name, { word }]) => constant("unsigned", `Completion${upperCamelCase(name)}`, `${word}`))
  .join("\n")}

${Object.entries(codes)
  .map(
    ([name, { values }]) => `enum ${upperCamelCase(name)} : uint8_t {
${Object.entries(values)
  .map(([value, { code }]) => `  k${upperCamelCase(name)}${upperCamelCase(value)} = ${code},`)
  .join("\n")}
};`,
  )
  .join("\n\n")}

}  // namespace registers
`;
}
