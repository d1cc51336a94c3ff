import { nearest } from "../../diagnostics/suggest.js";
import { INSTRUCTION_BYTES } from "../../isa/codec.js";
import {
  CSRS,
  encode,
  type FieldName,
  type Instruction,
  type OperandSpec,
  operandRange,
} from "../../isa/index.js";
import { type Assembly, shortened, TEXT_ADDRESS } from "../assembly.js";
import { fitsWidth } from "../layout/data-fixups.js";
import type { NameReference, Range } from "../syntax/ast.js";
import { csrNumber, type ParsedOperand } from "./operands.js";
import type { PendingInstruction, PendingWord } from "./pending.js";

/** A word of the program, and the instruction that it is, unless it was written as data. */
export interface EncodedWord {
  readonly word: bigint;
  readonly instruction: Instruction | undefined;
}

/** The words of .text, now that every symbol has its value. A wrong one is 0 and reported. */
export function encodeWords(assembly: Assembly): EncodedWord[] {
  return assembly.words.map((pending, index) => encodeWord(assembly, pending, index));
}

function encodeWord(assembly: Assembly, pending: PendingWord, index: number): EncodedWord {
  if (pending.kind === "instruction") {
    const fields = resolveFields(assembly, pending, TEXT_ADDRESS + index * INSTRUCTION_BYTES);
    if (!fields) return { word: 0n, instruction: undefined };
    const instruction = { spec: pending.template.spec, fields };
    return { word: encode(instruction), instruction };
  }
  const { value: expression, scope } = pending;
  const value = assembly.reporting(() => assembly.evaluator.integer(expression, scope));
  const fits =
    value !== undefined && fitsWidth(assembly, value, INSTRUCTION_BYTES, expression, scope);
  return { word: fits ? BigInt.asUintN(64, value) : 0n, instruction: undefined };
}

type MutableFields = Partial<Record<FieldName, number>>;

/** The fields of an instruction, or undefined after an error was reported. */
function resolveFields(
  assembly: Assembly,
  pending: PendingInstruction,
  address: number,
): MutableFields | undefined {
  const { spec, arguments: positions } = pending.template;
  const fields: MutableFields = {};
  let wrong = false;
  for (const [i, operandSpec] of spec.operands.entries()) {
    const position = positions[i]!;
    const operand = typeof position === "number" ? pending.operands[position]! : position;
    const value = operandValue(assembly, pending, operandSpec, operand, address);
    if (value === undefined) wrong = true;
    else fields[operandSpec.field as FieldName] = value;
    if (operand.kind === "mem") fields[operandSpec.base as FieldName] = operand.base;
  }
  if (wrong || !registersAllowed(assembly, pending, fields)) return undefined;
  return fields;
}

function operandValue(
  assembly: Assembly,
  pending: PendingInstruction,
  spec: OperandSpec,
  operand: ParsedOperand,
  address: number,
): number | undefined {
  switch (operand.kind) {
    case "v":
    case "q":
    case "x":
      return operand.number;
    case "other":
      return undefined;
  }
  const expression = operand.kind === "mem" ? operand.offset : operand.expression;
  if (!expression) return 0;
  if (spec.kind === "csr" && expression.kind === "name") {
    const number = csrNumber(expression.name);
    if (number !== undefined) return number;
    if (!assembly.symbols.find(expression.name)) {
      reportUnknownCsr(assembly, expression, pending);
      return undefined;
    }
  }
  const { scope } = pending;
  const value = assembly.reporting(() => assembly.evaluator.integer(expression, scope));
  if (value === undefined) return undefined;
  if (spec.kind === "target") return targetDistance(assembly, pending, expression, value, address);
  const { min, max } = operandRange(spec);
  const number = Number(value); // rounding does not carry a value across a bound below 2^53
  if (number >= min && number <= max) return number;
  const what = operand.kind === "mem" ? "the offset" : `operand ${operandNumber(pending, operand)}`;
  assembly.error(
    scope,
    expression,
    `${what} of "${pending.mnemonic}" is ${shortened(value)}, expected ${min} to ${max}`,
    operand.kind === "mem" ? "load the address into a register: la x5, …" : undefined,
  );
  return undefined;
}

function reportUnknownCsr(
  assembly: Assembly,
  expression: NameReference,
  { scope }: PendingInstruction,
): void {
  const names = Object.keys(CSRS);
  const similar = nearest(expression.name, names);
  const message = `unknown control and status register "${expression.name}", expected one of ${names.join(", ")}`;
  assembly.error(scope, expression, message, similar && `did you mean "${similar}"?`);
}

function operandNumber(pending: PendingInstruction, operand: ParsedOperand): number {
  return pending.operands.indexOf(operand) + 1;
}

/** The distance to a target, which must be an instruction of the program. */
function targetDistance(
  assembly: Assembly,
  { mnemonic, scope }: PendingInstruction,
  range: Range,
  target: bigint,
  address: number,
): number | undefined {
  const end = TEXT_ADDRESS + assembly.words.length * INSTRUCTION_BYTES;
  const problem =
    target < BigInt(TEXT_ADDRESS) || target >= BigInt(end)
      ? `0x${BigInt.asUintN(64, target).toString(16)}, outside .text`
      : target % BigInt(INSTRUCTION_BYTES) !== 0n
        ? `0x${target.toString(16)}, no multiple of ${INSTRUCTION_BYTES}`
        : undefined;
  if (problem === undefined) return Number(target) - address;
  assembly.error(
    scope,
    range,
    `the target of "${mnemonic}" is at ${problem}`,
    "branch to a label in .text",
  );
  return undefined;
}

/** Checks the registers that an instruction must not or not twice use. */
function registersAllowed(
  assembly: Assembly,
  pending: PendingInstruction,
  fields: MutableFields,
): boolean {
  const { spec } = pending.template;
  const operandOf = (field: string) => {
    const at = spec.operands.findIndex((operand) => operand.field === field);
    const position = pending.template.arguments[at]!;
    return typeof position === "number" ? pending.operands[position]! : undefined;
  };
  for (const field of spec.nonzero) {
    if (fields[field as FieldName] !== 0) continue;
    const operand = operandOf(field);
    const name = operand && "number" in operand ? `${operand.kind}0` : "register 0";
    assembly.error(
      pending.scope,
      operand?.range ?? pending.range,
      `"${spec.mnemonic}" writes this register, and ${name} cannot be written`,
      "use x1 to x31",
    );
    return false;
  }
  const seen = new Set<number>();
  for (const field of spec.distinct) {
    const number = fields[field as FieldName]!;
    if (seen.has(number)) {
      const names = spec.operands.filter((o) => spec.distinct.includes(o.field)).map((o) => o.name);
      assembly.error(
        pending.scope,
        operandOf(field)?.range ?? pending.range,
        `operands ${names.join(" and ")} of "${spec.mnemonic}" must be different registers`,
        `it is written ${spec.syntax}`,
      );
      return false;
    }
    seen.add(number);
  }
  return true;
}
