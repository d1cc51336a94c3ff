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
  const packGroup = packing === "t4" ? packGroup4 : packGroup5;
  const whole = rows - (rows % group);
  for (let row = 0; row < whole; row += group) {
    packGroup(trits, row * columns, columns, out, (row / group) * stride);
  }
  if (whole < rows) {
    const last = new Int8Array(group * columns); // zero rows below the matrix
    last.set(trits.subarray(whole * columns));
    packGroup(last, 0, columns, out, (whole / group) * stride);
  }
  return out;
}

// One pass over a row group writes each byte once; row by row it took two to three times as long.

function packGroup4(
  trits: Int8Array,
  from: number,
  columns: number,
  out: Uint8Array,
  to: number,
): void {
  for (let k = 0; k < columns; k++) {
    const at = from + k;
    out[to + k] =
      (trits[at]! & 3) |
      ((trits[at + columns]! & 3) << 2) |
      ((trits[at + 2 * columns]! & 3) << 4) |
      ((trits[at + 3 * columns]! & 3) << 6);
  }
}

function packGroup5(
  trits: Int8Array,
  from: number,
  columns: number,
  out: Uint8Array,
  to: number,
): void {
  for (let k = 0; k < columns; k++) {
    const at = from + k;
    out[to + k] =
      digit(trits[at]!) +
      3 * digit(trits[at + columns]!) +
      9 * digit(trits[at + 2 * columns]!) +
      27 * digit(trits[at + 3 * columns]!) +
      81 * digit(trits[at + 4 * columns]!);
  }
}

/** 0, 1 and -1 as the base-3 digits 0, 1 and 2. */
function digit(trit: number): number {
  return (trit & 3) - (trit >>> 31);
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
    const digit = row % group;
    const from = ((row - digit) / group) * stride;
    const to = row * columns;
    for (let k = 0; k < columns; k++) out[to + k] = table[bytes[from + k]! * group + digit]!;
  }
  return out;
}
