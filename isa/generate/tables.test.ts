import { describe, expect, it } from "vitest";
import { NUMERICS } from "../../src/isa/index.js";
import { EXP2, LOG2E, SIG } from "../../src/numerics/generated.js";
import { exp2Table, log2e, sigmoidTable } from "./tables.js";

const UNIT = 2 ** NUMERICS.table_fraction_bits;
const SCALE = 10n ** 60n;

/** e^(numerator / denominator) times 10^60, by the plain series. */
function decimalExp(numerator: bigint, denominator: bigint): bigint {
  let term = SCALE;
  let sum = SCALE;
  for (let n = 1n; term !== 0n; n++) {
    term = (term * numerator) / (denominator * n);
    sum += term;
  }
  return sum;
}

/** round(value * 2^bits) of a decimal fraction with 60 digits. */
function roundDecimal(value: bigint, bits: number): number {
  return Number(((value << BigInt(bits + 1)) / SCALE + 1n) >> 1n);
}

describe("function tables", () => {
  it("agree with the host's floating point within one unit", () => {
    for (const [j, value] of EXP2.entries())
      expect(Math.abs(value - 2 ** (j / 2 ** NUMERICS.exp_index_bits) * UNIT)).toBeLessThan(1);
    for (const [j, value] of SIG.entries()) {
      const sigmoid = 1 / (1 + Math.exp(-j / 2 ** NUMERICS.sig_step_bits));
      expect(Math.abs(value - sigmoid * UNIT)).toBeLessThan(1);
    }
    expect(Math.abs(LOG2E - Math.LOG2E * UNIT)).toBeLessThan(1);
  });

  it("are the correctly rounded values, by an independent computation with 60 decimal digits", () => {
    const bits = NUMERICS.table_fraction_bits;
    for (const [j, value] of SIG.entries()) {
      const power = decimalExp(BigInt(j), BigInt(2 ** NUMERICS.sig_step_bits));
      expect(value).toBe(roundDecimal((power * SCALE) / (power + SCALE), bits));
    }
    // 2^(j / 1024) is the number whose 1024th power is 2^j: compare the 1024th powers of the two
    // neighbouring midpoints, exactly.
    const steps = 2 ** NUMERICS.exp_index_bits;
    for (let j = 0; j <= steps; j += 31) {
      const power = (halves: bigint) => halves ** BigInt(steps);
      const exact = 1n << BigInt(j + (bits + 1) * steps);
      expect(power(BigInt(EXP2[j]!) * 2n - 1n) < exact).toBe(true);
      expect(power(BigInt(EXP2[j]!) * 2n + 1n) > exact).toBe(true);
    }
  });

  it("rise, and end where the semantics expect it", () => {
    for (let j = 1; j < EXP2.length; j++) expect(EXP2[j]).toBeGreaterThan(EXP2[j - 1]!);
    for (let j = 1; j < SIG.length; j++) expect(SIG[j]).toBeGreaterThan(SIG[j - 1]!);
    expect([EXP2[0], EXP2.at(-1), SIG[0]]).toEqual([UNIT, 2 * UNIT, UNIT / 2]);
    expect(SIG.length).toBe((NUMERICS.sig_limit << NUMERICS.sig_step_bits) + 1);
  });

  it("are what the generator computes", () => {
    expect(log2e(NUMERICS.table_fraction_bits)).toBe(LOG2E);
    expect(exp2Table(NUMERICS.exp_index_bits, NUMERICS.table_fraction_bits)).toEqual([...EXP2]);
    expect(
      sigmoidTable(NUMERICS.sig_limit, NUMERICS.sig_step_bits, NUMERICS.table_fraction_bits),
    ).toEqual([...SIG]);
  });
});
