import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EXTREMES, element } from "../../test/numerics/arbitrary.js";
import * as specification from "../../test/numerics/specification.js";
import { div, exp, mul, mulShift, sat32, sig, sigmoid30, silu } from "./fixed.js";
import { EXP2, LOG2E, SIG } from "./generated.js";

describe.each([
  { name: "exp", fast: exp, exact: specification.exp },
  { name: "sig", fast: sig, exact: specification.sig },
  { name: "silu", fast: silu, exact: specification.silu },
  { name: "sigmoid30", fast: sigmoid30, exact: specification.sigmoid30 },
])("$name", ({ fast, exact }) => {
  const agrees = (a: number) => BigInt(fast(a)) === exact(BigInt(a));

  it("is the specification's at every extreme value", () => {
    expect(EXTREMES.filter((a) => !agrees(a))).toEqual([]);
  });
  it("is the specification's at random", () => {
    fc.assert(fc.property(element, agrees), { numRuns: 20_000 });
  });
});

describe.each([
  { name: "mul", fast: mul, exact: specification.mul },
  { name: "div", fast: div, exact: specification.div },
])("$name", ({ fast, exact }) => {
  const agrees = (a: number, b: number) => BigInt(fast(a, b)) === exact(BigInt(a), BigInt(b));

  it("is the specification's at every pair of extreme values", () => {
    for (const a of EXTREMES)
      expect(EXTREMES.filter((b) => !agrees(a, b)).map((b) => [a, b])).toEqual([]);
  });
  it("is the specification's at random", () => {
    fc.assert(fc.property(element, element, agrees), { numRuns: 20_000 });
  });
});

describe("mulShift", () => {
  const exact = (a: number, b: number, shift: number) =>
    specification.sat32(
      specification.round(specification.scaled(BigInt(a) * BigInt(b), -BigInt(shift))),
    );
  const factor = fc.oneof(
    element,
    fc.integer({ min: 2 ** 31, max: 2 ** 32 - 1 }),
    fc.constantFrom(2 ** 31, 2 ** 32 - 1),
  );

  it("is exact for every shift", () => {
    fc.assert(
      fc.property(
        element,
        factor,
        fc.integer({ min: 1, max: 63 }),
        (a, b, shift) => BigInt(mulShift(a, b, shift)) === exact(a, b, shift),
      ),
      { numRuns: 50_000 },
    );
  });
  it("is exact at the limits", () => {
    for (let shift = 1; shift <= 63; shift++)
      for (const a of EXTREMES)
        for (const b of [-(2 ** 31), 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1])
          if (BigInt(mulShift(a, b, shift)) !== exact(a, b, shift))
            expect.fail(`${a} * ${b} >> ${shift}`);
  });
});

describe("sums", () => {
  it("saturate", () => {
    fc.assert(
      fc.property(
        element,
        element,
        (a, b) => BigInt(sat32(a + b)) === specification.sat32(BigInt(a) + BigInt(b)),
      ),
    );
  });
});

describe("the tables", () => {
  // Doubles carry 2^30 with an error below 2^-20, so only a value that close to a half could differ.
  const near = (entry: number, value: number) => Math.abs(entry - value) <= 0.5 + 2 ** -20;

  it("hold the constant and functions of their definitions", () => {
    expect(near(LOG2E, Math.LOG2E * 2 ** 30)).toBe(true);
    expect(EXP2.length).toBe(1025);
    expect(SIG.length).toBe(2049);
    expect([...EXP2.keys()].filter((j) => !near(EXP2[j]!, 2 ** (30 + j / 1024)))).toEqual([]);
    expect(
      [...SIG.keys()].filter((j) => !near(SIG[j]!, 2 ** 30 / (1 + Math.exp(-j / 128)))),
    ).toEqual([]);
  });
});
