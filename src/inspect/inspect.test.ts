import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SAMPLE } from "../../test/image/sample.js";
import { type Packing, pack } from "../ternary/packing.js";
import {
  countTensorTrits,
  countTrits,
  formatImageReport,
  formatTable,
  reportImage,
} from "./index.js";

describe("countTrits", () => {
  test("counts the trits that were packed, and no padding", () => {
    const matrix = fc
      .record({ rows: fc.integer({ min: 1, max: 12 }), columns: fc.integer({ min: 1, max: 140 }) })
      .chain(({ rows, columns }) =>
        fc.record({
          rows: fc.constant(rows),
          columns: fc.constant(columns),
          packing: fc.constantFrom<Packing>("t4", "t5"),
          trits: fc.array(fc.integer({ min: -1, max: 1 }), {
            minLength: rows * columns,
            maxLength: rows * columns,
          }),
        }),
      );
    fc.assert(
      fc.property(matrix, ({ rows, columns, packing, trits }) => {
        const bytes = pack(Int8Array.from(trits), rows, columns, packing);
        const count = (value: number) => trits.filter((trit) => trit === value).length;
        expect(countTrits(bytes, rows, columns, packing)).toEqual({
          minus: count(-1),
          zero: count(0),
          plus: count(1),
        });
      }),
    );
  });

  test("adds up the matrices of a tensor", () => {
    const one = pack(Int8Array.of(1, -1, 0, 1, 0, 0), 2, 3, "t5");
    const bytes = Buffer.concat([one, one, one]);
    const tensor = { type: "t5", shape: [3, 2, 3] } as const;
    expect(countTensorTrits(bytes, tensor)).toEqual({ minus: 3, zero: 9, plus: 6 });
    expect(countTensorTrits(bytes, { type: "q", shape: [48] })).toBeUndefined();
  });
});

describe("reportImage", () => {
  const report = reportImage(SAMPLE);

  test("maps memory in the order of addresses", () => {
    expect(report.memoryMap).toEqual([
      { name: ".data", start: 0, end: 0x140 },
      { name: ".weights", start: 0x140, end: 0x1c0 },
      { name: "", start: 0x1c0, end: 0x200 },
      { name: ".bss", start: 0x200, end: 0x400 },
      { name: ".text", start: 0x4000000000, end: 0x4000000020 },
    ]);
  });

  test("counts instructions by name and by unit", () => {
    expect(report.instructions.total).toBe(4);
    expect(report.instructions.illegal).toBe(0);
    expect(report.instructions.units).toMatchObject({ control: 3, lsu: 1, tmatmul: 0 });
    expect(report.instructions.counts.map(({ id, count }) => [id, count])).toEqual([
      ["addi", 1],
      ["halt", 1],
      ["ldv", 1],
      ["setvli", 1],
    ]);
  });

  test("counts words that are no instruction", () => {
    const [text] = SAMPLE.sections;
    const image = { ...SAMPLE, sections: [{ ...text!, data: new Uint8Array(32) }] };
    expect(reportImage({ ...image, symbols: [] }).instructions).toMatchObject({
      total: 4,
      illegal: 4,
      counts: [],
    });
  });

  test("measures every ternary matrix", () => {
    // 128 bytes of 1: in t4, row 0 of each group of four is +1 and the others are 0.
    expect(report.matrices).toEqual([
      {
        name: "weights",
        packing: "t4",
        shape: [5, 3],
        address: 0x140,
        size: 128,
        minus: 0,
        zero: 9,
        plus: 6,
        sparsity: 0.6,
      },
    ]);
    expect(report.sparsity).toBe(0.6);
  });

  test("is plain data", () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

describe("formatImageReport", () => {
  const parts = formatImageReport(reportImage(SAMPLE));
  const lines = (heading: string) => parts.find((part) => part.heading === heading)?.lines;

  test("has a table for every part", () => {
    expect(parts.map(({ heading }) => heading)).toEqual([
      "Program",
      "Sections",
      "Memory map",
      "Instructions",
      "Ternary matrices",
      "Symbols",
    ]);
    expect(lines("Ternary matrices")).toEqual([
      "name     in  shape   size  -1  0  +1   zeros",
      "weights  t4  5 x 3  128 B   0  9   6  60.0 %",
    ]);
  });

  test("leaves out parts without rows", () => {
    const image = { ...SAMPLE, symbols: [] };
    expect(formatImageReport(reportImage(image)).map(({ heading }) => heading)).not.toContain(
      "Symbols",
    );
  });
});

test("formatTable aligns its columns", () => {
  expect(
    formatTable(
      [{ title: "name" }, { title: "n", right: true }],
      [
        ["a", "1000"],
        ["bcdef", "2"],
      ],
    ),
  ).toEqual(["name      n", "a      1000", "bcdef     2"]);
});
