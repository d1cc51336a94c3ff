import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Packing, pack, packedSize, tritsPerByte } from "../../ternary/packing.js";
import { PlainKernel } from "./plain.js";

const PACKINGS = ["t4", "t5"] as const;

function sums(
  packing: Packing,
  weights: Uint8Array,
  rows: number,
  columns: number,
  values: Int8Array,
): number[] {
  const kernel = new PlainKernel();
  kernel.prepare({ values, columns });
  const stride = Math.ceil(columns / 64) * 64;
  const out = new Int32Array(rows);
  kernel.accumulate(packing, weights, weights.length / stride, stride, out, 0);
  return [...out];
}

function exact(trits: Int8Array, rows: number, columns: number, values: Int8Array): number[] {
  return Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let k = 0; k < columns; k++) sum += trits[row * columns + k]! * values[k]!;
    return sum;
  });
}

describe.each(PACKINGS)("the plain kernel, %s", (packing) => {
  it("is exact for random matrices", () => {
    const size = fc.record({
      rows: fc.integer({ min: 1, max: 23 }),
      columns: fc.oneof(fc.integer({ min: 1, max: 130 }), fc.integer({ min: 500, max: 1100 })),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(size, ({ rows, columns, seed }) => {
        const trits = Int8Array.from({ length: rows * columns }, (_, i) => {
          return ((Math.imul(i ^ seed, 0x9e3779b1) >>> 16) % 3) - 1;
        });
        const values = Int8Array.from({ length: columns }, (_, k) => {
          return ((Math.imul(k + seed, 0x85ebca6b) >>> 16) % 255) - 127;
        });
        expect(sums(packing, pack(trits, rows, columns, packing), rows, columns, values)).toEqual(
          exact(trits, rows, columns, values),
        );
      }),
      { numRuns: 60 },
    );
  });
  it.each([1, -1])("holds the largest sums, of trits %i", (trit) => {
    const columns = 8192;
    const rows = tritsPerByte(packing);
    // Neighbouring rows of both signs: a lane that overflowed would leak into the next one.
    for (const sign of [1, -1]) {
      const trits = Int8Array.from({ length: rows * columns }, (_, i) =>
        Math.floor(i / columns) % 2 ? trit * sign : trit,
      );
      const values = new Int8Array(columns).fill(127);
      expect(sums(packing, pack(trits, rows, columns, packing), rows, columns, values)).toEqual(
        exact(trits, rows, columns, values),
      );
    }
  });
  it("gives unused codes their defined result and ignores padding", () => {
    const columns = 3;
    const weights = new Uint8Array(packedSize(4, columns, packing)).fill(255);
    weights[0] = packing === "t4" ? 0b10_10_10_10 : 243;
    weights[1] = packing === "t4" ? 0b10_01_11_00 : 254;
    weights[2] = 0;
    const values = Int8Array.of(100, 10, 1, 50);
    const expected = packing === "t4" ? [0, -10, 10, 0] : [0, 0, 0, 0];
    expect(sums(packing, weights, 4, columns, values)).toEqual(expected);
  });
});
