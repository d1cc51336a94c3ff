import type { Machine, Specification } from "../load.js";
import { code, page, table } from "../markdown.js";
import { functionTables } from "../tables.js";

/** The page of the arithmetic. */
export function numericsPage({ machine }: Specification): string {
  const n = machine.numerics as Record<
    "element_bits" | "fraction_bits" | "absmax_floor" | "activation_max",
    number
  >;
  const limit = 2 ** (n.element_bits - 1 - n.fraction_bits);
  return page(
    "Numerics",
    `The machine computes with integers only, and every result is defined to the last bit.
[The decision](../decisions/0003-numerics.md) has the measurements behind the formats.`,
    `## Formats

- A vector element is a signed ${n.element_bits}-bit integer that stands for itself times 2^-F, F = ${n.fraction_bits}: the
  range is -${limit} to ${limit} - 2^-${n.fraction_bits}.
- An element of an activation register is an integer of -${n.activation_max} to ${n.activation_max}; it stands for itself times
  absmax / ${n.activation_max}, where the register's absmax is at least ${n.absmax_floor} units of 2^-F.
- A scalar is a 64-bit two's complement integer; arithmetic wraps.
- The scale of a product is the bit pattern of a binary32 number in a scalar register.`,
    `## Notation

Pseudo-code computes with exact, unbounded numbers.

- \`sat32(a)\` limits a to [-2^31, 2^31 - 1].
- \`round(a)\` is floor(a + 1/2): to the nearest integer, a half upwards.
- \`floor(a)\` is the largest integer that is not above a; \`a mod b\` is a - b * floor(a / b).
- \`sext(a)\` reads the bits of a as two's complement; \`a[h:l]\` are bits h down to l of a.
- \`v[r][i]\` is element i of vector register r, \`q[r]\` an activation register, \`x[r]\` a scalar,
  \`M[a .. b]\` the little-endian number in the bytes of DRAM from address a to b.
- \`i\` runs over 0 .. \`vl\` - 1 where nothing else is said.
- \`rd\`, \`rs1\`, \`rs2\`, \`rs3\`, \`imm\` are the fields of the instruction.`,
    constants(machine),
    "## Functions",
    ...Object.entries(machine.functions).map(([name, text]) => `### ${name}\n\n${code(text)}`),
    tables(machine),
  );
}

const CONSTANT_NAMES: Readonly<Record<string, string>> = {
  fraction_bits: "F",
  sig_limit: "SIG_LIMIT",
  absmax_floor: "ABSMAX_FLOOR",
};

function constants({ numerics }: Machine): string {
  return `## Constants

${table(
  ["Name", "In pseudo-code", "Value"],
  Object.entries(numerics).map(([name, value]) => [
    name,
    CONSTANT_NAMES[name] ?? "",
    String(value),
  ]),
)}`;
}

function tables(machine: Machine): string {
  const { log2e, exp2, sig } = functionTables(machine.numerics);
  const samples = (name: string, values: readonly number[]) => {
    const last = values.length - 1;
    return [0, 1, 2, last >> 1, last - 1, last].map((j) => [`${name}[${j}]`, String(values[j])]);
  };
  return `## Tables

The tables hold correctly rounded values.

${Object.values(machine.tables)
  .map((definition) => `- ${definition}`)
  .join("\n")}
- LOG2E = round(log2(e) * 2^${machine.numerics.table_fraction_bits})

Some of them, to check an implementation with:

${table(["Entry", "Value"], [["LOG2E", String(log2e)], ...samples("EXP2", exp2), ...samples("SIG", sig)])}`;
}
