import type { Specification } from "./load.js";
import { exp2Table, log2e, sigmoidTable } from "./tables.js";

const header = "// Generated from isa/*.yaml by `npm run generate`. Do not edit.\n";

/** src/isa/generated.ts: the specification as data. */
export function emitTypeScript(spec: Specification): string {
  const { machine } = spec;
  const instructions = spec.instructions.map((row) => ({
    id: row.id,
    mnemonic: row.mnemonic,
    opcode: row.opcode,
    operands: row.operands,
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
  return `${header}
import type {
  AliasSpec, Configuration, InstructionSpec, OperandSpec, RegisterFile,
} from "./spec.js";

export const ISA = ${literal(machine.isa)} as const;
export const FIELDS = ${literal(machine.word.fields)} as const satisfies Record<string, readonly [number, number]>;
export const REGISTERS = ${literal(machine.registers)} as const satisfies Record<RegisterFile, { count: number; description: string }>;
export const REGISTER_ALIASES: Readonly<Record<string, string>> = ${literal(machine.register_aliases)};
export const OPERANDS = ${literal(Object.fromEntries(Object.entries(machine.operands).map(([name, o]) => [name, { name, ...o }])))} as const satisfies Record<string, OperandSpec>;
export const UNITS = ${literal(machine.units)} as const;
export const TIMING = ${literal(machine.timing)} as const;
export const NUMERICS = ${literal(machine.numerics)} as const;
export const MEMORY = ${literal(machine.memory)} as const;
export const PACKINGS = ${literal(machine.packings)} as const;
export const TRAPS = ${literal(machine.traps)} as const;
export const CSRS = ${literal(machine.csrs)} as const;
export const FUNCTIONS: Readonly<Record<string, string>> = ${literal({ ...machine.functions })};
export const TABLE_DEFINITIONS: Readonly<Record<string, string>> = ${literal(machine.tables)};
export const CONFIGURATIONS: readonly Configuration[] = ${literal(spec.configurations)};
export const INSTRUCTIONS = ${literal(instructions)} as const satisfies readonly InstructionSpec[];
export const ALIASES: readonly AliasSpec[] = ${literal(
    spec.aliases.map(({ mnemonic, operands, expands, summary, syntax }) => ({
      mnemonic,
      operands,
      expands,
      summary,
      syntax,
    })),
  )};
`;
}

/** src/numerics/generated.ts: the function tables. */
export function emitTables(spec: Specification): string {
  const n = spec.machine.numerics as Record<string, number>;
  const bits = n.table_fraction_bits as number;
  const array = (values: number[]) => `new Uint32Array([${values.join(", ")}])`;
  return `${header}
/** round(log2(e) * 2^${bits}) */
export const LOG2E = ${log2e(bits)};
/** ${spec.machine.tables.EXP2} */
export const EXP2 = ${array(exp2Table(n.exp_index_bits as number, bits))};
/** ${spec.machine.tables.SIG} */
export const SIG = ${array(sigmoidTable(n.sig_limit as number, n.sig_step_bits as number, bits))};
`;
}
