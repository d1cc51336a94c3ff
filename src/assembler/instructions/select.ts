import { type OperandSpec, operandRange } from "../../isa/index.js";
import type { Range } from "../syntax/ast.js";
import { accepts, type Form, forms } from "./forms.js";
import { type ParsedOperand, registerFileText } from "./operands.js";

/** Why no form of a mnemonic takes some operands: what to point at, what to say. */
export interface Mismatch {
  readonly range: Range;
  readonly message: string;
  readonly help?: string | undefined;
  /** One line for each form, when there are several. */
  readonly nearMisses: readonly string[];
}

/** The form of a mnemonic that takes the operands, by their kinds. */
export function selectForm(
  candidates: readonly Form[],
  operands: readonly ParsedOperand[],
  command: Range,
): Form | Mismatch {
  for (const form of candidates) if (firstWrong(form, operands) === undefined) return form;
  for (const operand of operands)
    if (operand.kind === "other" && operand.problem) return { ...operand.problem, nearMisses: [] };
  return mismatch(candidates, operands, command);
}

/** The index of the first operand that a form does not take, or undefined. */
function firstWrong({ operands: specs }: Form, operands: readonly ParsedOperand[]) {
  const count = Math.max(specs.length, operands.length);
  for (let i = 0; i < count; i++) {
    const spec = specs[i];
    const operand = operands[i];
    if (!spec || !operand || !accepts(spec, operand)) return i;
  }
  return undefined;
}

function mismatch(
  candidates: readonly Form[],
  operands: readonly ParsedOperand[],
  command: Range,
): Mismatch {
  const wrong = candidates.map((form) => ({ form, at: firstWrong(form, operands)! }));
  const furthest = Math.max(...wrong.map(({ at }) => at));
  const close = wrong.filter(({ at }) => at === furthest);
  const { mnemonic } = candidates[0]!;
  const operand = operands[furthest];
  const range = operand?.range ?? { start: command.end, end: command.end + 1 };
  const nearMisses =
    candidates.length === 1 ? [] : wrong.map(({ form, at }) => nearMiss(form, operands[at], at));
  const specs = close.flatMap(({ form }) => form.operands[furthest] ?? []);
  if (!operand) {
    const expected = expectation(specs);
    const message = `"${mnemonic}" needs operand ${furthest + 1}, ${expected}`;
    return { range, message, nearMisses, ...usage(candidates) };
  }
  if (specs.length === 0) {
    const count = Math.max(...close.map(({ form }) => form.operands.length));
    const found = `"${mnemonic}" takes ${count === 0 ? "no operands" : `${count} operand${count > 1 ? "s" : ""}`}, found ${operands.length}`;
    const end = operands.at(-1)!.range.end;
    return { range: { start: range.start, end }, message: found, nearMisses, ...usage(candidates) };
  }
  const message = `operand ${furthest + 1} of "${mnemonic}" must be ${expectation(specs)}, found ${foundText(operand)}`;
  const help = memoryHelp(specs, operand) ?? constantHelp(mnemonic, operands);
  return { range, message, nearMisses, ...(help ? { help } : usage(candidates)) };
}

function usage(candidates: readonly Form[]): { help?: string } {
  return candidates.length === 1 ? { help: `it is written ${candidates[0]!.syntax}` } : {};
}

function nearMiss(form: Form, operand: ParsedOperand | undefined, at: number): string {
  const spec = form.operands[at];
  const why = !operand
    ? `operand ${at + 1} is missing`
    : !spec
      ? `it takes ${form.operands.length} operand${form.operands.length === 1 ? "" : "s"}`
      : `operand ${at + 1} must be ${expectation([spec])}`;
  return `not "${form.syntax}": ${why}`;
}

/** What operands are expected, each kind once. */
function expectation(specs: readonly OperandSpec[]): string {
  return [...new Set(specs.map(describeOperand))].join(" or ");
}

/** Such as "a constant from 0 to 63". */
export function describeOperand(spec: OperandSpec): string {
  switch (spec.kind) {
    case "v":
    case "q":
    case "x":
      return registerFileText(spec.kind);
    case "mem":
      return "a memory operand such as 64(x5)";
    case "target":
      return "a label";
    case "csr":
      return "a control and status register";
    case "imm": {
      const { min, max } = operandRange(spec);
      return `a constant from ${min} to ${max}`;
    }
  }
}

function foundText(operand: ParsedOperand): string {
  switch (operand.kind) {
    case "v":
    case "q":
    case "x":
      return `${registerFileText(operand.kind).replace(/ \(.*/, "")}`;
    case "mem":
      return "a memory operand";
    case "other":
      return operand.found;
    case "expression":
      return operand.expression.kind === "name"
        ? `"${operand.expression.name}", which is no register`
        : "a number";
  }
}

/** The instruction that takes a constant where this one takes a register, as `addi` for `add`. */
function constantHelp(mnemonic: string, operands: readonly ParsedOperand[]): string | undefined {
  const withConstant = forms()
    .get(`${mnemonic}i`)
    ?.find((f) => firstWrong(f, operands) === undefined);
  return withConstant && `with a constant it is "${withConstant.mnemonic}"`;
}

/** How to write the memory operand that was probably meant. */
function memoryHelp(specs: readonly OperandSpec[], operand: ParsedOperand): string | undefined {
  if (!specs.some(({ kind }) => kind === "mem")) return undefined;
  if (operand.kind === "x")
    return `write 0(x${operand.number}) for what register x${operand.number} points at`;
  if (operand.kind === "expression" && operand.expression.kind === "name")
    return `write ${operand.expression.name}(x0) for what is at "${operand.expression.name}"`;
  return undefined;
}
