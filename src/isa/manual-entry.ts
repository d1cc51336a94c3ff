import { encodingDiagram } from "./diagram.js";
import { type RangeContext, rangeOf } from "./range.js";
import type { InstructionSpec, OperandSpec } from "./spec.js";

/** The parts of the specification that the manual of an instruction is made of. */
export interface ManualSource extends RangeContext {
  /** By operand name, what the operand is. */
  readonly operandDescriptions: Readonly<Record<string, string>>;
  readonly units: Readonly<Record<string, string>>;
  readonly timing: Readonly<Record<string, string>>;
  readonly traps: Readonly<Record<string, { readonly description: string }>>;
  /** Functions and tables that pseudo-code may name, by their name. */
  readonly definitions: Readonly<Record<string, string>>;
}

/** One operand as the manual describes it. */
export interface ManualOperand {
  readonly name: string;
  /** How it is written, such as `v0 .. v7`. */
  readonly written: string;
  /** The values of its field where they are no registers' numbers, such as `-2^31 .. 2^31 - 1`. */
  readonly range?: string;
  /** The fields of the word that hold it, such as `imm, rs1`. */
  readonly fields: string;
  /** What the instruction does to its register, if it has one. */
  readonly access?: "read" | "written" | "read and written";
  readonly description: string;
}

/** The manual of one instruction, as data. */
export interface ManualEntry {
  readonly row: InstructionSpec;
  /** The encoding drawn as a box of characters. */
  readonly diagram: string;
  readonly operands: readonly ManualOperand[];
  /** What makes a word illegal beyond ranges and reserved bits. */
  readonly constraints: readonly string[];
  readonly unit: string;
  readonly timing: string;
  /** In the order in which they are decided, those that any word can cause excluded. */
  readonly traps: readonly { readonly name: string; readonly description: string }[];
  /** What the semantics name, and what that names in turn. */
  readonly definitions: readonly { readonly name: string; readonly text: string }[];
}

/** The manual of an instruction. */
export function manualEntry(row: InstructionSpec, source: ManualSource): ManualEntry {
  return {
    row,
    diagram: encodingDiagram(row, source.fields),
    operands: row.operands.map((operand) => manualOperand(operand, source)),
    constraints: constraints(row),
    unit: source.units[row.unit]!,
    timing: source.timing[row.timing]!,
    traps: row.traps.map((name) => ({ name, description: source.traps[name]!.description })),
    definitions: definitionsIn(row.semantics, source.definitions),
  };
}

const ACCESS = { r: "read", w: "written", rw: "read and written" } as const;

/** One operand of an instruction. */
export function manualOperand(operand: OperandSpec, source: ManualSource): ManualOperand {
  const { kind, name, field, base } = operand;
  const range = rangeOf(operand, source);
  const isRegister = kind === "v" || kind === "q" || kind === "x";
  const forms = {
    mem: "imm(xN)",
    imm: "expression",
    target: "label or address",
    csr: Object.keys(source.csrs).join(", "),
  };
  return {
    name,
    written: isRegister ? `${kind}${range.min} .. ${kind}${range.max}` : forms[kind],
    ...(!isRegister && kind !== "csr" && { range: formatRange(range) }),
    fields: base === undefined ? field : `${field}, ${base}`,
    ...(operand.access && { access: ACCESS[operand.access] }),
    description: source.operandDescriptions[name]!,
  };
}

/** Limits as a reader knows them: powers of two where the numbers are long. */
export function formatRange({ min, max }: { min: number; max: number }): string {
  const power = (value: number) => `2^${Math.log2(value)}`;
  const low = min < -65536 ? `-${power(-min)}` : String(min);
  const high = max > 65536 ? `${power(max + 1)} - 1` : String(max);
  return `${low} .. ${high}`;
}

function constraints({ nonzero, distinct }: InstructionSpec): string[] {
  return [
    ...nonzero.map((field) => `${field} must not be register 0`),
    ...(distinct.length > 0 ? [`${distinct.join(" and ")} must differ`] : []),
  ];
}

/** The definitions that a text names, each followed by those that it names itself. */
export function definitionsIn(
  text: string,
  definitions: Readonly<Record<string, string>>,
): { name: string; text: string }[] {
  const found = new Map<string, string>();
  const visit = (text: string) => {
    for (const [name, definition] of Object.entries(definitions)) {
      if (found.has(name) || !new RegExp(`\\b${name}\\b`).test(text)) continue;
      found.set(name, definition.trimEnd());
      visit(definition);
    }
  };
  visit(text);
  return [...found].map(([name, text]) => ({ name, text }));
}
