/** DRAM above 4 GiB, which is sparse: `npm run test:large` has images that are as large. */
import { writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder, ternacJson } from "./support.js";

const path = temporaryFolder();
const [ROWS, COLUMNS] = [50, 200];
const random = (i: number) => Math.imul(i + 1, 0x9e3779b1) >>> 16;
const WEIGHTS = Array.from({ length: ROWS * COLUMNS }, (_, i) => (random(i) % 3) - 1);
const X = Array.from({ length: COLUMNS }, (_, i) => (random(i + 7) % 512) / 64 - 4);

/** Everything lies behind `pad` bytes: a product, an element-wise operation, and a scalar's store. */
const program = (packing: string) => `
rows = ${ROWS}
columns = ${COLUMNS}
    .text
    setvli  columns
    la      x5, x
    ldv     v0, (x5)
    quant   q0, v0
    li      x6, float(0.25)
    setvli  rows
    la      x7, weights
    tmatmul.${packing} v1, q0, (x7), x6
    add     v2, v1, v1
    la      x8, y
    sv      (x8), v1
    la      x9, twice
    sv      (x9), v2
    la      x10, place
    sd      (x10), x10
    ld      x11, (x10)
    enq     x11
    halt
    .bss
    .zero   pad
    .tensor x, q, columns
x:  .zero   4 * columns
    .balign 64
    .tensor weights, ${packing}, rows, columns
weights:
    .zero   packed_size(rows, columns, ${packing})
    .balign 64
    .tensor y, q, rows
y:  .zero   4 * rows
    .balign 64
    .tensor twice, q, rows
twice:
    .zero   4 * rows
    .balign 64
place:
    .zero   8
`;

async function run(packing: string, pad: number, kernel: string) {
  const { json, exitCode, stderr } = await ternacJson(
    "run",
    path(`${packing}.tasm`),
    ...["--config", "d5005", "--define", `pad=${pad}`, "--kernel", kernel],
    ...["--set", `x=${X}`, "--set", `weights=${WEIGHTS}`, "--get", "y", "--get", "twice"],
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return json;
}

describe.each(["t4", "t5"])("%s", (packing) => {
  beforeAll(() => writeFileSync(path(`${packing}.tasm`), program(packing)));

  // Around 4 GiB, so that the matrix or the vectors lie across it; and near the end of 32 GiB.
  it.each([2 ** 32 - 2048, 2 ** 32, 2 ** 32 + 64, 2 ** 35 - 65536])(
    "a program is the same behind %i bytes, with every kernel",
    async (pad) => {
      const { tensors, output } = await run(packing, 0, "plain");
      expect(tensors.y.data.some((value: number) => value !== 0)).toBe(true);
      for (const kernel of ["plain", "simd"]) {
        const high = await run(packing, pad, kernel);
        expect(high.tensors).toEqual(tensors);
        expect(BigInt(high.output[0])).toBe(BigInt(output[0]) + BigInt(pad));
      }
    },
  );
});
