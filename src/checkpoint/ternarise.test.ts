import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { absoluteSum, countTrits, ternarise, ternaryScale } from "./ternarise.js";

/** clamp(round(fround(w * s)), -1, 1), with ties to even, as it is written. */
function trit(weight: number, scale: number): number {
  const scaled = Math.fround(weight * scale);
  const down = Math.floor(scaled);
  const rounded = scaled - down === 0.5 ? 2 * Math.round(scaled / 2) : Math.round(scaled);
  return Math.max(-1, Math.min(1, rounded)) + 0; // no negative zero
}

const finite = fc.float({ noNaN: true, noDefaultInfinity: true });

test("is the formula, element by element", () => {
  const scale = fc.float({ min: Math.fround(1e-30), max: Math.fround(1e5), noNaN: true });
  fc.assert(
    fc.property(fc.array(finite), scale, (weights, scale) => {
      const out = new Int8Array(weights.length);
      ternarise(Float32Array.from(weights), scale, out);
      expect([...out]).toEqual(weights.map((w) => trit(w, scale)));
    }),
    { numRuns: 2000 },
  );
});

test("is the formula right beside every threshold", () => {
  const scale = fc.float({ min: Math.fround(1e-3), max: Math.fround(1e5), noNaN: true });
  fc.assert(
    fc.property(scale, fc.integer({ min: -4, max: 4 }), (scale, steps) => {
      const weights = Float32Array.of(0.5 / scale, -0.5 / scale);
      const bits = new Int32Array(weights.buffer);
      bits[0]! += steps;
      bits[1]! += steps;
      const out = new Int8Array(2);
      ternarise(weights, scale, out);
      expect([...out]).toEqual([...weights].map((w) => trit(w, scale)));
    }),
    { numRuns: 5000 },
  );
});

test("exactly one half rounds to zero, the next number to one", () => {
  const out = new Int8Array(6);
  ternarise(Float32Array.of(0.5, -0.5, 0.50000006, -0.50000006, -0, 3e38), 1, out);
  expect([...out]).toEqual([0, 0, 1, -1, 0, 1]);
});

describe("the scale", () => {
  test("is 1 / mean |W| in binary32", () => {
    const { scale, inverseScale } = ternaryScale(absoluteSum(Float32Array.of(0.25, -0.5, 0.75)), 3);
    expect(scale).toBe(2);
    expect(inverseScale).toBe(0.5);
    const third = ternaryScale(1, 3);
    expect(third.scale).toBe(Math.fround(1 / Math.fround(1 / 3)));
  });

  test("is bounded for a matrix of zeros, of which every trit is zero", () => {
    const { scale } = ternaryScale(0, 10);
    expect(scale).toBe(Math.fround(1 / Math.fround(1e-5)));
    const out = Int8Array.of(7);
    ternarise(Float32Array.of(0), scale, out);
    expect(out[0]).toBe(0);
  });
});

test("a sum is finite exactly when every element is", () => {
  expect(absoluteSum(new Float32Array(1000).fill(-3.4e38))).toBeLessThan(Infinity);
  expect(absoluteSum(Float32Array.of(1, Number.NaN, 2))).toBeNaN();
  expect(absoluteSum(Float32Array.of(1, -Infinity), 5)).toBe(Infinity);
});

test("counts", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(-1, 0, 1)), (trits) => {
      const count = (value: number) => trits.filter((trit) => trit === value).length;
      expect(countTrits(Int8Array.from(trits))).toEqual({
        plus: count(1),
        minus: count(-1),
        zero: count(0),
      });
    }),
  );
});
