import { MEMORY } from "../isa/generated.js";
import { type Packing, TRITS, tritsPerByte } from "../ternary/packing.js";
import { largestZeroBits, type TritCounts } from "./ternarise.js";

/** One pass over a row group: `bits` are of binary32 weights, those up to `largestZero` become 0. */
type PackGroup = (
  bits: Int32Array,
  from: number,
  columns: number,
  largestZero: number,
  out: Uint8Array,
  to: number,
) => void;

// Ternarised and packed in one pass: in passes of their own, with the trits in memory between them,
// they took twice as long.

const packGroup4: PackGroup = (bits, from, columns, largestZero, out, to) => {
  for (let k = 0; k < columns; k++) {
    const at = from + k;
    out[to + k] =
      code(bits[at]!, largestZero) |
      (code(bits[at + columns]!, largestZero) << 2) |
      (code(bits[at + 2 * columns]!, largestZero) << 4) |
      (code(bits[at + 3 * columns]!, largestZero) << 6);
  }
};

const packGroup5: PackGroup = (bits, from, columns, largestZero, out, to) => {
  for (let k = 0; k < columns; k++) {
    const at = from + k;
    out[to + k] =
      digit(bits[at]!, largestZero) +
      3 * digit(bits[at + columns]!, largestZero) +
      9 * digit(bits[at + 2 * columns]!, largestZero) +
      27 * digit(bits[at + 3 * columns]!, largestZero) +
      81 * digit(bits[at + 4 * columns]!, largestZero);
  }
};

/** 1 when the weight is nonzero in ternary, else 0. */
function nonzero(word: number, largestZero: number): number {
  return (largestZero - (word & 0x7fffffff)) >>> 31;
}

/** 0, 1 and -1 as 0, 1 and 3. */
function code(word: number, largestZero: number): number {
  return nonzero(word, largestZero) * (1 | ((word >>> 30) & 2));
}

/** 0, 1 and -1 as the base-3 digits 0, 1 and 2. */
function digit(word: number, largestZero: number): number {
  return nonzero(word, largestZero) << (word >>> 31);
}

/**
 * Ternarise and pack rows of a matrix: `pack(ternarise(weights))`.
 * @param weights rows x columns finite numbers, row-major
 * @param scale of the whole matrix, positive
 * @param out takes packedSize(rows, columns, packing) bytes, which must be zero
 */
export function packWeights(
  weights: Float32Array,
  rows: number,
  columns: number,
  scale: number,
  packing: Packing,
  out: Uint8Array,
): void {
  const group = tritsPerByte(packing);
  const stride = Math.ceil(columns / MEMORY.line_bytes) * MEMORY.line_bytes;
  const packGroup = packing === "t4" ? packGroup4 : packGroup5;
  const largestZero = largestZeroBits(scale);
  const bits = new Int32Array(weights.buffer, weights.byteOffset, weights.length);
  const whole = rows - (rows % group);
  for (let row = 0; row < whole; row += group)
    packGroup(bits, row * columns, columns, largestZero, out, (row / group) * stride);
  if (whole < rows) {
    const last = new Int32Array(group * columns); // zero rows below the matrix
    last.set(bits.subarray(whole * columns, rows * columns));
    packGroup(last, 0, columns, largestZero, out, (whole / group) * stride);
  }
}

/**
 * How many trits of each kind packed bytes hold.
 * @param count trits of the matrix; those of the padding, which are 0, are left out
 */
export function countPackedTrits(bytes: Uint8Array, packing: Packing, count: number): TritCounts {
  const histogram = new Float64Array(256);
  for (let i = 0; i < bytes.length; i++) histogram[bytes[i]!]!++;
  const table = TRITS[packing];
  const group = tritsPerByte(packing);
  let plus = 0;
  let minus = 0;
  for (let i = 0; i < table.length; i++) {
    const times = histogram[Math.floor(i / group)]!;
    if (table[i] === 1) plus += times;
    else if (table[i] === -1) minus += times;
  }
  return { plus, minus, zero: count - plus - minus };
}
