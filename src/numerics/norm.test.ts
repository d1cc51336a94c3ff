import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EXTREMES, element } from "../../test/numerics/arbitrary.js";
import * as specification from "../../test/numerics/specification.js";
import { norm, sumOfSquares } from "./norm.js";

const epsilon = fc.oneof(
  fc.constantFrom(0, 1, 1_099_512, 2 ** 32 - 1), // 1_099_512: 1e-6
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
);

function computed(x: readonly number[], eps: number): number[] {
  const out = new Int32Array(x.length);
  norm(out, Int32Array.from(x), x.length, eps);
  return [...out];
}

function exact(x: readonly number[], eps: number): number[] {
  return specification.norm(x.map(BigInt), BigInt(eps)).map(Number);
}

describe("norm", () => {
  it("is the specification's at random", () => {
    fc.assert(
      fc.property(fc.array(element, { minLength: 1, maxLength: 40 }), epsilon, (x, eps) => {
        expect(computed(x, eps)).toEqual(exact(x, eps));
      }),
      { numRuns: 1_500 },
    );
  });
  it("is the specification's for vectors of one extreme value", () => {
    for (const a of EXTREMES)
      for (const eps of [0, 1, 2 ** 32 - 1]) {
        expect(computed([a], eps)).toEqual(exact([a], eps));
        expect(computed([a, a, 0], eps)).toEqual(exact([a, a, 0], eps));
      }
  });
  it("holds the longest vector of the largest elements", () => {
    const x = new Array<number>(8192).fill(-(2 ** 31));
    expect(computed(x, 2 ** 32 - 1)).toEqual(exact(x, 2 ** 32 - 1));
    expect(computed(x, 0)[0]).toBe(-(2 ** 20));
  });
  it("may write over its operand and leaves what is beyond n", () => {
    const x = Int32Array.of(3, 4, 99);
    const expected = exact([3, 4], 1);
    norm(x, x, 2, 1);
    expect([...x]).toEqual([...expected, 99]);
  });
});

describe("sumOfSquares", () => {
  it("is exact", () => {
    fc.assert(
      fc.property(
        fc.array(element, { maxLength: 50 }),
        (x) =>
          sumOfSquares(Int32Array.from(x), x.length) ===
          x.reduce((sum, a) => sum + BigInt(a) ** 2n, 0n),
      ),
    );
  });
});
