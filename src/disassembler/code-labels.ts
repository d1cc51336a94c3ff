import type { ImageSymbol } from "../image/index.js";
import { INSTRUCTION_BYTES } from "../isa/codec.js";
import { decode, type Instruction } from "../isa/index.js";
import type { LabelledAddress } from "./names.js";

const ENTRY_SYMBOL = "_start";

/** The labels of a code section, by number of the instruction. */
export interface CodeLabels {
  readonly symbols: ReadonlyMap<number, readonly ImageSymbol[]>;
  /** The name to write for an instruction: a symbol's, or one that begins with `.L`. */
  readonly names: ReadonlyMap<number, string>;
  /** What `.entry` must name; undefined where the assembler finds the entry itself. */
  readonly entry: string | undefined;
}

/**
 * @param entry number of the instruction that runs first
 */
export function codeLabels(
  words: readonly bigint[],
  labels: readonly LabelledAddress[],
  entry: number,
): CodeLabels {
  const symbols = new Map(
    labels.map(({ offset, symbols }) => [offset / INSTRUCTION_BYTES, symbols]),
  );
  const names = new Map<number, string>();
  for (const [i, [first]] of symbols) if (first) names.set(i, first.name);
  const needed = new Set<number>();
  const isDefault = entry === defaultEntry(symbols);
  if (!isDefault) needed.add(entry);
  for (const [i, word] of words.entries()) {
    const decoded = decode(word);
    const target = "illegal" in decoded ? undefined : targetOf(decoded, i);
    if (target !== undefined && isInside(target, words.length)) needed.add(target);
  }
  const made = [...needed].filter((i) => !names.has(i)).sort((a, b) => a - b);
  for (const [n, i] of made.entries()) names.set(i, `.L${n + 1}`);
  return { symbols, names, entry: isDefault ? undefined : names.get(entry) };
}

/** Number of the instruction that another one may jump to; a fraction when it is misaligned. */
export function targetOf({ spec, fields }: Instruction, index: number): number | undefined {
  const isJump = spec.operands.some(({ kind }) => kind === "target");
  return isJump ? index + (fields.imm ?? 0) / INSTRUCTION_BYTES : undefined;
}

/** Whether the assembler can name a target: it must be an instruction of the program. */
export function isInside(target: number, count: number): boolean {
  return Number.isInteger(target) && target >= 0 && target < count;
}

/** Where the assembler lets a program begin that does not say so. */
function defaultEntry(symbols: CodeLabels["symbols"]): number {
  for (const [i, here] of symbols) if (here.some(({ name }) => name === ENTRY_SYMBOL)) return i;
  return 0;
}
