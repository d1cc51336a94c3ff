import { INSTRUCTION_BYTES } from "../../isa/codec.js";
import type { FieldName, Instruction } from "../../isa/index.js";
import type { Program } from "./program.js";

/** No instruction, and any instruction, as a successor. */
export const NOWHERE = -1;
export const ANYWHERE = -2;

/** What may run after each instruction: the next one or none, and the target of a jump. */
export interface ControlFlow {
  readonly next: Int32Array;
  readonly target: Int32Array;
}

/** The end of the program is a trap: nothing comes after it. */
export function controlFlow({ instructions }: Pick<Program, "instructions">): ControlFlow {
  const count = instructions.length;
  const next = new Int32Array(count).fill(NOWHERE);
  const target = new Int32Array(count).fill(NOWHERE);
  for (const [index, instruction] of instructions.entries()) {
    if (!instruction) continue;
    const { id, timing, operands } = instruction.spec;
    if (id === "halt" || id === "trap") continue;
    let fallsThrough = true;
    if (timing === "branch") {
      const operand = operands.find(({ kind }) => kind === "target");
      // What links is a jump; the other branches may fall through.
      fallsThrough = operands.every(({ access }) => access !== "w");
      const distance = operand && (instruction.fields[operand.field as FieldName] ?? 0);
      const there = distance === undefined ? ANYWHERE : index + distance / INSTRUCTION_BYTES;
      if (there === ANYWHERE || (there >= 0 && there < count)) target[index] = there;
    }
    if (fallsThrough && index + 1 < count) next[index] = index + 1;
  }
  return { next, target };
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
export function reachable({ instructions, flow }: Program, roots: Iterable<number>): Uint8Array {
  const seen = new Uint8Array(instructions.length);
  const waiting = [...roots];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (index >= seen.length || seen[index]) continue;
    seen[index] = 1;
    if (flow.next[index]! >= 0) waiting.push(flow.next[index]!);
    if (flow.target[index]! >= 0) waiting.push(flow.target[index]!);
    const instruction = instructions[index];
    if (instruction?.spec.id === "jal" && instruction.fields.rd !== 0) waiting.push(index + 1);
  }
  return seen;
}
