/** A growing byte string with the variable-length integers of DWARF (LEB128). */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }

  get length(): number {
    return this.#length;
  }

  u8(value: number): this {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
    return this;
  }

  /** Little-endian, `size` bytes. */
  uint(value: number, size: 2 | 4 | 8): this {
    let rest = BigInt(value);
    for (let i = 0; i < size; i++) {
      this.u8(Number(rest & 0xffn));
      rest >>= 8n;
    }
    return this;
  }

  uleb(value: number): this {
    let rest = value;
    while (rest >= 0x80) {
      this.u8((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    return this.u8(rest);
  }

  sleb(value: number): this {
    let rest = value;
    for (;;) {
      const low = ((rest % 0x80) + 0x80) % 0x80;
      rest = Math.floor(rest / 0x80);
      const done = (rest === 0 && low < 0x40) || (rest === -1 && low >= 0x40);
      this.u8(done ? low : low | 0x80);
      if (done) return this;
    }
  }

  append(bytes: Uint8Array): this {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** NUL-terminated UTF-8. */
  string(text: string): this {
    return this.append(new TextEncoder().encode(`${text}\0`));
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}
