/**
 * The hash of rtl/sim/content_hash.h: two lanes of 32 bits, each changed one to one by every word, so
 * that contents that differ in one word never hash alike.
 */
export class ContentHash {
  #a = 0x243f6a88;
  #b = 0x13198a2e;

  /** Add 32 bits. */
  word(word: number): this {
    let a = Math.imul(this.#a ^ word, 0x9e3779b1);
    let b = Math.imul(this.#b ^ word, 0x85ebca6b);
    a ^= a >>> 15;
    b ^= b >>> 13;
    this.#a = a;
    this.#b = b;
    return this;
  }

  /** Add bytes as little-endian words; the last one is filled up with zeros. */
  bytes(bytes: Uint8Array): this {
    const whole = bytes.length & ~3;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let a = this.#a;
    let b = this.#b;
    for (let i = 0; i < whole; i += 4) {
      const word = view.getInt32(i, true);
      a = Math.imul(a ^ word, 0x9e3779b1);
      b = Math.imul(b ^ word, 0x85ebca6b);
      a ^= a >>> 15;
      b ^= b >>> 13;
    }
    this.#a = a;
    this.#b = b;
    if (whole < bytes.length) {
      let rest = 0;
      for (let i = whole; i < bytes.length; i++) rest |= bytes[i]! << (8 * (i - whole));
      this.word(rest);
    }
    return this;
  }

  get value(): bigint {
    return (BigInt(this.#b >>> 0) << 32n) | BigInt(this.#a >>> 0);
  }
}

/** Hash of a vector register's elements, all of them. */
export function hashVector(elements: Int32Array): bigint {
  const { buffer, byteOffset, byteLength } = elements;
  return new ContentHash().bytes(new Uint8Array(buffer, byteOffset, byteLength)).value;
}

/** Hash of an activation register: its values up to its length, the length, and the absmax. */
export function hashActivation(values: Int8Array, length: number, absmax: number): bigint {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, length);
  return new ContentHash().bytes(bytes).word(length).word(absmax).value;
}

/** Hash of what a store wrote. */
export function hashMemory(bytes: Uint8Array): bigint {
  return new ContentHash().bytes(bytes).value;
}
