import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { big, executed } from "../../../test/emulator/execute.js";
import * as specification from "../../../test/numerics/specification.js";
import { type Packing, pack } from "../../ternary/packing.js";

describe("ternary products", () => {
  it.each(["t4", "t5"] as const)("tmatmul.%s", (packing: Packing) => {
    const shape = fc.record({
      rows: fc.integer({ min: 1, max: 12 }),
      columns: fc.integer({ min: 1, max: 80 }),
      absmax: fc.integer({ min: 10, max: 2 ** 31 - 1 }),
      scale: fc.option(fc.integer({ min: 90 * 2 ** 23, max: 150 * 2 ** 23 })),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(shape, ({ rows, columns, absmax, scale, seed }) => {
        const hash = (i: number) => Math.imul(i ^ seed, 0x9e3779b1) >>> 16;
        const trits = Int8Array.from({ length: rows * columns }, (_, i) => (hash(i) % 3) - 1);
        const values = Int8Array.from({ length: columns }, (_, i) => (hash(-i) % 255) - 127);
        // The matrix crosses a chunk of the emulator in the middle of a row group.
        const at = 2 ** 20 - 64;
        const fields = { rd: 4, rs3: 2, rs1: 8, imm: -64, rs2: scale === null ? 0 : 9 };
        const machine = executed([`tmatmul.${packing}`, fields], (m) => {
          m.memory.write(at, pack(trits, rows, columns, packing));
          m.vl = rows;
          m.x[8] = BigInt(at + 64);
          m.x[9] = BigInt(scale ?? 0) | (0x7fn << 40n); // only the low 32 bits are the scale
          m.q[2]!.values.set(values);
          m.q[2]!.length = columns;
          m.q[2]!.absmax = absmax;
        });
        const expected = Array.from({ length: rows }, (_, row) => {
          let sum = 0;
          for (let k = 0; k < columns; k++) sum += trits[row * columns + k]! * values[k]!;
          return Number(specification.rescale(big(sum), big(absmax), big(scale ?? 0x3f800000)));
        });
        expect([...machine.v[4]!.subarray(0, rows + 1)]).toEqual([...expected, 0]);
      }),
    );
  });
});
