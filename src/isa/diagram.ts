import type { InstructionSpec } from "./spec.js";

/** A stretch of an instruction word. */
export interface WordSegment {
  readonly high: number;
  readonly low: number;
  /** The field's name, the opcode as a number, or `0` for bits that must be zero. */
  readonly label: string;
}

type FieldPositions = Readonly<Record<string, readonly [number, number]>>;

/** The stretches of an instruction's word from the highest bit down, without gaps. */
export function wordSegments(
  row: Pick<InstructionSpec, "opcode" | "operands">,
  fields: FieldPositions,
): WordSegment[] {
  const used = ["opcode", ...row.operands.flatMap(({ field, base }) => [field, base ?? field])];
  const segments = [...new Set(used)].map((label) => {
    const [high, low] = fields[label]!;
    const opcode = `0x${row.opcode.toString(16).padStart(2, "0")}`;
    return { high, low, label: label === "opcode" ? opcode : label };
  });
  segments.sort((a, b) => b.high - a.high);
  const filled: WordSegment[] = [];
  let next = 63;
  for (const segment of segments) {
    if (segment.high < next) filled.push({ high: next, low: segment.high + 1, label: "0" });
    filled.push(segment);
    next = segment.low - 1;
  }
  return filled;
}

/** The segments as a box with bit numbers above and widths in bits below; five lines. */
export function drawSegments(segments: readonly WordSegment[]): string {
  const cells = segments.map(({ high, low, label }) => {
    const single = high === low;
    const width = Math.max(label.length, single ? 2 : 5, 4) + 2;
    const numbers = single
      ? String(high).padStart(Math.ceil(width / 2) + 1)
      : ` ${high}${String(low).padStart(width - 2 - String(high).length)} `;
    return { label, width, numbers: numbers.padEnd(width), bits: String(high - low + 1) };
  });
  const centre = (text: string, width: number) =>
    text.padStart(Math.floor((width + text.length) / 2)).padEnd(width);
  const rule = `+${cells.map(({ width }) => "-".repeat(width)).join("+")}+`;
  return [
    ` ${cells.map(({ numbers }) => numbers).join(" ")}`,
    rule,
    `|${cells.map(({ label, width }) => centre(label, width)).join("|")}|`,
    rule,
    ` ${cells.map(({ bits, width }) => centre(bits, width)).join(" ")}`,
  ]
    .map((line) => line.trimEnd())
    .join("\n");
}

/** The encoding of an instruction as a diagram. */
export function encodingDiagram(
  row: Pick<InstructionSpec, "opcode" | "operands">,
  fields: FieldPositions,
): string {
  return drawSegments(wordSegments(row, fields));
}
