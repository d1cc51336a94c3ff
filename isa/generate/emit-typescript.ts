import type { Specification } from "./load.js";
import { GENERATED } from "./names.js";

/** src/isa/generated.ts: the specification as data. */
export function emitTypeScript(spec: Specification): string {
  const { machine } = spec;
  const operands = new Map(
    Object.entries(machine.operands).map(([name, { description: _, ...rest }]) => [
      name,
      { name, ...rest },
    ]),
  );
  const plain = (rows: { name: string }[]) => rows.map(({ name }) => operands.get(name));
  const instructions = spec.instructions.map((row) => ({
    id: row.id,
    mnemonic: row.mnemonic,
    opcode: row.opcode,
    operands: plain(row.operands),
    unit: row.unit,
    timing: row.timing,
    summary: row.summary,
    syntax: row.syntax,
    semantics: row.semantics.trimEnd(),
    traps: row.traps,
    nonzero: row.nonzero,
    distinct: row.distinct,
  }));
  const literal = (value: unknown) => JSON.stringify(value, null, 2);
  return `// ${GENERATED}

import type {
  AliasSpec, Configuration, InstructionSpec, OperandSpec, RegisterFile,
} from "./spec.js";

export const ISA = ${literal(machine.isa)} as const;
export const FIELDS = ${literal(machine.word.fields)} as const satisfies Record<string, readonly [number, number]>;
export const REGISTERS = ${literal(machine.registers)} as const satisfies Record<RegisterFile, { count: number; description: string }>;
export const REGISTER_ALIASES: Readonly<Record<string, string>> = ${literal(machine.register_aliases)};
export const OPERANDS = ${literal(Object.fromEntries(operands))} as const satisfies Record<string, OperandSpec>;
export const OPERAND_DESCRIPTIONS: Readonly<Record<string, string>> = ${literal(Object.fromEntries(Object.entries(machine.operands).map(([name, { description }]) => [name, description])))};
export const UNITS = ${literal(machine.units)} as const;
export const TIMING = ${literal(machine.timing)} as const;
export const NUMERICS = ${literal(machine.numerics)} as const;
export const MEMORY = ${literal(machine.memory)} as const;
export const PACKINGS = ${literal(machine.packings)} as const;
export const TRAPS = ${literal(machine.traps)} as const;
export const CSRS = ${literal(machine.csrs)} as const;
export const FUNCTIONS: Readonly<Record<string, string>> = ${literal({ ...machine.functions })};
export const TABLE_DEFINITIONS: Readonly<Record<string, string>> = ${literal(machine.tables)};
/** Clocks that the core's units take beside moving their data (isa/core.yaml). */
export const LATENCIES = ${literal(clocks(spec.core))} as const;
export const CONFIGURATIONS: readonly Configuration[] = ${literal(spec.configurations)};
export const INSTRUCTIONS = ${literal(instructions)} as const satisfies readonly InstructionSpec[];
export const ALIASES: readonly AliasSpec[] = ${literal(
    spec.aliases.map(({ mnemonic, operands, expands, summary, syntax }) => ({
      mnemonic,
      operands: plain(operands),
      expands,
      summary,
      syntax,
    })),
  )};
`;
}

/** Unit, then name, to clocks. */
function clocks(core: Specification["core"]) {
  return mapValues(core, (unit) => mapValues(unit, ({ clocks }) => clocks));
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, f: (value: A) => B) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value)]));
}
