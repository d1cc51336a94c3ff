import type { Image, Section } from "../image/index.js";
import { INSTRUCTION_BYTES } from "../isa/codec.js";
import { decode, type Instruction } from "../isa/index.js";
import { codeLabels, isInside, targetOf } from "./code-labels.js";
import { type FormatOptions, formatInstruction } from "./format-instruction.js";
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
const COMMENT_COLUMN = 44;

/**
 * The lines of a code section.
 * @param objects names of DRAM addresses, for comments
 */
export function* codeLines(
  image: Image,
  section: Section,
  labels: readonly LabelledAddress[],
  objects: ReadonlyMap<number, string>,
  options: CodeOptions,
): Generator<string, void, undefined> {
  const bytes = section.data ?? new Uint8Array();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = bytes.length / INSTRUCTION_BYTES;
  const words = Array.from({ length: count }, (_, i) =>
    view.getBigUint64(i * INSTRUCTION_BYTES, true),
  );
  const first = (image.entry - section.address) / INSTRUCTION_BYTES;
  const { symbols, names, entry } = codeLabels(words, labels, first);
  const symbolAt = (address: number) => names.get((address - section.address) / INSTRUCTION_BYTES);
  const aliases = options.aliases ?? true;

  if (entry) yield `${INDENT}.entry ${entry}`;
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
    const address = section.address + i * INSTRUCTION_BYTES;
    const { text, remark } = statement(word, i, count, objects, { address, symbolAt, aliases });
    const place =
      options.addresses && `${address.toString(16)}: ${word.toString(16).padStart(16, "0")}`;
    const comment = [place, remark].filter(Boolean).join("  ");
    const line = `${INDENT}${text}`;
    yield comment ? `${line.padEnd(COMMENT_COLUMN)}# ${comment}` : line;
  }
}

/** A word as a statement that assembles to it, and what to say about it. */
function statement(
  word: bigint,
  index: number,
  count: number,
  objects: ReadonlyMap<number, string>,
  options: FormatOptions,
): { text: string; remark?: string | undefined } {
  const data = `.dword 0x${word.toString(16).padStart(16, "0")}`;
  const decoded = decode(word);
  if ("illegal" in decoded) return { text: data, remark: `illegal: ${decoded.illegal}` };
  const text = formatInstruction(decoded, options);
  const target = targetOf(decoded, index);
  if (target !== undefined && !isInside(target, count))
    return { text: data, remark: `${text}: the target is no instruction of the program` };
  return { text, remark: loadedSymbol(decoded, objects) };
}

/** The symbol whose address an instruction holds as a constant. */
function loadedSymbol(
  { spec, fields }: Instruction,
  objects: ReadonlyMap<number, string>,
): string | undefined {
  for (const { kind, field } of spec.operands) {
    const isAddress = field === "imm48" || (kind === "mem" && fields.rs1 === 0);
    const value = isAddress ? fields[field as "imm" | "imm48"] : undefined;
    if (value) return objects.get(value);
  }
  return undefined;
}

function sourceComment(location: Image["lines"][number]): string | undefined {
  if (!location) return undefined;
  const calls = (location.expandedFrom ?? []).map(
    ({ macro, file, line }) => `, from ${macro} at ${file}:${line}`,
  );
  return `${location.file}:${location.line}${calls.join("")}`.replaceAll(/\p{C}/gu, "?");
}
