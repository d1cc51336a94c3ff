import {
  decode,
  type FieldName,
  type Instruction,
  type OperandSpec,
  REGISTERS,
} from "../../isa/index.js";
import type { EncodedWord } from "../instructions/encode.js";
import type { PendingWord } from "../instructions/pending.js";
import type { Place } from "../source/reporter.js";
import { type ControlFlow, controlFlow } from "./control-flow.js";

/** The instructions of a program without errors, for the checks that look at several of them. */
export interface Program {
  /** By index; undefined is a word that is no instruction, and traps. */
  readonly instructions: readonly (Instruction | undefined)[];
  /** By index: the vector and activation registers that are read, as bits of `registerBit`. */
  readonly read: Int32Array;
  /** Likewise those that are written. */
  readonly written: Int32Array;
  readonly flow: ControlFlow;
  readonly words: readonly PendingWord[];
  /** Index of the first instruction to run. */
  readonly entry: number;
  /** Indices of instructions with a label. */
  readonly labelled: ReadonlySet<number>;
}

export function makeProgram(
  encoded: readonly EncodedWord[],
  words: readonly PendingWord[],
  entry: number,
  labelled: ReadonlySet<number>,
): Program {
  const instructions = encoded.map(({ word, instruction }) => {
    if (instruction) return instruction;
    const decoded = decode(word);
    return "illegal" in decoded ? undefined : decoded;
  });
  const read = new Int32Array(instructions.length);
  const written = new Int32Array(instructions.length);
  for (const [index, instruction] of instructions.entries()) {
    if (!instruction) continue;
    for (const { kind, field, access } of instruction.spec.operands) {
      const bit = registerBit(kind, instruction.fields[field as FieldName] ?? 0);
      if (access !== "w") read[index]! |= bit;
      if (access !== "r") written[index]! |= bit;
    }
  }
  return {
    instructions,
    read,
    written,
    flow: controlFlow({ instructions }),
    words,
    entry,
    labelled,
  };
}

/** A bit for each vector and activation register, v0 first; 0 for what is neither. */
export function registerBit(kind: OperandSpec["kind"], number: number): number {
  if (kind === "v") return 1 << number;
  return kind === "q" ? 1 << (REGISTERS.v.count + number) : 0;
}

export const VECTOR_BITS = (1 << REGISTERS.v.count) - 1;
export const ALL_BITS = (1 << (REGISTERS.v.count + REGISTERS.q.count)) - 1;

/** Where an operand of an instruction is written, or the whole instruction. */
export function operandPlace(
  { words, instructions }: Program,
  index: number,
  isMeant: (operand: OperandSpec) => boolean,
): Place {
  const word = words[index]!;
  const { site } = word.scope;
  if (word.kind === "instruction") {
    const at = instructions[index]!.spec.operands.findIndex(isMeant);
    const position = word.template.arguments[at];
    const operand = typeof position === "number" ? word.operands[position] : undefined;
    if (operand) return { site, range: operand.range };
  }
  return { site, range: word.range };
}
