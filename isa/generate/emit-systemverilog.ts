import { TRITS } from "../../src/ternary/packing.js";
import type { ConfigurationRow, Specification } from "./load.js";
import { GENERATED, upperCamelCase, wrap } from "./names.js";
import { emitDecoder } from "./systemverilog-decoder.js";
import { functionTables } from "./tables.js";

/**
 * rtl/ternac_pkg.sv: the specification for hardware. Names follow lowRISC's style guide.
 *
 * The function tables are constants of the package rather than `$readmemh` files: a simulation then
 * needs no file at run time, and a memory that an initial block fills from such a constant is
 * inferred as block RAM like one that `$readmemh` fills (isa/README.md has the measurement).
 */
export function emitSystemVerilog(spec: Specification): string {
  const { machine } = spec;
  return `// ${GENERATED}
//
// The instruction set and its constants. docs/isa describes what they mean.

// A package offers constants that not every design uses.
/* verilator lint_off UNUSEDPARAM */
package ternac_pkg;

${emitConstants(spec)}

${emitEnums(spec)}

${emitDecoder(spec)}

${emitConfigurations(spec)}

${emitLatencies(spec)}

${emitPackings(spec)}

${emitTables(machine)}

endpackage
/* verilator lint_on UNUSEDPARAM */
`;
}

function emitConstants({ machine }: Specification): string {
  const unsigned = (name: string, value: number) =>
    `  localparam int unsigned ${upperCamelCase(name)} = ${value};`;
  const fields = Object.entries(machine.word.fields).flatMap(([name, [high, low]]) => [
    unsigned(`${name}_high`, high),
    unsigned(`${name}_low`, low),
  ]);
  const counts = Object.entries(machine.registers).map(
    ([file, { count, description }]) =>
      `${wrap(description, "  // ")}\n${unsigned(`num_${file}_regs`, count)}`,
  );
  const base = machine.memory.instruction_base.toString(16);
  return `  // Version: an image needs a machine of its major version, and of its minor version or later.
${unsigned("isa_major", machine.isa.major)}
${unsigned("isa_minor", machine.isa.minor)}

  // Positions of the fields in an instruction word.
${unsigned("word_bits", machine.word.bits)}
${fields.join("\n")}

${counts.join("\n")}

  // Numerics.
${Object.entries(machine.numerics)
  .map(([name, value]) => unsigned(name, value))
  .join("\n")}

  // Memory: bytes of a DRAM line; where the address map has the instruction memory.
${unsigned("line_bytes", machine.memory.line_bytes)}
  localparam logic [63:0] InstructionBase = 64'h${base};`;
}

/** An enum of codes. */
function emitEnum(
  type: string,
  prefix: string,
  bits: number,
  codes: readonly (readonly [name: string, code: number, comment: string])[],
): string {
  const digits = Math.ceil(bits / 4);
  const rows = codes.map(([name, code, comment]) => {
    const value = code.toString(16).padStart(digits, "0");
    return `${wrap(comment, "    // ")}\n    ${prefix}${upperCamelCase(name)} = ${bits}'h${value}`;
  });
  return `  typedef enum logic [${bits - 1}:0] {\n${rows.join(",\n")}\n  } ${type};`;
}

function emitEnums({ machine, instructions }: Specification): string {
  const numbered = (names: Record<string, string>) =>
    Object.entries(names).map(([name, comment], index) => [name, index, comment] as const);
  return [
    emitEnum(
      "opcode_e",
      "Op",
      8,
      instructions.map(({ id, opcode, syntax }) => [id, opcode, syntax] as const),
    ),
    emitEnum("unit_e", "Unit", 4, numbered(machine.units)),
    emitEnum("timing_e", "Timing", 4, numbered(machine.timing)),
    emitEnum(
      "trap_e",
      "Trap",
      8,
      Object.entries(machine.traps).map(([name, trap]) => [name, trap.code, trap.description]),
    ),
    emitEnum(
      "csr_e",
      "Csr",
      8,
      Object.entries(machine.csrs).map(([name, csr]) => [name, csr.number, csr.description]),
    ),
  ].join("\n\n");
}

const CORE_FIELDS = [
  ["channels", "DRAM channels, over which granules are interleaved"],
  ["beat_bytes", "bytes that a channel moves in a clock: a granule"],
  ["lanes", "elements a clock of the vector units"],
  ["product_granules", "granules a clock of the ternary unit; so many banks hold fetched weights"],
  ["weight_fifo", "granules of weights in a bank"],
  ["vector_fifo", "granules in flight of a vector load or store, for each channel"],
  ["issue_queue", "vector instructions that wait for their unit"],
  ["burst", "beats of the longest AXI burst"],
  ["outstanding", "read bursts of weights in flight, for each channel"],
] as const;

function emitConfigurations({ machine, configurations }: Specification): string {
  const constant = (row: ConfigurationRow) => `  // ${row.description}
  localparam config_t Config${upperCamelCase(row.name)} = '{
    vlmax: ${row.vlmax},
    dram_bytes: 64'h${row.dram.toString(16)},
    instructions: ${row.instructions},
    queue_entries: ${row.queue},
${Object.keys(machine.packings)
  .map((packing) => `    has_${packing}: 1'b${row.packings.includes(packing) ? 1 : 0},`)
  .join("\n")}
${CORE_FIELDS.map(([name]) => `    ${name}: ${row.core[name]}`).join(",\n")}
  };`;
  const most = Math.max(...configurations.map(({ vlmax }) => vlmax));
  const names = configurations.map(({ name }) => `Config${upperCamelCase(name)}`);
  return `  // A hardware configuration: the limits that a program can notice, and what the core is built of.
  typedef struct packed {
    int unsigned vlmax;          // longest vector, in elements
    logic [63:0] dram_bytes;     // bytes of DRAM
    int unsigned instructions;   // capacity of the instruction memory
    int unsigned queue_entries;  // entries of each queue
${Object.keys(machine.packings)
  .map((packing) => `    logic has_${packing};  // runs tmatmul.${packing}`)
  .join("\n")}
${CORE_FIELDS.map(([name, comment]) => `    int unsigned ${name};  // ${comment}`).join("\n")}
  } config_t;

  // The longest vector of any configuration.
  localparam int unsigned MaxVlmax = ${most};

${configurations.map(constant).join("\n\n")}

  // Every configuration, so that a tool can choose one by a number.
  localparam int unsigned NumConfigs = ${names.length};
  function automatic config_t config_at(int unsigned index);
    unique case (index)
${names.map((name, index) => `      ${index}: return ${name};`).join("\n")}
      default: return '0;
    endcase
  endfunction`;
}

/** Clocks of isa/core.yaml, such as \`ClocksRowwiseDepth\`. */
function emitLatencies({ core }: Specification): string {
  return Object.entries(core)
    .flatMap(([unit, latencies]) =>
      Object.entries(latencies).map(
        ([name, { clocks, description }]) =>
          `${wrap(description, "  // ")}
  localparam int unsigned Clocks${upperCamelCase(unit)}${upperCamelCase(name)} = ${clocks};`,
      ),
    )
    .join("\n");
}

function emitPackings({ machine }: Specification): string {
  return Object.entries(machine.packings)
    .map(([name, { trits, description }]) => {
      const table = TRITS[name as keyof typeof TRITS];
      if (!table) throw new Error(`src/ternary/packing.ts has no table of packing "${name}"`);
      // Row j of a byte is bits 2j+1..2j in two's complement, so row 0 is the least significant.
      const words = Array.from({ length: 256 }, (_, byte) =>
        Array.from(
          { length: trits },
          (_, row) => (table[byte * trits + row]! & 3) << (2 * row),
        ).reduce((word, bits) => word | bits, 0),
      );
      const prefix = upperCamelCase(name);
      return `${wrap(description, "  // ")}
  localparam int unsigned ${prefix}TritsPerByte = ${trits};
  // The trits of a byte, two bits of two's complement each, its first row in the lowest bits.
${emitArray(`${prefix}Trits`, 2 * trits, words)}`;
    })
    .join("\n\n");
}

function emitTables(machine: Specification["machine"]): string {
  const { log2e, exp2, sig } = functionTables(machine.numerics);
  const bits = (values: readonly number[]) => Math.max(...values).toString(2).length;
  return `  // round(log2(e) * 2^TableFractionBits)
  localparam logic [${bits([log2e]) - 1}:0] Log2E = ${bits([log2e])}'d${log2e};

  // ${machine.tables.EXP2}
${emitArray("Exp2", bits(exp2), exp2)}

  // ${machine.tables.SIG}
${emitArray("Sig", bits(sig), sig)}`;
}

/** An unpacked array constant, as many values a line as fit. */
function emitArray(name: string, bits: number, values: readonly number[]): string {
  const digits = Math.ceil(bits / 4);
  const literals = values.map((value) => `${bits}'h${value.toString(16).padStart(digits, "0")}`);
  const perLine = Math.floor(94 / (literals[0]!.length + 2));
  const lines: string[] = [];
  for (let i = 0; i < literals.length; i += perLine)
    lines.push(`    ${literals.slice(i, i + perLine).join(", ")}`);
  return `  localparam logic [${bits - 1}:0] ${name} [${values.length}] = '{\n${lines.join(",\n")}\n  };`;
}
