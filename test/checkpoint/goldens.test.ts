import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openCheckpoint } from "../../src/checkpoint/index.js";
import { readSafetensors } from "../../src/tensors/index.js";
import { unpack } from "../../src/ternary/packing.js";

/** Distance of two positive binary32 numbers in units in the last place. */
function unitsApart(a: number, b: number): number {
  const bits = new Int32Array(Float32Array.of(a, b).buffer);
  return Math.abs(bits[0]! - bits[1]!);
}

describe.each(["shakespeare", "layer512"])(
  "models/%s beside the published implementation",
  async (name) => {
    const checkpoint = await openCheckpoint(join("models", name));
    const golden = await readSafetensors(join("test/golden", `${name}.safetensors`));
    const matrices = checkpoint.tensors.filter(({ kind }) => kind === "ternary");
    afterAll(() => checkpoint.close());

    test("has the same ternary matrices", () => {
      const names = [...golden.keys()].filter((key) => key.startsWith("ternary."));
      expect(matrices.map((matrix) => `ternary.${matrix.name}`).sort()).toEqual(names.sort());
    });

    test.each(matrices)("$name: every count is equal, the scale within 2 units", async (tensor) => {
      const matrix = await checkpoint.ternaryMatrix(tensor.name);
      const { plus, minus, zero } = matrix.counts;
      expect([plus, minus, zero]).toEqual([...golden.get(`ternary.${tensor.name}`)!.data]);
      expect(
        unitsApart(matrix.scale, Number(golden.get(`scale.${tensor.name}`)!.data[0])),
      ).toBeLessThan(3);
      expect(matrix.inverseScale).toBe(Math.fround(1 / matrix.scale));
      expect([matrix.rows, matrix.columns]).toEqual(tensor.shape);
    });

    test.each(["t4", "t5"] as const)("packed as %s it holds the same trits", async (packing) => {
      const [{ name }] = matrices as [(typeof matrices)[0]];
      const matrix = await checkpoint.ternaryMatrix(name);
      const { bytes, ...packed } = await checkpoint.packedMatrix(name, packing);
      expect(unpack(bytes, matrix.rows, matrix.columns, packing)).toEqual(matrix.trits);
      const { trits, ...description } = matrix;
      expect(packed).toEqual({ ...description, packing });
    });
  },
);
