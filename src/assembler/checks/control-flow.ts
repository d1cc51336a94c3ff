import { type FieldName, type Instruction, REGISTERS } from "../../isa/index.js";
import type { Program } from "./program.js";
import { WORD_BYTES } from "./program.js";

/** Where an instruction may go on: indices of instructions, or anywhere. */
export type Successors = readonly number[] | "anywhere";

const NOWHERE: readonly number[] = [];

/** What may run after the instruction at an index. The end of the program is a trap. */
export function successors({ instructions }: Program, index: number): Successors {
  const instruction = instructions[index];
  if (!instruction) return NOWHERE;
  const { id, timing, operands } = instruction.spec;
  if (id === "halt" || id === "trap") return NOWHERE;
  const next = index + 1 < instructions.length ? [index + 1] : NOWHERE;
  if (timing !== "branch") return next;
  const target = operands.find(({ kind }) => kind === "target");
  if (!target) return "anywhere";
  const distance = instruction.fields[target.field as FieldName] ?? 0;
  const there = index + distance / WORD_BYTES;
  const inside = there >= 0 && there < instructions.length ? [there] : NOWHERE;
  // What links is a jump; the other branches may fall through.
  return operands.some(({ access }) => access === "w") ? inside : [...next, ...inside];
}

/** The link register of calls and returns, as the aliases `call` and `ret` use it. */
const LINK = 1;

/**
 * Whether every computed jump of a program is a return to behind a call: then code that nothing
 * leads to does not run. Returns are `ret`, and their register comes from calls or from memory.
 */
export function returnsOnly({ instructions }: Program): boolean {
  return instructions.every((instruction) => {
    if (!instruction) return true;
    const { id } = instruction.spec;
    const { rd, rs1, imm } = instruction.fields;
    if (id === "jalr") return rd === 0 && rs1 === LINK && imm === 0;
    return !writesScalar(instruction, LINK) || id === "jal" || id === "ld";
  });
}

function writesScalar({ spec, fields }: Instruction, number: number): boolean {
  return spec.operands.some(
    ({ kind, field, access }) =>
      kind === "x" && access !== "r" && fields[field as FieldName] === number,
  );
}

/** Indices that control may reach from the given ones; a call returns. */
export function reachable(program: Program, roots: Iterable<number>): Uint8Array {
  const seen = new Uint8Array(program.instructions.length);
  const waiting = [...roots];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (index >= seen.length || seen[index]) continue;
    seen[index] = 1;
    const next = successors(program, index);
    if (next !== "anywhere") waiting.push(...next);
    const instruction = program.instructions[index];
    if (instruction?.spec.id === "jal" && instruction.fields.rd !== 0) waiting.push(index + 1);
  }
  return seen;
}

/** Bits for the registers of the v and q files: v0 is bit 0. */
export function registerBit(kind: string, number: number): number {
  if (kind === "v") return 1 << number;
  return kind === "q" ? 1 << (REGISTERS.v.count + number) : 0;
}

export const VECTOR_BITS = (1 << REGISTERS.v.count) - 1;
export const ALL_BITS = (1 << (REGISTERS.v.count + REGISTERS.q.count)) - 1;

/** The vector and activation registers that an instruction reads and writes, as bits. */
export function accessedRegisters({ spec, fields }: Instruction): {
  read: number;
  written: number;
} {
  let read = 0;
  let written = 0;
  for (const { kind, field, access } of spec.operands) {
    const bit = registerBit(kind, fields[field as FieldName] ?? 0);
    if (access !== "w") read |= bit;
    if (access !== "r") written |= bit;
  }
  return { read, written };
}
