import { nearest } from "../../diagnostics/suggest.js";
import { INSTRUCTION_BYTES } from "../../isa/codec.js";
import type { Assembly } from "../assembly.js";
import { DIRECTIVE_NAMES } from "../directives/directive-names.js";
import type { Scope } from "../symbols/symbol-table.js";
import type { Command, Range } from "../syntax/ast.js";
import { type Form, forms, type Template } from "./forms.js";
import { type ParsedOperand, parseOperand } from "./operands.js";
import { type Mismatch, selectForm } from "./select.js";

/**
 * An instruction or an alias: its words go to .text.
 * @param macros names that could have been meant as well
 */
export function emitInstruction(
  assembly: Assembly,
  command: Command,
  scope: Scope,
  macros: Iterable<string>,
): void {
  const known = forms().get(command.name);
  if (!known) {
    reportUnknown(assembly, command, scope, [...macros, ...forms().keys()]);
    return;
  }
  if (assembly.sections.current.kind !== "code") {
    const { name } = assembly.sections.current;
    const message = `an instruction in section "${name}"; instructions go into .text`;
    assembly.error(scope, command, message, 'write ".text" before it');
    return;
  }
  const operands = command.operands.map((operand) => parseOperand(operand, assembly.registers));
  const selected = selectForm(known, operands, command);
  if ("templates" in selected) emitWords(assembly, selected, operands, scope, command);
  else reportMismatch(assembly, selected, scope);
}

function reportUnknown(
  assembly: Assembly,
  { name, nameRange }: Command,
  scope: Scope,
  known: readonly string[],
): void {
  if (!assembly.reporter.showsMore) {
    assembly.error(scope, nameRange, `unknown instruction "${name}"`);
    return;
  }
  // Of equally similar names one with the same first letter is the likelier one.
  const initial = name[0]!.toLowerCase();
  const sorted = [...known].sort((a, b) => Number(b[0] === initial) - Number(a[0] === initial));
  const directive = `.${name}`;
  const similar = DIRECTIVE_NAMES.includes(directive) ? directive : nearest(name, sorted);
  const help = similar && `did you mean "${similar}"?`;
  assembly.error(scope, nameRange, `unknown instruction "${name}"`, help);
}

function emitWords(
  assembly: Assembly,
  form: Form,
  operands: readonly ParsedOperand[],
  scope: Scope,
  range: Range,
): void {
  for (const template of form.templates)
    emitWord(assembly, form.mnemonic, template, operands, scope, range);
}

function emitWord(
  assembly: Assembly,
  mnemonic: string,
  template: Template,
  operands: readonly ParsedOperand[],
  scope: Scope,
  range: Range,
): void {
  const full = assembly.sections.overflow(INSTRUCTION_BYTES);
  if (full !== undefined) {
    assembly.error(scope, range, full);
    return;
  }
  assembly.words.push({ kind: "instruction", mnemonic, template, operands, scope, range });
  assembly.sections.current.size += INSTRUCTION_BYTES;
}

/** An instruction without operands that fills a gap in .text. */
export function emitPadding(assembly: Assembly, scope: Scope, range: Range): void {
  const nop = forms().get("nop")![0]!;
  emitWords(assembly, nop, [], scope, range);
}

function reportMismatch(
  assembly: Assembly,
  { range, message, help, nearMisses }: Mismatch,
  scope: Scope,
): void {
  const notes = nearMisses.map((text) => ({ message: text }));
  assembly.reporter.error({ site: scope.site, range }, message, { help, notes });
}
