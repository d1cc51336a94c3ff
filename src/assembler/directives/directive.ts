import type { Assembly } from "../assembly.js";
import type { SectionBuilder } from "../layout/section-builder.js";
import type { Scope } from "../symbols/symbol-table.js";
import type { Command, Expression, Operand, Range, StringLiteral } from "../syntax/ast.js";

/** Carries a directive out; what is wrong with it goes to the assembly's reporter. */
export type Directive = (assembly: Assembly, command: Command, scope: Scope) => void;

/** Checks the number of operands; the usage is what the message shows. */
export function hasOperands(
  assembly: Assembly,
  command: Command,
  scope: Scope,
  [min, max]: readonly [number, number],
  usage: string,
): boolean {
  const { operands } = command;
  if (operands.length >= min && operands.length <= max) return true;
  const extra = operands[max];
  const range: Range = extra
    ? { start: extra.start, end: operands.at(-1)!.end }
    : { start: command.end, end: command.end + 1 };
  const expected =
    min === max ? `${min}` : max === Infinity ? `at least ${min}` : `${min} to ${max}`;
  const plural = expected.endsWith(" 1") || expected === "1" ? "" : "s";
  const message = `"${command.name}" takes ${expected} operand${plural}, found ${operands.length}`;
  assembly.error(scope, range, message, `it is written ${usage}`);
  return false;
}

/** An operand as an expression, or undefined after an error was reported. */
export function asExpression(
  assembly: Assembly,
  operand: Operand,
  scope: Scope,
  what: string,
): Expression | undefined {
  switch (operand.kind) {
    case "string":
    case "memory":
    case "named":
    case "blank":
      assembly.error(scope, spread(operand), `expected ${what}, found ${found(operand)}`);
      return undefined;
    default:
      return operand;
  }
}

export function asString(
  assembly: Assembly,
  operand: Operand,
  scope: Scope,
  what: string,
): StringLiteral | undefined {
  if (operand.kind === "string") return operand;
  const message = `expected ${what} in double quotes, found ${found(operand)}`;
  assembly.error(scope, spread(operand), message);
  return undefined;
}

export function asName(
  assembly: Assembly,
  operand: Operand,
  scope: Scope,
  what: string,
): string | undefined {
  if (operand.kind === "name" && operand.name !== ".") return operand.name;
  assembly.error(scope, spread(operand), `expected ${what}, found ${found(operand)}`);
  return undefined;
}

/** At least one character to point at. */
function spread({ start, end }: Range): Range {
  return { start, end: Math.max(end, start + 1) };
}

function found(operand: Operand): string {
  switch (operand.kind) {
    case "string":
      return "a string";
    case "memory":
      return "a memory operand";
    case "named":
      return `"${operand.name}="`;
    case "blank":
      return "nothing";
    case "integer":
    case "real":
      return "a number";
    case "name":
      return `"${operand.name}"`;
    default:
      return "an expression";
  }
}

/** The current section if it takes data, or undefined after an error was reported. */
export function dataSection(
  assembly: Assembly,
  command: Command,
  scope: Scope,
): SectionBuilder | undefined {
  const section = assembly.sections.current;
  if (section.kind === "data" || section.kind === "metadata") return section;
  const message = `"${command.name}" in section "${section.name}"`;
  if (section.kind === "code")
    assembly.error(
      scope,
      command,
      `${message}, which holds instructions only`,
      'write ".data" before it; a raw instruction word is a .dword',
    );
  else
    assembly.error(
      scope,
      command,
      `${message}, which holds zeros only`,
      'use .zero, or write ".data" before it',
    );
  return undefined;
}

/** Whether the current section may grow; reports it if not. */
export function mayGrow(assembly: Assembly, bytes: number, scope: Scope, range: Range): boolean {
  const problem = assembly.sections.overflow(bytes);
  if (problem === undefined) return true;
  assembly.error(scope, range, problem);
  return false;
}
