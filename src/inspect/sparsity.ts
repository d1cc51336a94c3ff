import { type ImageSymbol, isPacking } from "../image/index.js";
import { MEMORY } from "../isa/index.js";
import { type Packing, packedSize, TRITS, tritsPerByte } from "../ternary/packing.js";

/** How many trits of each value a matrix has; padding is not counted. */
export interface TritCounts {
  readonly minus: number;
  readonly zero: number;
  readonly plus: number;
}

/**
 * The trits of a packed rows x columns matrix, counted.
 * @param bytes packedSize() bytes
 */
export function countTrits(
  bytes: Uint8Array,
  rows: number,
  columns: number,
  packing: Packing,
): TritCounts {
  const group = tritsPerByte(packing);
  const stride = Math.ceil(columns / MEMORY.line_bytes) * MEMORY.line_bytes;
  const fullGroups = Math.floor(rows / group);
  const full = histogram(bytes, 0, fullGroups, stride, columns);
  const partial = histogram(bytes, fullGroups, Math.ceil(rows / group), stride, columns);
  const counts = [0, 0, 0];
  for (let byte = 0; byte < 256; byte++)
    for (let j = 0; j < group; j++) {
      const trit = TRITS[packing][byte * group + j]!;
      counts[trit + 1]! += full[byte]! + (j < rows % group ? partial[byte]! : 0);
    }
  return { minus: counts[0]!, zero: counts[1]!, plus: counts[2]! };
}

/** How often each byte value stands in the columns of some row groups. */
function histogram(
  bytes: Uint8Array,
  firstGroup: number,
  endGroup: number,
  stride: number,
  columns: number,
): Uint32Array {
  const counts = new Uint32Array(256);
  for (let group = firstGroup; group < endGroup; group++) {
    const start = group * stride;
    for (let i = start; i < start + columns; i++) counts[bytes[i]!]!++;
  }
  return counts;
}

/** The trits of a ternary tensor of any rank, or undefined for another tensor. */
export function countTensorTrits(
  bytes: Uint8Array,
  { type, shape }: NonNullable<ImageSymbol["tensor"]>,
): TritCounts | undefined {
  if (!isPacking(type)) return undefined;
  const [rows, columns] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
  const size = packedSize(rows, columns, type);
  const total = { minus: 0, zero: 0, plus: 0 };
  for (let at = 0; size > 0 && at + size <= bytes.length; at += size) {
    const { minus, zero, plus } = countTrits(bytes.subarray(at, at + size), rows, columns, type);
    total.minus += minus;
    total.zero += zero;
    total.plus += plus;
  }
  return total;
}
