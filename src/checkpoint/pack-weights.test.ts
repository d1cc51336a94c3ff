import fc from "fast-check";
import { expect, test } from "vitest";
import { type Packing, pack, packedSize } from "../ternary/packing.js";
import { countPackedTrits, packWeights } from "./pack-weights.js";
import { countTrits, ternarise } from "./ternarise.js";

const finite = fc.float({ noNaN: true, noDefaultInfinity: true });

test("packs what ternarise makes, and counts it, for every shape", () => {
  const matrix = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 150 }))
    .chain(([rows, columns]) => {
      const length = rows * columns;
      const weights = fc.oneof(fc.constantFrom(0.5, -0.5, 1, -1, 0, -0), finite);
      return fc.tuple(
        fc.constant(rows),
        fc.constant(columns),
        fc.array(weights, { minLength: length, maxLength: length, size: "max" }),
      );
    });
  const packing = fc.constantFrom<Packing>("t4", "t5");
  const scale = fc.float({ min: Math.fround(0.1), max: 10, noNaN: true });
  fc.assert(
    fc.property(matrix, packing, scale, ([rows, columns, list], packing, scale) => {
      const weights = Float32Array.from(list);
      const trits = new Int8Array(weights.length);
      ternarise(weights, scale, trits);
      const out = new Uint8Array(packedSize(rows, columns, packing));
      packWeights(weights, rows, columns, scale, packing, out);
      expect(out).toEqual(pack(trits, rows, columns, packing));
      expect(countPackedTrits(out, packing, weights.length)).toEqual(countTrits(trits));
    }),
    { numRuns: 200 },
  );
});
