import type { OperandSpec, RegisterFile } from "./spec.js";

/** The parts of the specification that an operand's range follows from. */
export interface RangeContext {
  /** Highest and lowest bit of every field of the word. */
  readonly fields: Readonly<Record<string, readonly [number, number]>>;
  readonly registers: Readonly<Record<RegisterFile, { readonly count: number }>>;
  readonly csrs: Readonly<Record<string, unknown>>;
}

/** Lowest and highest value that an operand's field may hold (registers: numbers; csr: numbers). */
export function rangeOf(operand: OperandSpec, context: RangeContext): { min: number; max: number } {
  if (operand.kind === "v" || operand.kind === "q" || operand.kind === "x")
    return { min: 0, max: context.registers[operand.kind].count - 1 };
  if (operand.kind === "csr") return { min: 0, max: Object.keys(context.csrs).length - 1 };
  const [high, low] = context.fields[operand.field]!;
  const bits = high - low + 1;
  if (operand.signed || operand.kind === "mem")
    return { min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 };
  return { min: 0, max: operand.max ?? 2 ** bits - 1 };
}
