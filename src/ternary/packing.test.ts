import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MEMORY } from "../isa/generated.js";
import { type Packing, pack, packedSize, TRITS, tritsPerByte, unpack } from "./packing.js";

const packings: Packing[] = ["t4", "t5"];

const matrix = fc
  .tuple(fc.integer({ min: 1, max: 17 }), fc.integer({ min: 1, max: 130 }))
  .chain(([rows, columns]) =>
    fc
      .array(fc.constantFrom(-1, 0, 1), { minLength: rows * columns, maxLength: rows * columns })
      .map((trits) => ({ rows, columns, trits: Int8Array.from(trits) })),
  );

describe.each(packings)("packing %s", (packing) => {
  test("unpack undoes pack at any shape", () => {
    fc.assert(
      fc.property(matrix, ({ rows, columns, trits }) => {
        const bytes = pack(trits, rows, columns, packing);
        expect(bytes.length).toBe(packedSize(rows, columns, packing));
        expect(unpack(bytes, rows, columns, packing)).toEqual(trits);
      }),
    );
  });

  test("what lies beyond the matrix is zero", () => {
    fc.assert(
      fc.property(matrix, ({ rows, columns, trits }) => {
        const group = tritsPerByte(packing);
        const line = MEMORY.line_bytes;
        const allRows = Math.ceil(rows / group) * group;
        const allColumns = Math.ceil(columns / line) * line;
        const padded = unpack(pack(trits, rows, columns, packing), allRows, allColumns, packing);
        for (let row = 0; row < allRows; row++) {
          for (let column = row < rows ? columns : 0; column < allColumns; column++) {
            expect(padded[row * allColumns + column]).toBe(0);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  test("matrices stacked at a row group pack to their bytes in sequence", () => {
    const group = tritsPerByte(packing);
    fc.assert(
      fc.property(matrix, ({ rows, columns, trits }) => {
        const top = new Int8Array(group * columns).fill(-1);
        const whole = Int8Array.from([...top, ...trits]);
        expect(pack(whole, group + rows, columns, packing)).toEqual(
          Uint8Array.from([
            ...pack(top, group, columns, packing),
            ...pack(trits, rows, columns, packing),
          ]),
        );
      }),
      { numRuns: 30 },
    );
  });

  test("a zero byte is zero weights", () => {
    expect(TRITS[packing].subarray(0, tritsPerByte(packing)).every((trit) => trit === 0)).toBe(
      true,
    );
  });
});

test("bytes of the packings, by hand", () => {
  const column = (trits: number[], packing: Packing) =>
    pack(Int8Array.from(trits), trits.length, 1, packing)[0];
  expect(column([1, -1, 0, 1], "t4")).toBe(0b01_00_11_01);
  expect(column([-1], "t4")).toBe(0b11);
  expect(column([1, -1, 0, 1, -1], "t5")).toBe(1 + 2 * 3 + 0 * 9 + 1 * 27 + 2 * 81);
  expect(column([-1, -1, -1, -1, -1], "t5")).toBe(242);
});

test("codes without a meaning of their own are zeros", () => {
  expect([...TRITS.t4.subarray(0b10_10_10_10 * 4, 0b10_10_10_10 * 4 + 4)]).toEqual([0, 0, 0, 0]);
  expect(TRITS.t5.subarray(243 * 5).every((trit) => trit === 0)).toBe(true);
});

test("sizes pad rows to the row group and columns to the line", () => {
  expect(packedSize(4, 64, "t4")).toBe(64);
  expect(packedSize(5, 65, "t4")).toBe(256);
  expect(packedSize(32000, 1024, "t5")).toBe(6_553_600);
});
