import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeWeights } from "../../tensors/elements.js";
import { type Packing, packedSize } from "../../ternary/packing.js";
import * as plainPacking from "../pack-weights.js";
import * as plain from "../ternarise.js";
import {
  absoluteSum,
  largestMagnitude,
  packWeights,
  plainLargestMagnitude,
  plainToElements,
  toElements,
  widenWeights,
} from "./kernels.js";
import { kernelMemory, kernelsOf } from "./memory.js";

// Every property runs in one memory, at any multiple of 4 bytes: what lies around must not matter.
const memory = kernelMemory(1 << 20);
const everything = new Uint8Array(memory);

/** Values in the kernels' memory. @param word where it begins, in words */
function inMemory(values: ArrayLike<number>, word: number): Float32Array {
  everything.fill(0x55);
  const array = new Float32Array(memory, word * 4, values.length);
  array.set(values);
  return array;
}

/** The bits of numbers: it tells zeros and NaNs apart. */
const bits = (values: Float32Array) => [...new Uint32Array(values.slice().buffer)];

const EXTREMES = [
  0,
  -0,
  0.5,
  -0.5,
  1,
  -1,
  1.5,
  2 ** -149,
  -(2 ** -126),
  2048,
  -2048,
  3.4e38,
  -3.4e38,
];
const finite = fc.oneof(
  fc.constantFrom(...EXTREMES.map(Math.fround)),
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.float({ noNaN: true, min: -2, max: 2 }),
);
const anything = fc.oneof({ arbitrary: finite, weight: 20 }, fc.float());
const word = fc.integer({ min: 0, max: 5 });
const list = (element: fc.Arbitrary<number>) => fc.array(element, { maxLength: 70, size: "max" });

test("this host has the kernels, so that the properties are about them", () => {
  expect(kernelsOf(new Uint8Array(memory))).toBeDefined();
  expect(kernelsOf(new Uint8Array(memory), new Uint8Array(1))).toBeUndefined();
  expect(kernelsOf(new Uint8Array(1))).toBeUndefined();
});

test("memory is zero, and as large as asked for, with kernels or without", () => {
  for (const size of [0, 1, 65536, 65537]) {
    const bytes = new Uint8Array(kernelMemory(size));
    expect(bytes.length).toBeGreaterThanOrEqual(size);
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  }
});

test("sums are the plain ones, in their order of additions", () => {
  const start = fc.oneof(fc.constant(0), fc.double({ noNaN: true, min: 0, max: 1e30 }));
  fc.assert(
    fc.property(list(anything), start, word, (values, start, word) => {
      const array = inMemory(values, word);
      expect(absoluteSum(array, start)).toBe(plain.absoluteSum(array.slice(), start));
    }),
    { numRuns: 3000 },
  );
});

test("a long sum, which rounds at every step, is the plain one", () => {
  const values = Float32Array.from({ length: 200_003 }, (_, i) => Math.sin(i * i) * 2 ** (i % 40));
  const array = inMemory(values, 1);
  expect(absoluteSum(array, 0.1)).toBe(plain.absoluteSum(values, 0.1));
});

test("the largest magnitude is the plain one", () => {
  fc.assert(
    fc.property(list(anything), word, (values, word) => {
      const array = inMemory(values, word);
      expect(largestMagnitude(array)).toBe(plainLargestMagnitude(array.slice()));
    }),
    { numRuns: 3000 },
  );
});

describe.each<Packing>(["t4", "t5"])("packing %s", (packing) => {
  const shape = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 70 }));
  const compare = (weights: number[], rows: number, columns: number, scale: number, at: number) => {
    const array = inMemory(weights, at);
    const size = packedSize(rows, columns, packing);
    const wanted = new Uint8Array(size);
    plainPacking.packWeights(array.slice(), rows, columns, scale, packing, wanted);
    const from = 1 << 19;
    everything.fill(0, from, from + size);
    const out = new Uint8Array(memory, from, size);
    packWeights(array, rows, columns, scale, packing, out);
    expect(out).toEqual(wanted);
    expect(everything[from - 1]).toBe(0x55);
    expect(everything[from + size]).toBe(0x55);
  };

  test("gives the plain bytes for every shape and scale, and writes no others", () => {
    const matrix = shape.chain(([rows, columns]) => {
      const length = rows * columns;
      const array = fc.array(finite, { minLength: length, maxLength: length, size: "max" });
      return fc.tuple(fc.constant(rows), fc.constant(columns), array);
    });
    const scale = fc.float({ min: Math.fround(1e-3), max: Math.fround(1e5), noNaN: true });
    fc.assert(
      fc.property(matrix, scale, word, ([rows, columns, weights], scale, at) =>
        compare(weights, rows, columns, scale, at),
      ),
      { numRuns: 400 },
    );
  });

  test("gives the plain bytes right beside the thresholds", () => {
    const scale = fc.float({ min: Math.fround(1e-3), max: Math.fround(1e5), noNaN: true });
    fc.assert(
      fc.property(scale, fc.integer({ min: 1, max: 40 }), (scale, columns) => {
        const limit = plain.largestZeroBits(scale);
        const words = Int32Array.from({ length: 10 * columns }, (_, i) => {
          const magnitude = limit + (i % 5) - 2;
          return i % 2 ? magnitude | (1 << 31) : magnitude;
        });
        compare([...new Float32Array(words.buffer)], 10, columns, scale, 0);
      }),
      { numRuns: 400 },
    );
  });
});

test("elements are the plain ones, in place and elsewhere", () => {
  const factor = fc.oneof(
    fc.constantFrom(1, 0.5, 2 ** -20, 2 ** 20),
    fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
  );
  // Ties, and the limits of an element.
  const tie = fc.integer({ min: -(2 ** 20), max: 2 ** 20 }).map((n) => (n + 0.5) * 2 ** -18);
  const value = fc.oneof(finite, tie.map(Math.fround), fc.constantFrom(8192, -8192, 8191.999));
  fc.assert(
    fc.property(list(value), factor, word, fc.boolean(), (values, factor, word, inPlace) => {
      const array = inMemory(values.map(Math.fround), word);
      const wanted = new Int32Array(array.length);
      const limited = plainToElements(array.slice(), factor, wanted);
      const out = new Int32Array(memory, inPlace ? word * 4 : 1 << 19, array.length);
      expect(toElements(array, factor, out)).toBe(limited);
      expect(out).toEqual(wanted);
    }),
    { numRuns: 3000 },
  );
});

describe.each(["F16", "BF16"] as const)("%s to binary32", (type) => {
  test("every number, where it lies at the end of what it becomes", () => {
    for (const [start, count] of [
      [0, 65536],
      [1, 65521],
      [7, 13],
    ] as const) {
      const narrow = Uint16Array.from({ length: count }, (_, i) => start + i);
      const wanted = new Float32Array(count);
      decodeWeights(type, new Uint8Array(narrow.buffer), wanted);
      const out = new Float32Array(memory, 8, count);
      const bytes = new Uint8Array(memory, 8 + count * 2, count * 2);
      bytes.set(new Uint8Array(narrow.buffer));
      widenWeights(type, bytes, out);
      expect(Buffer.compare(Buffer.from(out.slice().buffer), Buffer.from(wanted.buffer))).toBe(0);
    }
  });

  test("any few of them", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(65535), { maxLength: 40 }), (numbers) => {
        const narrow = Uint16Array.from(numbers);
        const wanted = new Float32Array(narrow.length);
        decodeWeights(type, new Uint8Array(narrow.buffer), wanted);
        const bytes = new Uint8Array(memory, 4096, narrow.byteLength);
        bytes.set(new Uint8Array(narrow.buffer));
        const out = new Float32Array(memory, 0, narrow.length);
        widenWeights(type, bytes, out);
        expect(bits(out)).toEqual(bits(wanted));
      }),
    );
  });
});
