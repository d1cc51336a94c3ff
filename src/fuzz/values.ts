import { MEMORY, NUMERICS, PACKINGS } from "../isa/index.js";
import type { Configuration } from "../isa/spec.js";
import type { Random } from "./random.js";

const MAX = 2 ** (NUMERICS.element_bits - 1) - 1;
const MIN = -MAX - 1;
const ONE = 2 ** NUMERICS.fraction_bits;

const ELEMENT_EDGES = [0, 1, -1, 2, -2, ONE, -ONE, ONE - 1, ONE + 1, MAX, MAX - 1, MIN, MIN + 1];

/** An element: an edge, or any magnitude. */
export function randomElement(random: Random): number {
  return random.chance(0.3)
    ? random.pick(ELEMENT_EDGES)
    : (random.integer(0, 2 ** 32 - 1) | 0) >> random.integer(0, 31);
}

/** A scalar of 64 bits: an edge of 8 to 64 bits, or any magnitude. */
export function randomScalar(random: Random): bigint {
  if (random.chance(0.4)) {
    const bits = BigInt(random.pick([8, 16, 31, 32, 33, 47, 48, 63, 64]));
    const edge = (1n << bits) + BigInt(random.integer(-1, 1));
    return BigInt.asIntN(64, random.chance(0.5) ? edge : -edge);
  }
  return BigInt.asIntN(64, random.bits(64)) >> BigInt(random.integer(0, 63));
}

/** A number of [min, max]: an edge, a small one, or any magnitude. */
export function randomWithin(random: Random, min: number, max: number): number {
  const edges = [min, min + 1, max, max - 1, 0, 1, -1].filter((n) => n >= min && n <= max);
  if (random.chance(0.4)) return random.pick(edges);
  const size = random.integer(0, Math.floor(Math.log2(max - min + 1)));
  const near = random.integer(-(2 ** size), 2 ** size);
  return Math.min(max, Math.max(min, near));
}

/** The 32 bits of a product's scale: every exponent matters, those around 1 most. */
export function randomScale(random: Random): number {
  const exponent = random.weighted([
    [2, 0],
    [2, 255],
    [1, 1],
    [1, 254],
    [4, random.integer(0, 255)],
    [6, random.integer(100, 150)],
  ]);
  const fraction = random.pick([0, 1, 2 ** 23 - 1, random.integer(0, 2 ** 23 - 1)]);
  return (random.chance(0.5) ? 2 ** 31 : 0) + exponent * 2 ** 23 + fraction;
}

/**
 * A vector length up to `limit`. Lengths of whole words, row groups and lines are as likely as those
 * one beside them: that is where masks, last beats and padding differ.
 */
export function randomLength(random: Random, configuration: Configuration, limit: number): number {
  const { lanes, beat_bytes, product_granules } = configuration.core;
  const units = [
    lanes,
    MEMORY.line_bytes,
    beat_bytes * product_granules,
    ...Object.values(PACKINGS).map(({ trits }) => trits),
  ];
  const length = random.weighted([
    [2, () => random.integer(1, limit)],
    [2, () => random.integer(1, Math.min(limit, 2 * lanes + 1))],
    [1, () => limit - random.integer(0, 1)],
    [
      5,
      () => {
        const unit = random.pick(units);
        const most = Math.max(1, Math.floor(limit / unit));
        return unit * random.integer(1, most) + random.integer(-1, 1);
      },
    ],
  ])();
  return Math.min(limit, Math.max(1, length));
}
