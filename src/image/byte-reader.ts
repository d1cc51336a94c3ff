import { decodeText, terminated } from "./elf/strings.js";
import type { Place } from "./place.js";

/** Reads what ByteWriter writes; every method throws UserError at the end of the bytes. */
export class ByteReader {
  offset = 0;

  constructor(
    readonly bytes: Uint8Array,
    readonly place: Place,
  ) {}

  get atEnd(): boolean {
    return this.offset >= this.bytes.length;
  }

  u8(): number {
    return this.bytes[this.offset++] ?? this.#truncated();
  }

  uint(size: 2 | 4 | 8): number {
    let value = 0;
    for (let i = 0; i < size; i++) value += this.u8() * 2 ** (8 * i);
    return value;
  }

  uleb(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (value > Number.MAX_SAFE_INTEGER || scale > 2 ** 56) this.#tooLarge();
      if (byte < 0x80) return value;
    }
  }

  sleb(): number {
    // Negative numbers pass through ones above 2^53 here, which doubles would round.
    let value = 0n;
    for (let bits = 7; bits <= 63; bits += 7) {
      const byte = this.u8();
      value |= BigInt(byte & 0x7f) << BigInt(bits - 7);
      if (byte < 0x80) {
        const signed = Number(BigInt.asIntN(bits, value));
        return Number.isSafeInteger(signed) ? signed : this.#tooLarge();
      }
    }
    return this.#tooLarge();
  }

  take(count: number): Uint8Array {
    if (count > this.bytes.length - this.offset) this.#truncated();
    this.offset += count;
    return this.bytes.subarray(this.offset - count, this.offset);
  }

  string(): string {
    const bytes = terminated(this.bytes, this.offset, this.place);
    this.offset += bytes.length + 1;
    return decodeText(bytes, this.place);
  }

  #truncated(): never {
    return this.place.fail(`the section ends at byte ${this.bytes.length}, within an entry`);
  }

  #tooLarge(): never {
    return this.place.fail(`the number before byte ${this.offset} is too large`);
  }
}
