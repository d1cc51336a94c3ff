/** Numbers that are kept for a burst. */
const FIELDS = 4;

/**
 * The bursts of weights of a channel that were asked for and are not all taken yet, in their order. A
 * burst is known by its number, counted from the first one of the run.
 */
export class BurstQueue {
  /** A ring, which grows when it is full. */
  #ring = new Float64Array(64 * FIELDS);
  #mask = 63;
  /** Bursts that were put in, and that are taken. */
  count = 0;
  head = 0;

  /**
   * @param from granule of the channel's share of its matrix that it begins with
   * @param to granule after its last one
   * @param first clock in which the first one comes; then one comes in a clock
   * @param last clock in which the last one comes at the latest
   */
  push(from: number, to: number, first: number, last: number): void {
    if (this.count - this.head > this.#mask) this.#grow();
    const at = (this.count++ & this.#mask) * FIELDS;
    this.#ring[at] = from;
    this.#ring[at + 1] = to;
    this.#ring[at + 2] = first;
    this.#ring[at + 3] = last;
  }

  /** Of the burst at the head. */
  get from(): number {
    return this.#ring[(this.head & this.#mask) * FIELDS]!;
  }

  get to(): number {
    return this.#ring[(this.head & this.#mask) * FIELDS + 1]!;
  }

  get first(): number {
    return this.#ring[(this.head & this.#mask) * FIELDS + 2]!;
  }

  get last(): number {
    return this.#ring[(this.head & this.#mask) * FIELDS + 3]!;
  }

  #grow(): void {
    const old = this.#ring;
    const oldMask = this.#mask;
    this.#mask = 2 * oldMask + 1;
    this.#ring = new Float64Array(2 * old.length);
    for (let burst = this.head; burst < this.count; burst++) {
      const at = (burst & oldMask) * FIELDS;
      this.#ring.set(old.subarray(at, at + FIELDS), (burst & this.#mask) * FIELDS);
    }
  }
}
