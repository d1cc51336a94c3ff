import { INSTRUCTIONS, type Instruction, MEMORY, type OperandSpec } from "../isa/index.js";

/** What a random program must know of an instruction; it follows from its row. */
export type Row = Instruction["spec"];

/**
 * - plain: whatever the fields are, the next instruction follows
 * - memory: needs a legal address
 * - length: sets the vector length
 * - branch: may go somewhere else
 * - input: takes an entry of the input queue
 * - end: ends the program
 */
export type Role = "plain" | "memory" | "length" | "branch" | "input" | "end";

const isMemory = ({ kind }: OperandSpec) => kind === "mem";

export function memoryOperand(row: Row): OperandSpec | undefined {
  return row.operands.find(isMemory);
}

export function roleOf(row: Row): Role {
  if (row.id === "halt" || row.traps.includes("software")) return "end";
  if (row.timing === "branch") return "branch";
  if (row.unit === "control" && row.traps.includes("vector_length")) return "length";
  if (row.traps.includes("queue_empty")) return "input";
  return row.operands.some(isMemory) ? "memory" : "plain";
}

/**
 * Bytes that an address must be a multiple of, as the pseudo-code says it: `M[a .. a + 3]` is one
 * word; what depends on i is a vector, what is a matrix says so, and both begin at a line.
 */
export function alignmentOf(row: Row): number {
  const [, last] = /M\[a \.\. a \+ (\d+)\]/.exec(row.semantics) ?? [];
  return last === undefined ? MEMORY.line_bytes : Number(last) + 1;
}

/** Whether an instruction writes DRAM. */
export function isStore(row: Row): boolean {
  return /^\s*M\[.*\] =/m.test(row.semantics);
}

/** A whole vector, a matrix, or one scalar. */
export function accessKind(row: Row): "vector" | "matrix" | "scalar" {
  if (alignmentOf(row) !== MEMORY.line_bytes) return "scalar";
  return row.operands.some(({ kind }) => kind === "q") ? "matrix" : "vector";
}

export function registerOperands(
  row: Row,
  file: "v" | "q" | "x",
  access: "r" | "w",
): OperandSpec[] {
  const named = row.operands.filter((o) => o.kind === file && (o.access ?? "r").includes(access));
  const memory = memoryOperand(row);
  if (file === "x" && access === "r" && memory)
    named.push({ name: "base", kind: "x", field: memory.base!, access: "r" });
  return named;
}

export const ROWS = INSTRUCTIONS as readonly Row[];

/** The rows with a role. */
export function rowsOf(...roles: readonly Role[]): Row[] {
  return ROWS.filter((row) => roles.includes(roleOf(row)));
}

export const UNIT_NAMES: readonly string[] = [...new Set(ROWS.map(({ unit }) => unit))];
