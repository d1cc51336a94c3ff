/** A bounded queue of 64-bit entries, two's complement. */
export class Queue {
  readonly #entries: bigint[] = [];
  /** No more entries follow. */
  closed = false;

  constructor(readonly capacity: number) {}

  get length(): number {
    return this.#entries.length;
  }

  get full(): boolean {
    return this.#entries.length >= this.capacity;
  }

  /** Append while there is room; returns how many fitted. */
  push(entries: readonly bigint[]): number {
    const count = Math.min(entries.length, this.capacity - this.#entries.length);
    for (const entry of entries.slice(0, count)) this.#entries.push(BigInt.asIntN(64, entry));
    return count;
  }

  take(): bigint | undefined {
    return this.#entries.shift();
  }

  takeAll(): bigint[] {
    return this.#entries.splice(0);
  }

  /** The entries, oldest first, without taking them. */
  peekAll(): readonly bigint[] {
    return this.#entries;
  }
}
