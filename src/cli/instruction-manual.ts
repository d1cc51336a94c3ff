import { encodingDiagram } from "../isa/diagram.js";
import {
  ALIASES,
  type AliasSpec,
  CSRS,
  FIELDS,
  FUNCTIONS,
  INSTRUCTIONS,
  type InstructionSpec,
  type OperandSpec,
  operandRange,
  REGISTERS,
  TABLE_DEFINITIONS,
  TIMING,
  TRAPS,
  UNITS,
} from "../isa/index.js";
import { formatTable } from "./table.js";
import type { styler } from "./terminal.js";

type Styler = ReturnType<typeof styler>;

/** What the manual says about a name: the instructions, aliases, registers and traps called so. */
export interface ManualEntries {
  readonly instructions: readonly InstructionSpec[];
  readonly aliases: readonly AliasSpec[];
  readonly controlRegister?: { readonly name: string; readonly description: string };
  readonly trap?: {
    readonly name: string;
    readonly code: number;
    readonly value: string;
    readonly description: string;
  };
}

/** Everything that is called `name`, in any case: a mnemonic, an id, a control register, a trap. */
export function findManualEntries(name: string): ManualEntries | undefined {
  const wanted = name.toLowerCase();
  const rows: readonly InstructionSpec[] = INSTRUCTIONS;
  const instructions = rows.filter((row) => row.mnemonic === wanted || row.id === wanted);
  const aliases = ALIASES.filter((row) => row.mnemonic === wanted);
  const csr = Object.entries(CSRS).find(([csrName]) => csrName === wanted);
  const trap = Object.entries(TRAPS).find(([trapName]) => trapName === wanted);
  if (instructions.length === 0 && aliases.length === 0 && !csr && !trap) return undefined;
  return {
    instructions,
    aliases,
    ...(csr && { controlRegister: { name: csr[0], description: csr[1].description } }),
    ...(trap && { trap: { name: trap[0], ...trap[1] } }),
  };
}

/** Every name that `findManualEntries` knows. */
export function manualNames(): string[] {
  const rows: readonly InstructionSpec[] = INSTRUCTIONS;
  return [
    ...new Set([
      ...rows.map((row) => row.mnemonic),
      ...ALIASES.map((row) => row.mnemonic),
      ...rows.map((row) => row.id),
      ...Object.keys(CSRS),
      ...Object.keys(TRAPS),
    ]),
  ];
}

/** The manual's pages for one name. */
export function formatManual(entries: ManualEntries, style: Styler): string {
  const { instructions, aliases, controlRegister, trap } = entries;
  const pages = [
    ...instructions.map((row) => formatInstruction(row, style)),
    ...aliases.map((row) => formatAlias(row, style)),
  ];
  if (controlRegister) {
    const { name, description } = controlRegister;
    pages.push(`${style("bold", name)}\n    control register: ${description}`);
  }
  if (trap)
    pages.push(
      `${style("bold", trap.name)}\n    trap ${trap.code}: ${trap.description}\n    value: ${trap.value}`,
    );
  return pages.join("\n\n");
}

/** Every instruction and alias in one line each, by functional unit. */
export function formatInstructionList(style: Styler): string {
  const rows: readonly InstructionSpec[] = INSTRUCTIONS;
  const sections = Object.entries(UNITS).map(([unit, description]) => ({
    title: `${unit}: ${description}`,
    lines: rows.filter((row) => row.unit === unit),
  }));
  const all = [...sections, { title: "aliases: the assembler expands them", lines: ALIASES }];
  const width = Math.max(...all.flatMap(({ lines }) => lines.map((row) => row.syntax.length)));
  return all
    .map(({ title, lines }) =>
      [
        style("bold", title),
        ...lines.map((row) => `  ${row.syntax.padEnd(width)}  ${row.summary}`),
      ].join("\n"),
    )
    .join("\n\n");
}

function formatInstruction(row: InstructionSpec, style: Styler): string {
  const properties: [string, string][] = [
    ["unit", `${row.unit}, ${UNITS[row.unit as keyof typeof UNITS]}`],
    ["timing", `${row.timing}, ${TIMING[row.timing as keyof typeof TIMING]}`],
  ];
  if (row.nonzero.length > 0) properties.push(["not register 0", row.nonzero.join(", ")]);
  if (row.distinct.length > 0) properties.push(["must differ", row.distinct.join(", ")]);
  // These two can befall any word, so no row names them.
  const traps = ["illegal_instruction", "instruction_address", ...row.traps] as const;
  const parts: [string, string][] = [
    ["encoding", encodingDiagram(row, FIELDS)],
    ["operands", formatTable(row.operands.map((operand) => [operand.name, operandText(operand)]))],
    ["semantics", row.semantics],
    ...definitions(row.semantics),
    [
      "traps",
      formatTable(traps.map((name) => [name, TRAPS[name as keyof typeof TRAPS].description])),
    ],
  ];
  return [
    style("bold", row.syntax),
    indent(row.summary),
    "",
    indent(formatTable(properties)),
    ...parts
      .filter(([, text]) => text !== "")
      .flatMap(([title, text]) => ["", `  ${style("underline", title)}`, indent(text)]),
  ].join("\n");
}

function formatAlias(row: AliasSpec, style: Styler): string {
  return [
    style("bold", row.syntax),
    indent(row.summary),
    "",
    `  ${style("underline", "alias: the assembler writes")}`,
    indent(row.expands.join("\n")),
  ].join("\n");
}

/** How an operand is written and what it may be. */
function operandText(operand: OperandSpec): string {
  const { min, max } = operandRange(operand);
  switch (operand.kind) {
    case "v":
    case "q":
    case "x": {
      const verb = { r: "read", w: "written", rw: "read and written" }[operand.access ?? "r"];
      const [meaning] = REGISTERS[operand.kind].description.split(":");
      return `${operand.kind}${min} to ${operand.kind}${max}, ${verb} (${meaning})`;
    }
    case "mem":
      return `offset(base): ${min} to ${max} bytes from a scalar register`;
    case "target":
      return `a label; in the word, its distance in bytes, ${min} to ${max}`;
    case "csr":
      return Object.keys(CSRS).join(", ");
    case "imm":
      return `${min} to ${max}`;
  }
}

/** The functions and tables that pseudo-code names, and that those name in turn. */
function definitions(semantics: string): [string, string][] {
  const all = { ...FUNCTIONS, ...TABLE_DEFINITIONS };
  const used = new Set<string>();
  const visit = (text: string) => {
    for (const [name, definition] of Object.entries(all)) {
      if (used.has(name) || !new RegExp(`\\b${name}\\b`).test(text)) continue;
      used.add(name);
      visit(definition);
    }
  };
  visit(semantics);
  return used.size === 0 ? [] : [["where", [...used].map((name) => all[name]).join("\n")]];
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "    ");
}
