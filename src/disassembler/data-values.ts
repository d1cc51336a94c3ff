import type { ImageSymbol } from "../image/index.js";
import { isPacking, tensorSize } from "../image/index.js";
import { NUMERICS } from "../isa/index.js";
import { pack, packedSize, unpack } from "../ternary/packing.js";

type Tensor = NonNullable<ImageSymbol["tensor"]>;

const INDENT = "    ";
/** Elements of a line, where a row of the tensor has more. */
const ELEMENTS_PER_LINE = 8;
const MAX_ELEMENTS_PER_ROW = 16;
/** Rows of trits that are longer are no longer read by anybody. */
const MAX_TRITS_PER_ROW = 128;

const ELEMENTS = {
  q: { directive: ".fixed", bytes: 4 },
  i8: { directive: ".byte", bytes: 1 },
  i16: { directive: ".half", bytes: 2 },
  i32: { directive: ".word", bytes: 4 },
  i64: { directive: ".dword", bytes: 8 },
} as const;

/**
 * A tensor in the directive of its type.
 * @param bytes tensorSize() bytes
 * @returns undefined when the directive would not give the same bytes, or nobody could read it
 */
export function tensorLines(bytes: Uint8Array, tensor: Tensor): string[] | undefined {
  const { type, shape } = tensor;
  if (bytes.length === 0 || bytes.length !== tensorSize(tensor)) return undefined;
  if (isPacking(type)) return tritLines(bytes, type, shape.at(-2) ?? 1, shape.at(-1) ?? 1);
  const { directive, bytes: width } = ELEMENTS[type];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const row = shape.at(-1) ?? 1;
  const perLine = row <= MAX_ELEMENTS_PER_ROW ? row : ELEMENTS_PER_LINE;
  const lines = [];
  for (let at = 0; at < bytes.length; at += perLine * width) {
    const values = [];
    for (let i = at; i < Math.min(at + perLine * width, bytes.length); i += width)
      values.push(elementText(view, i, type));
    lines.push(`${INDENT}${directive} ${values.join(", ")}`);
  }
  return lines;
}

function elementText(view: DataView, at: number, type: keyof typeof ELEMENTS): string {
  switch (type) {
    case "q":
      return fixedText(view.getInt32(at, true));
    case "i8":
      return String(view.getInt8(at));
    case "i16":
      return String(view.getInt16(at, true));
    case "i32":
      return String(view.getInt32(at, true));
    case "i64":
      return String(view.getBigInt64(at, true));
  }
}

/** The shortest decimal that the assembler rounds to this element. */
function fixedText(element: number): string {
  const scale = 2 ** NUMERICS.fraction_bits;
  for (let digits = 0; ; digits++) {
    const text = (element / scale).toFixed(digits);
    if (Math.abs(Number(text) * scale - element) < 0.5) return text;
  }
}

function tritLines(
  bytes: Uint8Array,
  packing: "t4" | "t5",
  rows: number,
  columns: number,
): string[] | undefined {
  if (columns > MAX_TRITS_PER_ROW || rows === 0 || columns === 0) return undefined;
  const size = packedSize(rows, columns, packing);
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const matrix = bytes.subarray(at, at + size);
    const trits = unpack(matrix, rows, columns, packing);
    // The unused codes, and padding that is not zero, have no text.
    if (Buffer.compare(pack(trits, rows, columns, packing), matrix) !== 0) return undefined;
    const texts = Array.from({ length: rows }, (_, row) => {
      const values = trits.subarray(row * columns, (row + 1) * columns);
      return `"${Array.from(values, (trit) => "-0+"[trit + 1]).join("")}"`;
    });
    lines.push(
      ...`${INDENT}.trits ${[packing, ...texts].join(`, \\\n${INDENT}${INDENT}`)}`.split("\n"),
    );
  }
  return lines;
}
