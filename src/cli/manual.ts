import {
  ALIASES,
  CSRS,
  formatManualPage,
  INSTRUCTIONS,
  type InstructionSpec,
  type ManualPage,
  manualPage,
  TRAPS,
  UNITS,
} from "../isa/index.js";
import type { styler } from "./terminal.js";

/** What the manual says about a name: instructions and aliases, a control register, a trap. */
export interface ManualEntries extends Partial<ManualPage> {
  readonly controlRegister?: { readonly name: string; readonly description: string };
  readonly trap?: {
    readonly name: string;
    readonly code: number;
    readonly value: string;
    readonly description: string;
  };
}

/** Everything that is called `name`, in any case. */
export function findManualEntries(name: string): ManualEntries | undefined {
  const wanted = name.toLowerCase();
  const page = manualPage(wanted);
  const csr = Object.entries(CSRS).find(([csrName]) => csrName === wanted);
  const trap = Object.entries(TRAPS).find(([trapName]) => trapName === wanted);
  if (!page && !csr && !trap) return undefined;
  return {
    ...page,
    ...(csr && { controlRegister: { name: csr[0], description: csr[1].description } }),
    ...(trap && { trap: { name: trap[0], ...trap[1] } }),
  };
}

/** Every name that `findManualEntries` knows. */
export function manualNames(): string[] {
  const rows: readonly InstructionSpec[] = INSTRUCTIONS;
  const names = [...rows, ...ALIASES].map((row) => row.mnemonic);
  return [
    ...new Set([
      ...names,
      ...rows.map((row) => row.id),
      ...Object.keys(CSRS),
      ...Object.keys(TRAPS),
    ]),
  ];
}

/** The manual's pages for one name. */
export function formatManual(entries: ManualEntries): string {
  const { instructions, aliases, controlRegister, trap } = entries;
  const pages = instructions && aliases ? [formatManualPage({ instructions, aliases })] : [];
  if (controlRegister)
    pages.push(`${controlRegister.name}\n    control register: ${controlRegister.description}`);
  if (trap)
    pages.push(
      `${trap.name}\n    trap ${trap.code}: ${trap.description}\n    value: ${trap.value}`,
    );
  return pages.join("\n\n");
}

/** Every instruction and alias in one line each, by functional unit. */
export function formatInstructionList(style: ReturnType<typeof styler>): string {
  const rows: readonly InstructionSpec[] = INSTRUCTIONS;
  const units = Object.entries(UNITS).map(([unit, description]) => ({
    title: `${unit}: ${description}`,
    lines: rows.filter((row) => row.unit === unit),
  }));
  const sections = [...units, { title: "aliases: the assembler expands them", lines: ALIASES }];
  const width = Math.max(...sections.flatMap(({ lines }) => lines.map((row) => row.syntax.length)));
  return sections
    .map(({ title, lines }) =>
      [
        style("bold", title),
        ...lines.map((row) => `  ${row.syntax.padEnd(width)}  ${row.summary}`),
      ].join("\n"),
    )
    .join("\n\n");
}
