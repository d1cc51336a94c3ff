import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromReal } from "../../numerics/fixed.js";
import { narrowest } from "./compact-storage.js";

function stored(value: number, shift: number): number {
  return Math.round(fromReal(value) / 2 ** shift) * 2 ** shift;
}

describe("narrowest", () => {
  test("keeps bfloat16 weights near one in 16 bits, exactly", () => {
    const weights = Float64Array.of(0.5, 1, 1.0078125, -0.75, 1.9921875);
    expect(narrowest([weights], 0)).toEqual({ bits: 16, shift: 6 });
  });

  test("keeps 32 bits for what 16 cannot hold", () => {
    expect(narrowest([Float64Array.of(1, 2 ** -20)], 0)).toEqual({ bits: 32, shift: 0 });
    expect(narrowest([Float64Array.of(1, 2 ** -20)], 1e-4).bits).toBe(16);
  });

  test("loses no more than the tolerance, whatever the values", () => {
    const values = fc.array(fc.double({ min: -4000, max: 4000, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.constantFrom(0, 1e-6, 1e-4, 1e-2), (list, tolerance) => {
        const vector = Float64Array.from(list);
        const { bits, shift } = narrowest([vector], tolerance);
        if (bits === 32) return;
        const largest = Math.max(...list.map((value) => Math.abs(fromReal(value))), 1);
        for (const value of list) {
          const element = stored(value, shift);
          expect(Math.abs(element / 2 ** shift)).toBeLessThanOrEqual(0x7fff);
          const error = Math.abs(element - fromReal(value));
          expect(error).toBeLessThanOrEqual(tolerance * largest * (1 + 1e-9) + 1e-9);
        }
      }),
    );
  });
});
