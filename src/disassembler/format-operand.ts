import type { FieldName } from "../isa/codec.js";
import { CSRS, type Instruction, NUMERICS, type OperandSpec } from "../isa/index.js";

/** What is known about where an instruction stands. */
export interface FormatContext {
  /** Of the instruction; without it a target is written relative to the instruction. */
  readonly address?: number;
  /** Name to write for a code address. */
  readonly symbolAt?: (address: number) => string | undefined;
}

/** Numbers from here on are written in hexadecimal. */
const FIRST_HEXADECIMAL = 0x10000;

const CSR_NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(CSRS).map(([name, { number }]) => [number, name]),
);

/** An operand as the assembler reads it. */
export function formatOperand(
  operand: OperandSpec,
  fields: Instruction["fields"],
  context: FormatContext,
): string {
  const value = fields[operand.field as FieldName] ?? 0;
  switch (operand.kind) {
    case "v":
    case "q":
    case "x":
      return `${operand.kind}${value}`;
    case "mem":
      return `${formatNumber(value)}(x${fields[operand.base as FieldName] ?? 0})`;
    case "csr":
      return CSR_NAMES.get(value) ?? String(value);
    case "target":
      return formatTarget(value, context);
    case "imm":
      return operand.name === "eps" ? formatEpsilon(value) : formatNumber(value);
  }
}

/** Decimal while it is small, then hexadecimal. */
export function formatNumber(value: number): string {
  if (Math.abs(value) < FIRST_HEXADECIMAL) return String(value);
  return value < 0 ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
}

function formatTarget(distance: number, { address, symbolAt }: FormatContext): string {
  if (address === undefined)
    return distance < 0 ? `. - ${formatNumber(-distance)}` : `. + ${formatNumber(distance)}`;
  return symbolAt?.(address + distance) ?? formatNumber(address + distance);
}

/** `eps(1e-6)` where a real of six digits has exactly this value in units of 2^-2F, else the number. */
function formatEpsilon(value: number): string {
  if (value === 0) return "0";
  const real = value / 2 ** (2 * NUMERICS.fraction_bits);
  const short = Number(real.toPrecision(6));
  return Math.round(short * 2 ** (2 * NUMERICS.fraction_bits)) === value
    ? `eps(${short.toExponential()})`
    : formatNumber(value);
}
