import type { Assembly } from "../assembly.js";
import { DIRECTIVE_NAMES } from "../directives/directive-names.js";
import { ExpressionError } from "../expression/expression-error.js";
import { FUNCTION_NAMES } from "../expression/function-names.js";
import { registerFileText } from "../instructions/operands.js";
import { MAX_NAME_LENGTH } from "../limits.js";
import { noteAt, type Place } from "../source/reporter.js";
import type { Expression, LabelDefinition, Range } from "../syntax/ast.js";
import type { Constant, Label, Scope } from "./symbol-table.js";

const DIRECTIVES: ReadonlySet<string> = new Set(DIRECTIVE_NAMES);

/** Whether a name may be given to a symbol; reports it if not. */
export function checkName(assembly: Assembly, name: string, range: Range, scope: Scope): boolean {
  const register = assembly.registers.get(name);
  const taken = register
    ? registerFileText(register.file).replace(/ \(.*/, "")
    : FUNCTION_NAMES.has(name)
      ? "a function"
      : DIRECTIVES.has(name)
        ? "a directive"
        : undefined;
  if (name.length > MAX_NAME_LENGTH) {
    assembly.error(scope, range, `a name of more than ${MAX_NAME_LENGTH} characters`);
    return false;
  }
  if (taken === undefined && name !== ".") return true;
  const message =
    name === "." ? '"." cannot be defined' : `"${name}" is ${taken}: it cannot be defined again`;
  assembly.error(scope, range, message, "choose another name");
  return false;
}

/** A label at the current place: a name, or a number that may be defined many times. */
export function defineLabel(assembly: Assembly, label: LabelDefinition, scope: Scope): void {
  const place: Place = { site: scope.site, range: label };
  const definition: Label = {
    kind: "label",
    location: scope.here,
    place,
    sequence: scope.sequence,
  };
  if (/^\d/.test(label.name)) {
    assembly.symbols.defineNumeric(label.name, definition);
    return;
  }
  if (!checkName(assembly, label.name, label, scope)) return;
  const entry = assembly.symbols.entry(label.name);
  const first = entry.definitions[0];
  if (first) {
    const notes = first.place ? [noteAt("first defined here", first.place)] : [];
    assembly.reporter.error(place, `"${label.name}" is defined twice`, {
      notes,
      help: repeatedHelp(scope),
    });
    return;
  }
  entry.definitions.push(definition);
}

function repeatedHelp(scope: Scope): string | undefined {
  return scope.site.frame && scope.site.frame.kind !== "include"
    ? "in a macro or a repetition use a numeric label (1:, 1b, 1f) or \\@ in the name"
    : undefined;
}

/** A constant; a later assignment counts from there on. */
export function defineConstant(
  assembly: Assembly,
  name: string,
  nameRange: Range,
  value: Expression,
  scope: Scope,
): void {
  if (!checkName(assembly, name, nameRange, scope)) return;
  const place: Place = { site: scope.site, range: nameRange };
  const { definitions } = assembly.symbols.entry(name);
  const first = definitions[0];
  if (first?.kind === "label") {
    const notes = [noteAt("the label is here", first.place)];
    assembly.reporter.error(place, `"${name}" is a label: it cannot be assigned`, { notes });
    return;
  }
  const sequence = assembly.nextSequence();
  const constant: Constant = { kind: "constant", value, scope, place, sequence };
  definitions.push(constant);
  // Found now where possible: a counter that is counted up would else make a chain as long as the
  // repetition. What is not known yet is found at its first use.
  try {
    assembly.evaluator.constantValue(constant);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
  }
}
