import { INSTRUCTION_BYTES } from "../../isa/codec.js";
import type { SectionBuilder } from "../layout/section-builder.js";
import type { Site } from "../source/reporter.js";
import { lineText } from "./line-text.js";
import type { ListedLine } from "./listed-line.js";

/** Rows that the bytes of one line take at most. */
const MAX_ROWS = 4;
/** Columns of the address and the bytes. */
const BYTES_WIDTH = 12 + 2 + 2 * INSTRUCTION_BYTES;

/**
 * The listing: address, bytes and source of every line. `+` marks lines that a macro or a
 * repetition made, one for each level.
 */
export function listing(
  lines: readonly ListedLine[],
  contents: ReadonlyMap<SectionBuilder, Uint8Array>,
): string {
  const out: string[] = [];
  const shown = new Map<Site, number>();
  const main = lines[0]?.site;
  for (const listed of lines) {
    const { site, line, block } = listed;
    const { source } = site;
    const { start } = source.lineRange(line);
    const number = source.origin.file.position(source.origin.start(start)).line;
    if (isFile(site)) {
      sourceLines(out, site, (shown.get(site) ?? 0) + 1, number - 1);
      shown.set(site, Math.max(number, shown.get(site) ?? 0));
    }
    const rows = bytesOf(listed, contents);
    out.push(row(rows[0] ?? "", number, marks(site), lineText(source, line)));
    for (const further of rows.slice(1)) out.push(further);
    if (block && isFile(site) && (block.opener === ".rept" || block.opener === ".irp"))
      shown.set(site, Math.max(number, lineNumber(site, block.last) - 1));
  }
  if (main) sourceLines(out, main, (shown.get(main) ?? 0) + 1, main.source.origin.file.lineCount());
  while (out.at(-1)?.trim() === "") out.pop();
  return out.map((text) => `${text.trimEnd()}\n`).join("");
}

/** Whether the lines of a site are those of a file, one by one. */
function isFile({ frame }: Site): boolean {
  return frame === undefined || frame.kind === "include";
}

function lineNumber({ source }: Site, line: number): number {
  const { file } = source.origin;
  return line < source.lineCount
    ? file.position(source.lineRange(line).start).line
    : file.lineCount() + 1;
}

/** Lines without bytes: comments, bodies of macros, what a condition leaves out. */
function sourceLines(out: string[], site: Site, from: number, to: number): void {
  const { file } = site.source.origin;
  for (let number = from; number <= to; number++) {
    const text = file.lineText(number);
    if (number < file.lineCount() || text !== "") out.push(row("", number, marks(site), text));
  }
}

function row(bytes: string, line: number, marks: string, text: string): string {
  return `${bytes.padEnd(BYTES_WIDTH)} ${String(line).padStart(6)} ${marks}${marks && " "}${text}`;
}

function marks({ frame }: Site): string {
  let count = 0;
  for (let f = frame; f; f = f.parent) if (f.kind !== "include") count++;
  return "+".repeat(count);
}

function bytesOf(
  { section, from, to }: ListedLine,
  contents: ReadonlyMap<SectionBuilder, Uint8Array>,
): string[] {
  const length = to - from;
  if (length <= 0) return [];
  const address = (offset: number) =>
    ((section.address ?? 0) + offset).toString(16).padStart(12, "0");
  const bytes = contents.get(section);
  if (!bytes) return [`${address(from)}  ${length} zeros`];
  const rows: string[] = [];
  for (let at = from; at < to && rows.length < MAX_ROWS; at += INSTRUCTION_BYTES) {
    const word = [...bytes.subarray(at, Math.min(at + INSTRUCTION_BYTES, to))];
    // Instructions read as numbers, most significant digit first; data in the order of its bytes.
    if (section.kind === "code") word.reverse();
    const digits = word.map((byte) => byte.toString(16).padStart(2, "0")).join("");
    rows.push(`${address(at)}  ${digits}`);
  }
  const left = length - MAX_ROWS * INSTRUCTION_BYTES;
  if (left > 0) rows.push(`              … ${left} bytes more`);
  return rows;
}
