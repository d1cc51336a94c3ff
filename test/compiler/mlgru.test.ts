import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileMlgru, type MlgruLayer, randomMlgru } from "../../src/compiler/index.js";
import { Emulator } from "../../src/emulator/index.js";
import type { Image } from "../../src/image/image.js";
import { CONFIGURATIONS } from "../../src/isa/index.js";
import { fromReal, toReal } from "../../src/numerics/fixed.js";
import type { Packing } from "../../src/ternary/packing.js";

const configuration = CONFIGURATIONS[0]!;

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** The paper's formulas in double precision, with the quantised product in front of each. */
function paperStep(layer: MlgruLayer, x: Float64Array, h: Float64Array): Float64Array {
  const product = (matrix: "f" | "c" | "g" | "o", input: Float64Array): Float64Array => {
    const meanSquare = input.reduce((sum, value) => sum + value * value, 0) / input.length;
    const y = input.map((value) => value / Math.sqrt(meanSquare + 1e-6));
    const absmax = y.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-5);
    const { trits, scale } = layer[matrix];
    return Float64Array.from({ length: trits.length / input.length }, (_, row) => {
      let sum = 0;
      y.forEach((value, k) => {
        sum += trits[row * input.length + k]! * Math.round((value * 127) / absmax);
      });
      return (sum * absmax * scale) / 127;
    });
  };
  const f = product("f", x).map(sigmoid);
  const c = product("c", x).map((value) => value * sigmoid(value));
  const g = product("g", x).map(sigmoid);
  h.forEach((old, k) => {
    h[k] = f[k]! * old + (1 - f[k]!) * c[k]!;
  });
  return product(
    "o",
    g.map((value, k) => value * h[k]!),
  );
}

function elements(values: Float64Array): Uint8Array {
  return new Uint8Array(Int32Array.from(values, fromReal).buffer);
}

/** Runs the program once on an input and a state. */
async function run(image: Image, layer: MlgruLayer, x: Float64Array, state: Float64Array) {
  const emulator = new Emulator({ configuration });
  await emulator.load(image);
  const address = (name: string) => image.symbols.find((symbol) => symbol.name === name)!.address;
  await emulator.writeMemory(address("input"), elements(x));
  await emulator.writeMemory(address("state"), elements(state));
  expect(await emulator.run()).toEqual({ reason: "halted" });
  const read = async (name: string, length: number) => {
    const bytes = await emulator.readMemory(address(name), length * 4);
    return Float64Array.from(new Int32Array(bytes.slice().buffer), toReal);
  };
  return {
    output: await read("output", layer.width),
    state: await read("state", layer.stateWidth),
  };
}

describe("the paper's MLGRU", () => {
  test("computes the paper's formulas, step after step", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 16, max: 80 }),
        fc.integer({ min: 16, max: 80 }),
        fc.constantFrom<Packing>("t4", "t5"),
        fc.nat(),
        async (width, stateWidth, packing, seed) => {
          const layer = randomMlgru(width, stateWidth, seed);
          const image = (await compileMlgru(layer, { configuration, packing })).image();
          const expectedState = new Float64Array(stateWidth);
          let state = new Float64Array(stateWidth);
          for (let step = 0; step < 3; step++) {
            const x = Float64Array.from({ length: width }, (_, k) => Math.sin(k * k + step + seed));
            const expected = paperStep(layer, x, expectedState);
            const actual = await run(image, layer, x, state);
            state = actual.state;
            state.forEach((h, k) => {
              expect(Math.abs(h - expectedState[k]!)).toBeLessThan(0.02);
            });
            let [product, own, theirs] = [0, 0, 0];
            actual.output.forEach((value, k) => {
              product += value * expected[k]!;
              own += value * value;
              theirs += expected[k]! ** 2;
            });
            expect(product / Math.sqrt(own * theirs)).toBeGreaterThan(0.999);
          }
        },
      ),
      // Always the same layers, as one int8 value that differs by right is seen in a small one.
      { numRuns: 25, seed: 2026 },
    );
  });

  test("is the same for the same seed", async () => {
    const options = { configuration, packing: "t4" } as const;
    const first = await compileMlgru(randomMlgru(64, 32, 7), options);
    const second = await compileMlgru(randomMlgru(64, 32, 7), options);
    const other = await compileMlgru(randomMlgru(64, 32, 8), options);
    expect(second.files).toEqual(first.files);
    expect(second.assembly).toBe(first.assembly);
    expect(other.files).not.toEqual(first.files);
  });

  test("is refused when a matrix does not fit", async () => {
    const layer = randomMlgru(64, 32, 1);
    const options = { configuration, packing: "t4" } as const;
    const short = { trits: layer.c.trits.subarray(1), scale: 1 };
    await expect(compileMlgru({ ...layer, c: short }, options)).rejects.toThrow(
      /matrix c of the MLGRU has 2047 weights; expected 64 x 32 = 2048/,
    );
    const loud = { trits: layer.o.trits.map(() => 2), scale: 1 };
    await expect(compileMlgru({ ...layer, o: loud }, options)).rejects.toThrow(
      /must be -1, 0 or 1/,
    );
    await expect(compileMlgru(randomMlgru(4, 2049, 1), options)).rejects.toThrow(
      /more than the vlmax of configuration tiny, 2048/,
    );
  });
});
