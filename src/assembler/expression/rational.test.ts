import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as r from "./rational.js";

const INTEGER = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
const RATIONAL = fc
  .tuple(INTEGER, fc.bigInt({ min: 1n, max: 10n ** 30n }))
  .map(([n, d]) => r.rational(n, d));

/** A finite double as the fraction that it is. */
function exact(value: number): r.Rational {
  let scaled = value;
  let shift = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    shift++;
  }
  return r.rational(BigInt(scaled), 1n << BigInt(shift));
}

function binary32Bits(value: number): bigint {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return BigInt(view.getUint32(0));
}

describe("arithmetic", () => {
  test("sums and products are in lowest terms and exact", () => {
    fc.assert(
      fc.property(RATIONAL, RATIONAL, (a, b) => {
        const sum = r.add(a, b);
        expect(sum.numerator * a.denominator * b.denominator).toBe(
          sum.denominator * (a.numerator * b.denominator + b.numerator * a.denominator),
        );
        expect(r.add(sum, r.negate(b))).toEqual(a);
        if (b.numerator !== 0n) expect(r.multiply(r.divide(a, b), b)).toEqual(a);
        expect(Math.sign(r.compare(a, b))).toBe(-Math.sign(r.compare(b, a)));
      }),
    );
  });

  test("a decimal literal is exact", () => {
    expect(r.fromDecimal(15n, -1)).toEqual({ numerator: 3n, denominator: 2n });
    expect(r.fromDecimal(5n, 3)).toEqual({ numerator: 5000n, denominator: 1n });
  });
});

describe("roundScaled", () => {
  test("is floor(a * 2^bits + 1/2)", () => {
    fc.assert(
      fc.property(RATIONAL, fc.nat(64), (a, bits) => {
        const rounded = r.roundScaled(a, bits);
        // rounded <= a * 2^bits + 1/2 < rounded + 1
        const twice = (a.numerator << BigInt(bits + 1)) + a.denominator;
        expect(2n * rounded * a.denominator <= twice).toBe(true);
        expect(twice < 2n * (rounded + 1n) * a.denominator).toBe(true);
      }),
    );
  });

  test("rounds halves up", () => {
    expect(r.roundScaled(r.rational(1n, 2n), 0)).toBe(1n);
    expect(r.roundScaled(r.rational(-1n, 2n), 0)).toBe(0n);
    expect(r.roundScaled(r.rational(-3n, 2n), 0)).toBe(-1n);
  });
});

describe("toBinary32", () => {
  test("rounds as the conversion of a double does", () => {
    const double = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -3.4e38, max: 3.4e38 }),
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e-37, max: 1e-37 }),
    );
    fc.assert(
      fc.property(double, (value) => {
        // A fraction has no negative zero.
        const expected = Math.fround(value) === 0 && value === 0 ? 0n : binary32Bits(value);
        expect(r.toBinary32(exact(value))).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test("ties go to even, the largest number is the limit", () => {
    const tie = r.rational(2n ** 24n + 1n);
    expect(r.toBinary32(tie)).toBe(binary32Bits(2 ** 24));
    expect(r.toBinary32(r.rational(2n ** 24n + 3n))).toBe(binary32Bits(2 ** 24 + 4));
    expect(r.toBinary32(r.rational((2n ** 24n - 1n) << 104n))).toBe(0x7f7fffffn);
    expect(r.toBinary32(r.rational(2n ** 128n - 2n ** 103n))).toBeUndefined();
    expect(r.toBinary32(r.rational(2n ** 128n - 2n ** 103n - 1n))).toBe(0x7f7fffffn);
  });
});
