import { nearest } from "../../diagnostics/suggest.js";
import type { Assembly } from "../assembly.js";
import { DIRECTIVE_NAMES } from "../directives/directive-names.js";
import { forms } from "../instructions/forms.js";
import { noteAt, type Place, type Site } from "../source/reporter.js";
import type { Command, MacroParameter, Range } from "../syntax/ast.js";
import type { Block } from "../syntax/blocks.js";
import type { SourceText } from "../syntax/source-text.js";

export interface Macro {
  readonly name: string;
  readonly parameters: readonly MacroParameter[];
  readonly place: Place;
  /** The text that the body is a stretch of. */
  readonly source: SourceText;
  readonly body: Range;
}

/** Defaults and arguments are kept as text. */
export type Arguments = ReadonlyMap<string, string>;

const QUALIFIERS: readonly string[] = ["req", "vararg"];

/** The macro that a `.macro` line defines, or undefined after an error was reported. */
export function defineMacro(
  assembly: Assembly,
  site: Site,
  block: Block,
  known: ReadonlyMap<string, Macro>,
): Macro | undefined {
  const { source } = site;
  const header = source.macroHeader(block.first);
  const fail = (range: Range, message: string, help?: string) => {
    assembly.reporter.error({ site, range }, message, { help });
    return undefined;
  };
  if (header.kind === "error") {
    const help = header.help ?? "it is written .macro name parameter, parameter=default";
    return fail(header, header.message, help);
  }
  const { name, nameRange, parameters } = header;
  const place: Place = { site, range: nameRange };
  const earlier = known.get(name);
  if (earlier) {
    const notes = [noteAt("first defined here", earlier.place)];
    assembly.reporter.error(place, `macro "${name}" is defined twice`, { notes });
    return undefined;
  }
  if (forms().has(name) || DIRECTIVE_NAMES.includes(name))
    return fail(
      nameRange,
      `"${name}" is ${forms().has(name) ? "an instruction" : "a directive"}: no macro can have its name`,
    );
  const seen = new Set<string>();
  for (const [i, parameter] of parameters.entries()) {
    if (!/^[A-Za-z_]\w*$/.test(parameter.name))
      return fail(parameter, `"${parameter.name}" is no name for a parameter`);
    if (seen.has(parameter.name))
      return fail(parameter, `parameter "${parameter.name}" is there twice`);
    seen.add(parameter.name);
    if (parameter.qualifier !== undefined && !QUALIFIERS.includes(parameter.qualifier))
      return fail(parameter, `unknown qualifier "${parameter.qualifier}", expected req or vararg`);
    if (parameter.qualifier === "vararg" && i < parameters.length - 1)
      return fail(parameter, "only the last parameter can take all further arguments");
  }
  return { name, parameters, place, source, body: source.between(block.first, block.last) };
}

/** The text of a macro's arguments by parameter, or undefined after an error was reported. */
export function bindArguments(
  assembly: Assembly,
  macro: Macro,
  command: Command,
  site: Site,
): Arguments | undefined {
  const { parameters } = macro;
  const bound = new Map<string, string>();
  const text = ({ start, end }: Range) => site.source.text.slice(start, end);
  const notes = [noteAt("the macro is defined here", macro.place)];
  const fail = (range: Range, message: string, help?: string) => {
    assembly.reporter.error({ site, range }, message, { notes, help });
    return undefined;
  };
  let position = 0;
  for (const operand of command.operands) {
    if (operand.kind === "named") {
      if (!parameters.some(({ name }) => name === operand.name)) {
        const similar = nearest(
          operand.name,
          parameters.map(({ name }) => name),
        );
        return fail(
          operand,
          `macro "${macro.name}" has no parameter "${operand.name}"`,
          similar === undefined ? undefined : `did you mean "${similar}"?`,
        );
      }
      if (bound.has(operand.name))
        return fail(operand, `argument "${operand.name}" is given twice`);
      bound.set(operand.name, text(operand.value));
      continue;
    }
    const parameter = parameters[position];
    if (!parameter) {
      const count = parameters.length;
      const takes = count === 0 ? "no arguments" : `${count} argument${count > 1 ? "s" : ""}`;
      return fail(
        operand,
        `macro "${macro.name}" takes ${takes}, found ${command.operands.length}`,
      );
    }
    position++;
    if (parameter.qualifier === "vararg") {
      const rest = { start: operand.start, end: command.operands.at(-1)!.end };
      bound.set(parameter.name, text(rest));
      break;
    }
    if (operand.kind !== "blank") bound.set(parameter.name, text(operand));
  }
  for (const { name, qualifier, fallback } of parameters) {
    if (bound.has(name)) continue;
    if (qualifier === "req")
      return fail(command, `macro "${macro.name}" needs an argument for "${name}"`);
    bound.set(name, fallback ? macro.source.text.slice(fallback.start, fallback.end) : "");
  }
  return bound;
}
