import { MEMORY, PACKINGS } from "../isa/generated.js";

export type Packing = keyof typeof PACKINGS;

const COLUMNS = MEMORY.line_bytes;

/** Rows that one byte holds. */
export function tritsPerByte(packing: Packing): number {
  return PACKINGS[packing].trits;
}

/** Bytes of a packed rows x columns matrix: rows padded to a row group, columns to a line. */
export function packedSize(rows: number, columns: number, packing: Packing): number {
  return Math.ceil(rows / tritsPerByte(packing)) * Math.ceil(columns / COLUMNS) * COLUMNS;
}

/**
 * Pack a matrix as DRAM holds it.
 * @param trits rows x columns values of -1, 0, 1, row-major
 * @returns packedSize() bytes
 */
export function pack(
  trits: Int8Array,
  rows: number,
  columns: number,
  packing: Packing,
): Uint8Array {
  const group = tritsPerByte(packing);
  const stride = Math.ceil(columns / COLUMNS) * COLUMNS;
  const out = new Uint8Array(packedSize(rows, columns, packing));
  for (let row = 0; row < rows; row++) {
    const start = Math.floor(row / group) * stride;
    const source = row * columns;
    const digit = row % group;
    if (packing === "t4") {
      for (let k = 0; k < columns; k++) out[start + k]! |= (trits[source + k]! & 3) << (2 * digit);
    } else {
      const weight = 3 ** digit;
      for (let k = 0; k < columns; k++) {
        const trit = trits[source + k]!;
        out[start + k]! += (trit < 0 ? 2 : trit) * weight;
      }
    }
  }
  return out;
}

/** For each byte value, its trits: `TRITS[packing][byte * tritsPerByte + j]` is that of row j. */
export const TRITS: Readonly<Record<Packing, Int8Array>> = {
  t4: Int8Array.from({ length: 256 * 4 }, (_, i) => {
    const code = ((i >> 2) >> (2 * (i & 3))) & 3;
    return code === 1 ? 1 : code === 3 ? -1 : 0;
  }),
  t5: Int8Array.from({ length: 256 * 5 }, (_, i) => {
    const byte = Math.floor(i / 5);
    if (byte >= 243) return 0;
    const digit = Math.floor(byte / 3 ** (i % 5)) % 3;
    return digit === 2 ? -1 : digit;
  }),
};

/**
 * The trits of a packed matrix.
 * @returns rows x columns values, row-major
 */
export function unpack(
  bytes: Uint8Array,
  rows: number,
  columns: number,
  packing: Packing,
): Int8Array {
  const group = tritsPerByte(packing);
  const table = TRITS[packing];
  const stride = Math.ceil(columns / COLUMNS) * COLUMNS;
  const out = new Int8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const start = Math.floor(row / group) * stride;
    const digit = row % group;
    for (let k = 0; k < columns; k++)
      out[row * columns + k] = table[bytes[start + k]! * group + digit]!;
  }
  return out;
}
