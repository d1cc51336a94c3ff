import { randomNumbers } from "../session/random.js";

/** Choices that depend on a seed only. */
export class Random {
  readonly #next: () => number;

  constructor(seed: bigint) {
    this.#next = randomNumbers(seed);
  }

  /** An integer of [min, max]. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.#next() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.#next() < probability;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.integer(0, from.length - 1)]!;
  }

  /** One of the values, each as often as its weight says. */
  weighted<T>(choices: readonly (readonly [number, T])[]): T {
    let left = this.#next() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of choices) {
      left -= weight;
      if (left < 0) return value;
    }
    return choices.at(-1)![1];
  }

  /** So many different values of a list, or all of it. */
  some<T>(from: readonly T[], count: number): T[] {
    const rest = [...from];
    const taken: T[] = [];
    while (taken.length < count && rest.length > 0)
      taken.push(...rest.splice(this.integer(0, rest.length - 1), 1));
    return taken;
  }

  /** An unsigned integer of so many bits, at most 64. */
  bits(count: number): bigint {
    const high = BigInt(this.integer(0, 2 ** 32 - 1));
    return BigInt.asUintN(count, (high << 32n) | BigInt(this.integer(0, 2 ** 32 - 1)));
  }
}
