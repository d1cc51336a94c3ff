import type { Assembly } from "../assembly.js";
import { ExpressionError } from "../expression/expression-error.js";
import { BINARY32_RANGE, ELEMENT_RANGE, toElement } from "../expression/functions.js";
import { type Rational, toBinary32 } from "../expression/rational.js";
import { fitsWidth } from "../layout/data-fixups.js";
import type { SectionBuilder } from "../layout/section-builder.js";
import type { Scope, Value } from "../symbols/symbol-table.js";
import type { Command, Expression } from "../syntax/ast.js";
import {
  asExpression,
  asString,
  type Directive,
  dataSection,
  hasOperands,
  mayGrow,
} from "./directive.js";

/** `.byte`, `.half`, `.word`, `.dword`: integers of so many bytes. */
export function integers(width: number): Directive {
  return (assembly, command, scope) => {
    if (!hasOperands(assembly, command, scope, [1, Infinity], `${command.name} 1, 2, …`)) return;
    if (width === 8 && assembly.sections.current.kind === "code")
      return words(assembly, command, scope);
    const section = dataSection(assembly, command, scope);
    if (!section || !mayAppend(assembly, width * command.operands.length, scope, command)) return;
    for (const operand of command.operands) {
      const expression = asExpression(assembly, operand, scope, "an integer");
      if (expression) appendInteger(assembly, section, expression, width, scope);
      else section.appendInteger(0n, width);
    }
  };
}

/** `.dword` in .text: raw instruction words, so that any code can be written down. */
function words(assembly: Assembly, command: Command, scope: Scope): void {
  const bytes = 8 * command.operands.length;
  if (!mayGrow(assembly, bytes, scope, command)) return;
  for (const operand of command.operands) {
    const value = asExpression(assembly, operand, scope, "an integer");
    if (value) assembly.words.push({ kind: "data", value, scope, range: command });
  }
  assembly.sections.current.size = 8 * assembly.words.length;
}

function mayAppend(assembly: Assembly, bytes: number, scope: Scope, command: Command): boolean {
  return mayGrow(assembly, bytes, scope, command) && assembly.mayWrite(bytes, scope, command);
}

function appendInteger(
  assembly: Assembly,
  section: SectionBuilder,
  expression: Expression,
  width: number,
  scope: Scope,
): void {
  const value = earlyValue(assembly, expression, scope);
  if (typeof value === "bigint") {
    const fits = fitsWidth(assembly, value, width, expression, scope);
    section.appendInteger(fits ? value : 0n, width);
  } else {
    assembly.fixups.push({ section, offset: section.size, width, expression, scope });
    section.appendInteger(0n, width);
  }
}

/** The value if it is known already; an error may still turn out to be a forward reference. */
function earlyValue(assembly: Assembly, expression: Expression, scope: Scope): Value | undefined {
  try {
    return assembly.evaluator.value(expression, scope);
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}

/** `.fixed` and `.float`: real numbers, rounded once. */
export function reals(convert: (value: Rational) => bigint | undefined, range: string): Directive {
  return (assembly, command, scope) => {
    if (!hasOperands(assembly, command, scope, [1, Infinity], `${command.name} 0.5, -1, …`)) return;
    const section = dataSection(assembly, command, scope);
    if (!section || !mayAppend(assembly, 4 * command.operands.length, scope, command)) return;
    for (const operand of command.operands) {
      const expression = asExpression(assembly, operand, scope, "a real number");
      const value =
        expression && assembly.reporting(() => assembly.evaluator.real(expression, scope));
      const converted = value && convert(value);
      if (value && converted === undefined) assembly.error(scope, operand, range);
      section.appendInteger(converted ?? 0n, 4);
    }
  };
}

export const fixed = reals(toElement, ELEMENT_RANGE);
export const float = reals(toBinary32, BINARY32_RANGE);

/** `.ascii` and `.asciz`: the bytes of strings. */
export function strings(terminated: boolean): Directive {
  return (assembly, command, scope) => {
    if (!hasOperands(assembly, command, scope, [1, Infinity], `${command.name} "text", …`)) return;
    const section = dataSection(assembly, command, scope);
    if (!section) return;
    for (const operand of command.operands) {
      const text = asString(assembly, operand, scope, "a text");
      if (!text || !mayAppend(assembly, text.bytes.length + 1, scope, command)) continue;
      section.append(text.bytes);
      if (terminated) section.appendInteger(0n, 1);
    }
  };
}
