import { nearest } from "../../diagnostics/suggest.js";
import { CSRS, REGISTER_ALIASES, REGISTERS, type RegisterFile } from "../../isa/index.js";
import { FUNCTION_NAMES } from "../expression/function-names.js";
import type { Expression, NameReference, Operand, Range } from "../syntax/ast.js";

export interface Register {
  readonly file: RegisterFile;
  readonly number: number;
}

/** What an operand is before it is known which instruction it belongs to. */
export type ParsedOperand =
  | { readonly kind: RegisterFile; readonly number: number; readonly range: Range }
  | {
      readonly kind: "mem";
      /** undefined is 0. */
      readonly offset: Expression | undefined;
      readonly base: number;
      readonly range: Range;
    }
  | { readonly kind: "expression"; readonly expression: Expression; readonly range: Range }
  /** Nothing that any instruction takes: a string, say. */
  | {
      readonly kind: "other";
      readonly found: string;
      readonly range: Range;
      /** What is wrong with it whatever the instruction is. */
      readonly problem?: OperandProblem;
    };

export interface OperandProblem {
  readonly range: Range;
  readonly message: string;
  readonly help?: string | undefined;
}

/** Registers by the names that every program knows. */
export const REGISTER_NAMES: ReadonlyMap<string, Register> = registerNames();

function registerNames(): Map<string, Register> {
  const names = new Map<string, Register>();
  for (const [file, { count }] of Object.entries(REGISTERS) as [RegisterFile, { count: number }][])
    for (let number = 0; number < count; number++) names.set(`${file}${number}`, { file, number });
  for (const [alias, name] of Object.entries(REGISTER_ALIASES)) names.set(alias, names.get(name)!);
  return names;
}

const FILE_NAMES: Readonly<Record<RegisterFile, string>> = {
  v: "vector",
  q: "activation",
  x: "scalar",
};

/** Such as "a vector register (v0 to v7)". */
export function registerFileText(file: RegisterFile): string {
  const article = file === "q" ? "an" : "a";
  return `${article} ${FILE_NAMES[file]} register (${file}0 to ${file}${REGISTERS[file].count - 1})`;
}

/** The number of a control and status register, by name. */
export function csrNumber(name: string): number | undefined {
  return Object.hasOwn(CSRS, name) ? CSRS[name as keyof typeof CSRS].number : undefined;
}

/**
 * What an operand is.
 * @param registers the names of registers, those of the program included
 */
export function parseOperand(
  operand: Operand,
  registers: ReadonlyMap<string, Register>,
): ParsedOperand {
  const range = operand;
  switch (operand.kind) {
    case "name": {
      const register = registers.get(operand.name);
      return register
        ? { kind: register.file, number: register.number, range }
        : { kind: "expression", expression: operand, range };
    }
    case "memory":
      return memoryOperand(operand.offset, operand.base, range, registers);
    case "parenthesized": {
      const register = registerIn(operand.inner, registers);
      return register
        ? memoryOperand(undefined, operand.inner, range, registers)
        : { kind: "expression", expression: operand, range };
    }
    case "string":
      return { kind: "other", found: "a string", range };
    case "named":
      return { kind: "other", found: `"${operand.name}=", which only a macro takes`, range };
    case "blank":
      return { kind: "other", found: "nothing", range };
    default:
      return { kind: "expression", expression: operand, range };
  }
}

function memoryOperand(
  offset: Expression | undefined,
  base: Expression,
  range: Range,
  registers: ReadonlyMap<string, Register>,
): ParsedOperand {
  const register = registerIn(base, registers);
  if (register?.file === "x") return { kind: "mem", offset, base: register.number, range };
  const problem = register || offset?.kind !== "name" ? wrongBase(base, register) : noCall(offset);
  return { kind: "other", found: "a memory operand", range, problem };
}

function wrongBase(base: Expression, register: Register | undefined): OperandProblem {
  const found = register
    ? registerFileText(register.file).replace(/ \(.*/, "")
    : base.kind === "name"
      ? `"${base.name}", which is no register`
      : "no register";
  const message = `the base of a memory operand must be ${registerFileText("x")}, found ${found}`;
  return { range: base, message };
}

/** `name(…)` is a memory operand only with a register between the parentheses. */
function noCall(name: NameReference): OperandProblem {
  const similar = nearest(name.name, FUNCTION_NAMES);
  return {
    range: name,
    message: `"${name.name}" is no function, and what follows in parentheses is no register`,
    help: similar && `did you mean "${similar}"?`,
  };
}

function registerIn(
  expression: Expression,
  registers: ReadonlyMap<string, Register>,
): Register | undefined {
  return expression.kind === "name" ? registers.get(expression.name) : undefined;
}
