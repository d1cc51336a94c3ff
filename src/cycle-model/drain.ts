import { UNKNOWN } from "./unknown.js";

/**
 * How many granules had been taken out of the banks by a clock: a line through points. Each channel asks
 * for larger and larger amounts, so points are forgotten that all channels are past.
 */
export class Drain {
  /** Rings of points, which grow when they are full. */
  #granules = new Float64Array(64);
  #clocks = new Float64Array(64);
  #mask = 63;
  /** Points that were added. */
  #count = 1;
  /** Of each channel: number of the point that it looked at last. */
  readonly #at: Float64Array;
  /** Number of a point that all channels are at or past. */
  #oldest = 0;

  constructor(channels: number) {
    this.#clocks[0] = -1;
    this.#at = new Float64Array(channels);
  }

  /** Granules of the newest point. */
  get newest(): number {
    return this.#granules[(this.#count - 1) & this.#mask]!;
  }

  add(granules: number, clock: number): void {
    if (this.#count - this.#oldest > this.#mask) this.#makeRoom();
    const at = this.#count++ & this.#mask;
    this.#granules[at] = granules;
    this.#clocks[at] = clock;
  }

  /** When so many granules have been taken; -1 for long ago, Infinity while that is unknown. */
  clockOf(granules: number, channel: number): number {
    if (granules > this.newest) return UNKNOWN;
    const amounts = this.#granules;
    const mask = this.#mask;
    const newest = this.#count - 1;
    let at = this.#at[channel]!;
    while (at < newest && amounts[(at + 1) & mask]! < granules) at++;
    this.#at[channel] = at;
    const [from, to] = [at & mask, (at + 1) & mask];
    if (granules <= amounts[from]!) return -1;
    const share = (granules - amounts[from]!) / (amounts[to]! - amounts[from]!);
    return this.#clocks[from]! + Math.ceil(share * (this.#clocks[to]! - this.#clocks[from]!));
  }

  #makeRoom(): void {
    this.#oldest = Math.min(...this.#at);
    if (this.#count - this.#oldest <= this.#mask / 2) return;
    const [granules, clocks, mask] = [this.#granules, this.#clocks, this.#mask];
    this.#mask = 2 * mask + 1;
    this.#granules = new Float64Array(this.#mask + 1);
    this.#clocks = new Float64Array(this.#mask + 1);
    for (let point = this.#oldest; point < this.#count; point++) {
      this.#granules[point & this.#mask] = granules[point & mask]!;
      this.#clocks[point & this.#mask] = clocks[point & mask]!;
    }
  }
}
