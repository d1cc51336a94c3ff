import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EXTREMES, element } from "../../test/numerics/arbitrary.js";
import * as specification from "../../test/numerics/specification.js";
import { quant, rescale, rescaleFactor } from "./quant.js";

function computed(x: readonly number[]) {
  const values = new Int8Array(x.length);
  const absmax = quant(values, Int32Array.from(x), x.length);
  return { absmax: BigInt(absmax), values: [...values].map(BigInt) };
}

describe("quant", () => {
  it("is the specification's at random", () => {
    fc.assert(
      fc.property(fc.array(element, { minLength: 1, maxLength: 40 }), (x) => {
        expect(computed(x)).toEqual(specification.quant(x.map(BigInt)));
      }),
      { numRuns: 3_000 },
    );
  });
  it("is the specification's for every pair of extreme values", () => {
    for (const a of EXTREMES)
      for (const b of EXTREMES)
        expect(computed([a, b])).toEqual(specification.quant([BigInt(a), BigInt(b)]));
  });
});

const absmax = fc.oneof(
  fc.integer({ min: 10, max: 2 ** 31 - 1 }),
  fc.constantFrom(10, 127, 128, 2 ** 30, 2 ** 31 - 1),
);
/** A binary32 number's bits: of any exponent, and of those that scales have. */
const scale = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  fc.integer({ min: 100 * 2 ** 23, max: 140 * 2 ** 23 }),
  fc.constantFrom(
    0,
    1,
    0x7fffff,
    0x800000,
    0x3f800000,
    0xbf800000,
    0x7f800000,
    0xffffffff,
    0x80000000,
  ),
);

describe("rescale", () => {
  it("is the specification's at random", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: -(2 ** 20), max: 2 ** 20 }), element),
        absmax,
        scale,
        (sum, a, w) =>
          BigInt(rescale(sum, rescaleFactor(a, w))) ===
          specification.rescale(BigInt(sum), BigInt(a), BigInt(w)),
      ),
      { numRuns: 20_000 },
    );
  });
  it("is the specification's for every exponent and extreme sums", () => {
    for (let exponent = 0; exponent < 256; exponent++)
      for (const mantissa of [0, 1, 0x7fffff])
        for (const sign of [0, 1])
          for (const a of [10, 127, 1_000_003, 2 ** 31 - 1]) {
            const w = sign * 2 ** 31 + exponent * 2 ** 23 + mantissa;
            const factor = rescaleFactor(a, w);
            for (const sum of [0, 1, -1, 127 * 8192, -127 * 8192])
              if (
                BigInt(rescale(sum, factor)) !==
                specification.rescale(BigInt(sum), BigInt(a), BigInt(w))
              )
                expect.fail(`sum ${sum}, absmax ${a}, scale 0x${w.toString(16)}`);
          }
  });
  it("takes the scale as a signed or an unsigned number", () => {
    expect(rescaleFactor(1000, 0xbf800000 | 0)).toEqual(rescaleFactor(1000, 0xbf800000));
  });
});
