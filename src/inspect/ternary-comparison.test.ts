import { expect, test } from "vitest";
import { assemble } from "../assembler/index.js";
import { compareTernary } from "./ternary-comparison.js";

const SOURCE = `
.text
    halt
.data
w.gate:
    .tensor w.gate, t4, 1, 4
    .trits t4, "+0-+"
w.up:
    .tensor w.up, t4, 1, 4
    .trits t4, "0000"
wide:
    .tensor wide, t5, 1, 2
    .trits t5, "--"
`;

test("adds up a matrix that was cut, and names the ones that differ", () => {
  const { image } = assemble("w.tasm", SOURCE, { readFile: () => undefined });
  const golden = new Map([
    ["ternary.w", { data: [2, 1, 5] }],
    ["ternary.wide", { data: [0, 1, 1] }],
    ["ternary.missing", { data: [1, 0, 0] }],
  ]);
  expect(compareTernary(image!, golden)).toEqual({
    matrices: 3,
    identical: 1,
    different: ["wide", "missing"],
  });
  expect(compareTernary(image!, new Map())).toBeUndefined();
});
