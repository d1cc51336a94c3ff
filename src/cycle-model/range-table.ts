/** Entries of each table of ternac_memory_order. */
export const TABLE = 8;

/** A table of ternac_memory_order: the lines of the newest stores, or of the newest matrices. */
export class RangeTable {
  readonly #first = new Float64Array(TABLE);
  readonly #last = new Float64Array(TABLE);
  /** Ranges that were put in: the number of the next one. */
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Number of the oldest range that it holds; negative while it is not full. */
  get oldest(): number {
    return this.#count - TABLE;
  }

  /** @param first and `last`: lines, both included */
  push(first: number, last: number): void {
    const slot = this.#count++ % TABLE;
    this.#first[slot] = first;
    this.#last[slot] = last;
  }

  /** @param number of a range that it holds */
  overlaps(number: number, first: number, last: number): boolean {
    const slot = number % TABLE;
    return this.#first[slot]! <= last && first <= this.#last[slot]!;
  }
}
