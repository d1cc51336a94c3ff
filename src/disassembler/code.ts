import type { Image, Section } from "../image/index.js";
import { decode } from "../isa/index.js";
import { formatWord } from "./format-instruction.js";
import { labelLines } from "./labels.js";
import type { LabelledAddress } from "./names.js";

export interface CodeOptions {
  /** Prefer short forms such as `ret`; true unless said otherwise. */
  readonly aliases?: boolean;
  /** Write each instruction's address and word in a comment. */
  readonly addresses?: boolean;
  /** Write where the instructions come from in comments. */
  readonly source?: boolean;
}

const INDENT = "    ";
const WORD_BYTES = 8;
const ENTRY_SYMBOL = "_start";
const COMMENT_COLUMN = 44;

/** The lines of a code section; `.L` labels are made for targets that have no symbol. */
export function* codeLines(
  image: Image,
  section: Section,
  labels: readonly LabelledAddress[],
  objects: ReadonlyMap<number, string>,
  options: CodeOptions,
): Generator<string, void, undefined> {
  const bytes = section.data ?? new Uint8Array();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = bytes.length / WORD_BYTES;
  const words = Array.from({ length: count }, (_, i) => view.getBigUint64(i * WORD_BYTES, true));
  const symbols = new Map(labels.map(({ offset, symbols }) => [offset / WORD_BYTES, symbols]));
  const entry = (image.entry - section.address) / WORD_BYTES;
  const names = labelNames(words, symbols, entry);
  const symbolAt = (address: number) => names.get((address - section.address) / WORD_BYTES);

  if (entry !== defaultEntry(symbols)) yield `${INDENT}.entry ${names.get(entry)}`;
  let source: string | undefined;
  for (let i = 0; i <= count; i++) {
    const defined = symbols.get(i);
    if (defined) yield* labelLines(defined);
    else if (names.has(i)) yield `${names.get(i)}:`;
    const word = words[i];
    if (word === undefined) break;
    const location = options.source ? sourceComment(image.lines[i]) : undefined;
    if (location !== undefined && location !== source) yield `${INDENT}# ${location}`;
    source = location;
    const address = section.address + i * WORD_BYTES;
    const { text, illegal } = formatWord(word, {
      address,
      symbolAt,
      ...(options.aliases !== undefined && { aliases: options.aliases }),
    });
    const comments = [
      options.addresses && `${address.toString(16)}: ${word.toString(16).padStart(16, "0")}`,
      illegal && `illegal: ${illegal}`,
      loadedAddress(word, objects),
    ].filter(Boolean);
    const line = `${INDENT}${text}`;
    yield comments.length > 0 ? `${line.padEnd(COMMENT_COLUMN)}# ${comments.join("  ")}` : line;
  }
}

/** By instruction number: the symbol there, or a label for the jumps that go there. */
function labelNames(
  words: readonly bigint[],
  symbols: ReadonlyMap<number, readonly { name: string }[]>,
  entry: number,
): Map<number, string> {
  const names = new Map<number, string>();
  for (const [i, [first]] of symbols) if (first) names.set(i, first.name);
  const targets = new Set<number>();
  if (entry !== defaultEntry(symbols) && !names.has(entry)) targets.add(entry);
  for (const [i, word] of words.entries()) {
    const decoded = decode(word);
    if ("illegal" in decoded || !decoded.spec.operands.some(({ kind }) => kind === "target"))
      continue;
    const target = i + (decoded.fields.imm ?? 0) / WORD_BYTES;
    const inside = Number.isInteger(target) && target >= 0 && target <= words.length;
    if (inside && !names.has(target)) targets.add(target);
  }
  for (const [n, target] of [...targets].sort((a, b) => a - b).entries())
    names.set(target, `.L${n + 1}`);
  return names;
}

/** Where the assembler lets a program begin that does not say so. */
function defaultEntry(symbols: ReadonlyMap<number, readonly { name: string }[]>): number {
  for (const [i, here] of symbols) if (here.some(({ name }) => name === ENTRY_SYMBOL)) return i;
  return 0;
}

function sourceComment(location: Image["lines"][number]): string | undefined {
  if (!location) return undefined;
  const calls = (location.expandedFrom ?? []).map(
    ({ macro, file, line }) => `, from ${macro} at ${file}:${line}`,
  );
  return `${location.file}:${location.line}${calls.join("")}`.replaceAll(/\p{Cc}/gu, "?");
}

/** The symbol whose address an instruction loads as a constant, for the reader. */
function loadedAddress(word: bigint, objects: ReadonlyMap<number, string>): string | undefined {
  const decoded = decode(word);
  if ("illegal" in decoded) return undefined;
  for (const { kind, field, base } of decoded.spec.operands) {
    const isAddress = field === "imm48" || (kind === "mem" && base && decoded.fields.rs1 === 0);
    const value = isAddress ? decoded.fields[field as "imm" | "imm48"] : undefined;
    if (value) return objects.get(value);
  }
  return undefined;
}
