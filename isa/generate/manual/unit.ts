import { type ManualEntry, manualEntry } from "../../../src/isa/manual-entry.js";
import type { Specification } from "../load.js";
import { capitalise, code, page, table } from "../markdown.js";
import { manualSource, unitTitle } from "./source.js";

/** The page of a functional unit: every instruction that it executes. */
export function unitPage(spec: Specification, unit: string): string {
  const description = spec.machine.units[unit]!;
  const source = manualSource(spec);
  const entries = spec.instructions
    .filter((row) => row.unit === unit)
    .map((row) => manualEntry(row, source));
  return page(
    unitTitle(description),
    `Unit \`${unit}\`: ${description.split(": ")[1]}.
[machine.md](machine.md) explains words, registers, addresses and traps;
[numerics.md](numerics.md) the arithmetic.`,
    ...entries.map(formatEntry),
  );
}

function formatEntry(entry: ManualEntry): string {
  const { row, operands, constraints, traps, definitions } = entry;
  const values = (operand: ManualEntry["operands"][number]) =>
    operand.range === undefined ? operand.written : `${operand.written}: ${operand.range}`;
  const operandTable = table(
    ["Operand", "Field", "Values", "Access", ""],
    operands.map((operand) => [
      `\`${operand.name}\``,
      operand.fields,
      values(operand),
      operand.access ?? "",
      operand.description,
    ]),
  );
  const functions = definitions.filter(({ text }) => text.includes("\n")).map(({ name }) => name);
  const properties = [
    `- Timing: \`${row.timing}\`, ${entry.timing}`,
    ...constraints.map((constraint) => `- ${capitalise(constraint)}, else the word is illegal`),
    ...traps.map(({ name, description }) => `- Trap \`${name}\`: ${description}`),
    ...functions.map((name) => `- [\`${name}\`](numerics.md#${name}) is defined with the numerics`),
  ];
  return [
    `## \`${row.syntax}\``,
    row.summary,
    code(entry.diagram),
    ...(operands.length > 0 ? [operandTable] : []),
    code(row.semantics),
    properties.join("\n"),
  ].join("\n\n");
}
