/** Numbers of an entry: address, shape, place. One more keeps entries from crossing cache lines. */
const STRIDE = 4;

/**
 * Where copies of DRAM's contents are, in the order in which they were first asked for. Programs go through the
 * same addresses in the same order for every token, so the next entry is most often the one that is asked for:
 * it lies beside the last one, while an entry of a Map, asked for once a token, has left the caches by then.
 */
export class Places {
  #entries = new Float64Array(64 * STRIDE);
  readonly #byAddress = new Map<number, number>();
  #count = 0;
  #next = 0;

  /** @returns where the copy is, or undefined if none of this shape was added at the address */
  find(address: number, shape: number): number | undefined {
    let entry = this.#next;
    if (!this.#is(entry, address, shape)) {
      entry = this.#byAddress.get(address) ?? this.#count;
      if (!this.#is(entry, address, shape)) return undefined;
    }
    this.#next = entry + 1;
    return this.#entries[entry * STRIDE + 2];
  }

  #is(entry: number, address: number, shape: number): boolean {
    if (entry >= this.#count) return false;
    const at = entry * STRIDE;
    return this.#entries[at] === address && this.#entries[at + 1] === shape;
  }

  /** Remember a copy, instead of one of another shape at the same address. */
  add(address: number, shape: number, place: number): void {
    const entry = this.#byAddress.get(address) ?? this.#count++;
    if (this.#count * STRIDE > this.#entries.length) {
      const longer = new Float64Array(2 * this.#entries.length);
      longer.set(this.#entries);
      this.#entries = longer;
    }
    this.#byAddress.set(address, entry);
    this.#entries.set([address, shape, place], entry * STRIDE);
    this.#next = entry + 1;
  }

  clear(): void {
    this.#byAddress.clear();
    this.#count = 0;
    this.#next = 0;
  }
}
