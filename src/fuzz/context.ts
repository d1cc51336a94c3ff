import { type Configuration, type FieldName, type Fields, operandRange } from "../isa/index.js";
import type { Arena } from "./arena.js";
import type { Line } from "./program.js";
import type { Random } from "./random.js";
import type { Row } from "./traits.js";
import { randomWithin } from "./values.js";

/** Scalar registers below are the program's; those above hold loop counters and return addresses. */
export const FIRST_RESERVED = 24;
const DEPTH = 4;

/** The register that holds the counter of a loop, by how many bodies are around it. */
export const counterRegister = (depth: number) => FIRST_RESERVED + DEPTH + depth;
/** Likewise of the return address of a call. */
export const linkRegister = (depth: number) => FIRST_RESERVED + depth;
/** Bodies that may be inside each other. */
export const MAX_DEPTH = DEPTH - 1;

/** What the parts of the generator share. */
export interface Context {
  readonly random: Random;
  readonly configuration: Configuration;
  readonly arena: Arena;
  /** Longest vector of the program. */
  readonly limit: number;
  /** The few registers that it uses now, by file: few, so that instructions depend on each other. */
  readonly hot: { v: number[]; q: number[]; x: number[] };
}

export function line(spec: Row, fields: Fields = {}): Line {
  return { kind: "instruction", instruction: { spec, fields } };
}

/** Values for the fields of an instruction; memory operands and targets are left to the caller. */
export function randomFields({ random, hot }: Context, row: Row, given: Fields = {}): Fields {
  const fields: Partial<Record<FieldName, number>> = { ...given };
  for (const operand of row.operands) {
    const field = operand.field as FieldName;
    if (fields[field] !== undefined) continue;
    const { kind } = operand;
    if (kind === "mem" || kind === "target") continue;
    const { min, max } = operandRange(operand);
    if (kind === "v" || kind === "q" || kind === "x") fields[field] = random.pick(hot[kind]);
    else fields[field] = randomWithin(random, min, max);
  }
  return legal(hot, row, fields, given);
}

/** The same, with registers that must not be 0, or not alike, replaced; the given ones stay. */
function legal(hot: Context["hot"], row: Row, fields: Fields, given: Fields): Fields {
  const result = { ...fields } as Partial<Record<FieldName, number>>;
  const taken = new Set<number>();
  const restricted = [...new Set([...row.nonzero, ...row.distinct])] as FieldName[];
  const choices = [...hot.x, ...Array.from({ length: FIRST_RESERVED }, (_, i) => i)];
  for (const field of restricted.filter((name) => given[name] !== undefined))
    if (row.distinct.includes(field)) taken.add(given[field]!);
  for (const field of restricted.filter((name) => given[name] === undefined)) {
    const fits = (register: number) =>
      !(row.nonzero.includes(field) && register === 0) &&
      !(row.distinct.includes(field) && taken.has(register));
    if (!fits(result[field] ?? 0)) result[field] = choices.find(fits)!;
    if (row.distinct.includes(field)) taken.add(result[field]!);
  }
  return result;
}
