import type { Specification } from "../load.js";
import { GENERATED, upperCamelCase, wrap } from "../names.js";
import { uuidWords } from "./schema.js";

/** rtl/card/ternac_csr_pkg.sv: the registers of the accelerator for hardware. */
export function emitCsrPackage({ accelerator, configurations, machine }: Specification): string {
  const { registers, codes, windows, completion, version } = accelerator;
  const unsigned = (name: string, value: number) =>
    `  localparam int unsigned ${upperCamelCase(name)} = ${value};`;
  const word = (name: string, value: bigint) =>
    `  localparam logic [63:0] ${name} = 64'h${value.toString(16)};`;
  const bits = Math.ceil(Math.log2(accelerator.mmio_bytes));
  const offset = (name: string, value: number) =>
    `  localparam logic [${bits - 1}:0] ${name} = ${bits}'h${value.toString(16)};`;
  const { low, high } = uuidWords(accelerator);
  const fields = Object.entries(registers).flatMap(([register, row]) =>
    Object.entries(row.fields).map(([name, [high, low]]) => {
      const prefix = `${upperCamelCase(register)}${upperCamelCase(name)}`;
      return high === low
        ? `  localparam int unsigned ${prefix}Bit = ${low};`
        : `  localparam int unsigned ${prefix}High = ${high};
  localparam int unsigned ${prefix}Low = ${low};`;
    }),
  );
  return `// ${GENERATED}
//
// What a host sees of the accelerator. docs/card/csr.md describes it.

// A package offers constants that not every module uses; a function does not use all of a configuration.
/* verilator lint_off UNUSEDPARAM */
/* verilator lint_off UNUSEDSIGNAL */
package ternac_csr_pkg;
${word("FeatureHeader", accelerator.feature_header)}
${word("UuidLow", low)}
${word("UuidHigh", high)}
${unsigned("map_major", version.major)}
${unsigned("map_minor", version.minor)}

  // Bits of an address in the MMIO space.
${unsigned("mmio_bits", bits)}
${unsigned("host_line_bytes", accelerator.host_line_bytes)}
${unsigned("completion_lines", accelerator.completion_lines)}
${unsigned("copy_queue_entries", accelerator.copy_queue)}
${unsigned("host_queue_entries", accelerator.host_queue)}

  // Offsets of the registers; of the first one of an array.
${Object.entries(registers)
  .map(([name, row]) => offset(`Reg${upperCamelCase(name)}`, row.offset))
  .join("\n")}

  // Memories in the MMIO space.
${Object.entries(windows)
  .map(
    ([name, row]) => `${offset(`Window${upperCamelCase(name)}`, row.offset)}
${unsigned(`window_${name}_bytes`, row.bytes)}`,
  )
  .join("\n")}

  // Places of the fields in their registers.
${fields.join("\n")}

  // Words of a completion.
${Object.entries(completion)
  .map(([name, row]) => unsigned(`completion_${name}`, row.word))
  .join("\n")}

${Object.entries(codes)
  .map(([name, { description, values }]) => {
    const width = Math.ceil(Math.log2(Math.max(...Object.values(values).map((v) => v.code)) + 1));
    const prefix = upperCamelCase(name);
    const rows = Object.entries(values).map(
      ([value, row]) =>
        `${wrap(row.description, "    // ")}\n    ${prefix}${upperCamelCase(value)} = ${width}'d${row.code}`,
    );
    return `${wrap(description, "  // ")}
  typedef enum logic [${width - 1}:0] {
${rows.join(",\n")}
  } ${name}_e;`;
  })
  .join("\n\n")}

  // Numbers of the configurations, for ternac_pkg::config_at.
${configurations.map(({ name }, i) => unsigned(`config_index_${name}`, i)).join("\n")}

  // The name of a configuration (ternac_pkg::config_at), its first character in the lowest bits.
  function automatic logic [63:0] config_name(int unsigned index);
    unique case (index)
${configurations
  .map(({ name }, i) => `      ${i}: return 64'h${asciiWord(name)};  // ${name}`)
  .join("\n")}
      default: return '0;
    endcase
  endfunction

  // Packings that a configuration has: bit i is the i-th one of isa/machine.yaml.
  function automatic logic [63:0] config_packings(ternac_pkg::config_t cfg);
    return 64'({${Object.keys(machine.packings)
      .map((packing) => `cfg.has_${packing}`)
      .reverse()
      .join(", ")}});
  endfunction
endpackage
/* verilator lint_on UNUSEDSIGNAL */
/* verilator lint_on UNUSEDPARAM */
`;
}

function asciiWord(name: string): string {
  return Buffer.from(name, "ascii").reverse().toString("hex");
}
