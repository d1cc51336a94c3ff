import { decode, type Instruction, type OperandSpec } from "../../isa/index.js";
import type { EncodedWord } from "../instructions/encode.js";
import type { PendingWord } from "../instructions/pending.js";
import type { Place } from "../source/reporter.js";

export const WORD_BYTES = 8;

/** The instructions of a program without errors, for the checks that look at several of them. */
export interface Program {
  /** By index; undefined is a word that is no instruction, and traps. */
  readonly instructions: readonly (Instruction | undefined)[];
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
  return { instructions, words, entry, labelled };
}

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
