import fc from "fast-check";
import { ONE } from "../../src/numerics/fixed.js";

/** Every value at which a rounding, a table or a limit changes over, and its neighbours. */
export const EXTREMES: readonly number[] = [
  ...new Set(
    [
      0,
      2 ** 31 - 1,
      -(2 ** 31),
      16 * ONE, // the sigmoid's limit
      ...Array.from({ length: 31 }, (_, bit) => 2 ** bit),
      ...[13, 19, 20].map((bits) => 3 * 2 ** bits),
      Math.round(Math.log(2048) * ONE), // where exp saturates
      Math.round(Math.log(2 ** -21) * ONE), // where exp becomes zero
      Math.round(Math.sqrt(2 ** 31) * 2 ** 10), // where a square saturates
    ].flatMap((a) => [-a - 1, -a, -a + 1, a - 1, a, a + 1]),
  ),
].filter((a) => a >= -(2 ** 31) && a < 2 ** 31);

/** An element: uniform, of a random magnitude, or an extreme value. */
export const element = fc.oneof(
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc
    .tuple(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.integer({ min: 0, max: 31 }))
    .map(([a, shift]) => a >> shift),
  fc.constantFrom(...EXTREMES),
);
