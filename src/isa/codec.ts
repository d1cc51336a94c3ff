import { CSRS, FIELDS, INSTRUCTIONS, REGISTERS } from "./generated.js";
import { rangeOf } from "./range.js";
import type { InstructionSpec, OperandSpec } from "./spec.js";

/** An instruction is one word, up to the highest bit of a field. */
export const INSTRUCTION_BYTES = (1 + Math.max(...Object.values(FIELDS).map(([high]) => high))) / 8;

export type InstructionId = (typeof INSTRUCTIONS)[number]["id"];
export type FieldName = Exclude<keyof typeof FIELDS, "opcode">;

/** Values of an instruction's fields; a field that its operands do not use is zero. */
export type Fields = Readonly<Partial<Record<FieldName, number>>>;

/** An instruction: its row and its fields' values. Immediates are signed where their operand is. */
export interface Instruction {
  readonly spec: InstructionSpec & { readonly id: InstructionId };
  readonly fields: Fields;
}

/** A word that is no instruction, and why. */
export interface IllegalWord {
  readonly illegal: string;
}

type Row = Instruction["spec"];

const byOpcode: (Row | undefined)[] = [];
const byId = new Map<string, Row>();
for (const row of INSTRUCTIONS as readonly Row[]) {
  byOpcode[row.opcode] = row;
  byId.set(row.id, row);
}

/**
 * The row of an instruction.
 * @throws RangeError when there is none of that name
 */
export function instruction(id: InstructionId): Row {
  const row = byId.get(id);
  if (!row) throw new RangeError(`no instruction "${id}"`);
  return row;
}

const RANGE_CONTEXT = { fields: FIELDS, registers: REGISTERS, csrs: CSRS };

/** Lowest and highest value that an operand's field may hold (registers: numbers; csr: numbers). */
export function operandRange(operand: OperandSpec): { min: number; max: number } {
  return rangeOf(operand, RANGE_CONTEXT);
}

interface FieldRange {
  readonly field: FieldName;
  readonly min: number;
  readonly max: number;
}

/** The fields that an operand occupies, each with the range of its values. */
function operandFields(operand: OperandSpec): FieldRange[] {
  const own = { field: operand.field as FieldName, ...operandRange(operand) };
  if (!operand.base) return [own];
  return [own, { field: operand.base as FieldName, min: 0, max: REGISTERS.x.count - 1 }];
}

// By row, found once: encoding and decoding walk them for every word.
const fieldRanges = new Map<InstructionSpec, readonly FieldRange[]>();
for (const row of INSTRUCTIONS as readonly Row[])
  fieldRanges.set(row, row.operands.flatMap(operandFields));

function fieldsOf(spec: InstructionSpec): readonly FieldRange[] {
  return fieldRanges.get(spec) ?? spec.operands.flatMap(operandFields);
}

/** What is wrong with the values of an instruction's fields, or undefined. */
function violation(spec: InstructionSpec, fields: Fields): string | undefined {
  for (const { field, min, max } of fieldsOf(spec)) {
    const value = fields[field] ?? 0;
    if (!Number.isInteger(value) || value < min || value > max)
      return `${spec.id}: ${field} is ${value}, expected ${min} to ${max}`;
  }
  for (const field of spec.nonzero)
    if (!fields[field as FieldName]) return `${spec.id}: ${field} must not be register 0`;
  if (spec.distinct.length === 0) return undefined;
  const distinct = spec.distinct.map((field) => fields[field as FieldName] ?? 0);
  if (new Set(distinct).size !== distinct.length)
    return `${spec.id}: ${spec.distinct.join(" and ")} must differ`;
  return undefined;
}

/**
 * The 64-bit word of an instruction.
 * @throws RangeError when a field's value is out of range; the assembler checks before
 */
export function encode({ spec, fields }: Instruction): bigint {
  const wrong = violation(spec, fields);
  if (wrong) throw new RangeError(wrong);
  let word = BigInt(spec.opcode);
  for (const { field } of fieldsOf(spec)) {
    const [high, low] = FIELDS[field];
    word |= BigInt.asUintN(high - low + 1, BigInt(fields[field] ?? 0)) << BigInt(low);
  }
  return word;
}

/** The instruction that a 64-bit word encodes, or why there is none. */
export function decode(word: bigint): Instruction | IllegalWord {
  const spec = byOpcode[Number(word & 0xffn)];
  if (!spec) return { illegal: `no instruction has opcode 0x${(word & 0xffn).toString(16)}` };
  let rest = word & ~0xffn;
  const fields: Partial<Record<FieldName, number>> = {};
  for (const { field, min } of fieldsOf(spec)) {
    const [high, low] = FIELDS[field];
    const bits = high - low + 1;
    const raw = (word >> BigInt(low)) & ((1n << BigInt(bits)) - 1n);
    rest &= ~(raw << BigInt(low));
    fields[field] = Number(min < 0 ? BigInt.asIntN(bits, raw) : raw);
  }
  if (rest !== 0n) return { illegal: `${spec.id}: bits 0x${rest.toString(16)} must be zero` };
  const wrong = violation(spec, fields);
  if (wrong) return { illegal: wrong };
  return { spec, fields };
}
