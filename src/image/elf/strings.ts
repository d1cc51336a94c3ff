import type { Place } from "../place.js";

/** Longest name or path in an image, in bytes. */
export const MAX_NAME_BYTES = 4096;

/** Bytes of all names of a table together; overlapping names would else fill memory. */
const MAX_TABLE_BYTES = 2 ** 26;

/** Collects strings for a string table section; equal strings are stored once. */
export class StringTable {
  readonly #offsets = new Map<string, number>([["", 0]]);
  readonly #chunks: Uint8Array[] = [new Uint8Array(1)];
  #size = 1;

  /** Offset of the string in the table. */
  add(text: string): number {
    const known = this.#offsets.get(text);
    if (known !== undefined) return known;
    const offset = this.#size;
    const bytes = new TextEncoder().encode(`${text}\0`);
    this.#offsets.set(text, offset);
    this.#chunks.push(bytes);
    this.#size += bytes.length;
    return offset;
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#chunks, this.#size);
  }
}

/** A function that reads the string at an offset of a string table section. */
export function stringReader(table: Uint8Array): (offset: number, place: Place) => string {
  const known = new Map<number, string>();
  let total = 0;
  return (offset, place) => {
    const before = known.get(offset);
    if (before !== undefined) return before;
    if (offset >= table.length)
      place.fail(
        `string offset ${offset} is outside its string table, which has ${table.length} bytes`,
      );
    const bytes = terminated(table, offset, place);
    total += bytes.length;
    if (total > MAX_TABLE_BYTES) place.fail("the names of its string table overlap too often");
    const text = decodeText(bytes, place);
    known.set(offset, text);
    return text;
  };
}

/**
 * The bytes from `offset` up to the next NUL.
 * @throws UserError when there is none within the longest name
 */
export function terminated(bytes: Uint8Array, offset: number, place: Place): Uint8Array {
  const window = bytes.subarray(offset, offset + MAX_NAME_BYTES + 1);
  const end = window.indexOf(0);
  if (end < 0)
    place.fail(`the string at offset ${offset} has no end within ${MAX_NAME_BYTES} bytes`);
  return window.subarray(0, end);
}

/** @throws UserError when the bytes are no UTF-8 */
export function decodeText(bytes: Uint8Array, place: Place): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return place.fail("a name is no UTF-8 text");
  }
}
