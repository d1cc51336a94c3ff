import type { ImageSymbol } from "../image/index.js";
import { isPacking, tensorSize } from "../image/index.js";
import { NUMERICS } from "../isa/index.js";
import { pack, packedSize, unpack } from "../ternary/packing.js";

type Tensor = NonNullable<ImageSymbol["tensor"]>;

const INDENT = "    ";
const MAX_ELEMENTS_PER_ROW = 16;
/** Fewer zero bytes are written as elements. */
const MIN_ZEROS = 24;
/** Rows of trits that are longer are no longer read by anybody. */
const MAX_TRITS_PER_ROW = 128;

/** How elements are written; `perLine` where a row of the tensor has more. */
const ELEMENTS = {
  q: { directive: ".fixed", bytes: 4, perLine: 8 },
  i8: { directive: ".byte", bytes: 1, perLine: 16 },
  i16: { directive: ".half", bytes: 2, perLine: 16 },
  i32: { directive: ".word", bytes: 4, perLine: 8 },
  i64: { directive: ".dword", bytes: 8, perLine: 4 },
} as const;

/**
 * A tensor in the directive of its type.
 * @param bytes tensorSize() bytes
 * @returns undefined when the directive would not give the same bytes, or nobody could read it
 */
export function tensorLines(bytes: Uint8Array, tensor: Tensor): Iterable<string> | undefined {
  const { type, shape } = tensor;
  if (bytes.length === 0 || bytes.length !== tensorSize(tensor)) return undefined;
  if (isPacking(type)) return tritLines(bytes, type, shape.at(-2) ?? 1, shape.at(-1) ?? 1);
  return elementLines(bytes, type, shape.at(-1) ?? 1);
}

function* elementLines(
  bytes: Uint8Array,
  type: keyof typeof ELEMENTS,
  row: number,
): Generator<string, void, undefined> {
  const { directive, bytes: width, perLine: most } = ELEMENTS[type];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const perLine = row <= MAX_ELEMENTS_PER_ROW ? row : most;
  for (let at = 0; at < bytes.length; ) {
    const zeros = zeroRows(bytes, at, perLine * width);
    if (zeros >= MIN_ZEROS) {
      yield `${INDENT}.zero ${zeros}`;
      at += zeros;
      continue;
    }
    const end = Math.min(at + perLine * width, bytes.length);
    const values = [];
    for (; at < end; at += width) values.push(elementText(view, at, type));
    yield `${INDENT}${directive} ${values.join(", ")}`;
  }
}

/** Bytes of whole rows of zeros from `at` on. */
function zeroRows(bytes: Uint8Array, at: number, rowBytes: number): number {
  let end = at;
  while (end < bytes.length && bytes[end] === 0) end++;
  const zeros = end - at;
  return end === bytes.length ? zeros : zeros - (zeros % rowBytes);
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
    lines.push(`${INDENT}.trits ${packing}, \\`);
    for (let row = 0; row < rows; row++) {
      const values = trits.subarray(row * columns, (row + 1) * columns);
      const text = Array.from(values, (trit) => "-0+"[trit + 1]).join("");
      lines.push(`${INDENT}${INDENT}"${text}"${row < rows - 1 ? ", \\" : ""}`);
    }
  }
  return lines;
}
