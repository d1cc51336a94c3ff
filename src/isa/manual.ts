import {
  ALIASES,
  CSRS,
  FIELDS,
  FUNCTIONS,
  INSTRUCTIONS,
  OPERAND_DESCRIPTIONS,
  REGISTERS,
  TABLE_DEFINITIONS,
  TIMING,
  TRAPS,
  UNITS,
} from "./generated.js";
import { type ManualEntry, type ManualSource, manualEntry } from "./manual-entry.js";
import type { AliasSpec, InstructionSpec } from "./spec.js";

/** The manual's source: this version's specification. */
export const MANUAL_SOURCE: ManualSource = {
  fields: FIELDS,
  registers: REGISTERS,
  csrs: CSRS,
  operandDescriptions: OPERAND_DESCRIPTIONS,
  units: UNITS,
  timing: TIMING,
  traps: TRAPS,
  definitions: { ...FUNCTIONS, ...TABLE_DEFINITIONS },
};

/** What the manual has under a name: every form of the instruction, and the aliases. */
export interface ManualPage {
  readonly instructions: readonly ManualEntry[];
  readonly aliases: readonly AliasSpec[];
}

/** The page of a mnemonic (`add`) or of an instruction's id (`add.vv`), in any case. */
export function manualPage(name: string): ManualPage | undefined {
  const wanted = name.toLowerCase();
  const rows: readonly InstructionSpec[] = INSTRUCTIONS;
  const instructions = rows
    .filter(({ id, mnemonic }) => mnemonic === wanted || id === wanted)
    .map((row) => manualEntry(row, MANUAL_SOURCE));
  const aliases = ALIASES.filter(({ mnemonic }) => mnemonic === wanted);
  return instructions.length + aliases.length === 0 ? undefined : { instructions, aliases };
}

/** How a terminal shows the parts of a page that stand out. */
export interface ManualStyle {
  readonly name: (text: string) => string;
  readonly title: (text: string) => string;
}

const PLAIN: ManualStyle = { name: (text) => text, title: (text) => text };

/** A page as text for a terminal. */
export function formatManualPage(page: ManualPage, style: ManualStyle = PLAIN): string {
  return [
    ...page.instructions.map((entry) => formatEntry(entry, style)),
    ...page.aliases.map((alias) => formatAlias(alias, style)),
  ].join("\n\n");
}

function formatEntry(entry: ManualEntry, style: ManualStyle): string {
  const { row, operands, definitions } = entry;
  const operandRows = operands.map(({ name, written, fields, range, access, description }) => [
    name,
    fields,
    range === undefined ? written : `${written}, ${range}`,
    access ?? "",
    description,
  ]);
  const properties = [
    ["unit", row.unit, entry.unit],
    ["timing", row.timing, entry.timing],
    ...entry.traps.map(({ name, description }) => ["trap", name, description]),
  ];
  return formatSections(row, style, [
    ["Encoding", entry.diagram],
    ["Operands (name, field, values, access)", columns(operandRows)],
    ["Constraints", entry.constraints.join("\n")],
    ["Semantics", row.semantics],
    ["Where", definitions.map(({ text }) => text).join("\n")],
    ["Properties", columns(properties)],
  ]);
}

function formatAlias(alias: AliasSpec, style: ManualStyle): string {
  const expansion = alias.expands.join("\n").replace(/[{}]/g, "");
  return formatSections(alias, style, [["The assembler writes", expansion]]);
}

function formatSections(
  { syntax, summary }: { readonly syntax: string; readonly summary: string },
  style: ManualStyle,
  sections: readonly (readonly [title: string, body: string])[],
): string {
  const body = sections
    .filter(([, text]) => text !== "")
    .map(([title, text]) => `  ${style.title(title)}\n${indent(text)}`);
  return [`${style.name(syntax)}\n    ${summary}`, ...body].join("\n\n");
}

function columns(rows: readonly (readonly string[])[]): string {
  const width = (i: number) => Math.max(...rows.map((row) => row[i]!.length));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(width(i)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "    ");
}
