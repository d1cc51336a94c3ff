import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { elementCount, type WeightType } from "./element-type.js";
import { decodeElements, decodeWeights, encodeElements, encodeWeights } from "./elements.js";

function decoded(type: WeightType, words: Uint16Array): Float32Array {
  const out = new Float32Array(words.length);
  decodeWeights(type, new Uint8Array(words.buffer), out);
  return out;
}

const everyWord = Uint16Array.from({ length: 65536 }, (_, i) => i);

describe.each(["F16", "BF16"] as const)("%s", (type) => {
  test("encodes every value of its own to its own bits", () => {
    const words = new Uint16Array(encodeWeights(type, decoded(type, everyWord)).buffer);
    const values = decoded(type, everyWord);
    const back = decoded(type, words);
    everyWord.forEach((word) => {
      if (Number.isNaN(values[word])) expect(back[word]).toBeNaN();
      else expect(words[word]).toBe(word);
    });
  });

  test("rounds to the nearest value, ties to even", () => {
    const positive = type === "F16" ? 0x7c00 : 0x7f80; // infinity
    const values = decoded(type, everyWord);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: positive - 2 }), fc.boolean(), (word, negative) => {
        const sign = negative ? -1 : 1;
        const low = values[word]!;
        const high = values[word + 1]!;
        const middle = (low + high) / 2; // exact in binary32: one more bit than its neighbours
        const even = word & 1 ? high : low;
        const steps = Float32Array.of(middle, nextDown(middle), nextUp(middle)).map(
          (x) => sign * x,
        );
        const back = decodeElements(type, encodeWeights(type, steps));
        expect([...(back as Float32Array)].map(Math.abs)).toEqual([even, low, high]);
      }),
      { numRuns: 3000 },
    );
  });
});

function shifted(value: number, by: number): number {
  const bits = new Int32Array(Float32Array.of(value).buffer);
  bits[0]! += by;
  return new Float32Array(bits.buffer)[0]!;
}
const nextUp = (value: number) => shifted(value, 1);
const nextDown = (value: number) => shifted(value, -1);

test("known binary16 and bfloat16 numbers", () => {
  const f16 = decoded("F16", Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00, 0x8000));
  expect([...f16]).toEqual([1, -2, 2 ** -24, 65504, Infinity, -0]);
  const bf16 = decoded("BF16", Uint16Array.of(0x3f80, 0xc049, 0x0001, 0xff80));
  expect([...bf16]).toEqual([1, -3.140625, 2 ** -133, -Infinity]);
});

test("beyond the largest half is infinity", () => {
  const out = decodeElements("F16", encodeWeights("F16", Float32Array.of(65519, 65520, -1e9, NaN)));
  expect([...(out as Float32Array)]).toEqual([65504, Infinity, -Infinity, NaN]);
});

test("integers and doubles keep their values, aligned or not", () => {
  const shape = [2];
  const tensors = [
    { type: "I64", data: BigInt64Array.of(-1n, 2n ** 62n) },
    { type: "I32", data: Int32Array.of(-5, 2 ** 31 - 1) },
    { type: "U16", data: Uint16Array.of(1, 65535) },
    { type: "I8", data: Int8Array.of(-128, 127) },
    { type: "F64", data: Float64Array.of(Math.PI, -0) },
    { type: "F32", data: Float32Array.of(1.5, -2.5) },
  ] as const;
  for (const { type, data } of tensors) {
    const bytes = encodeElements({ type, shape, data });
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    expect(decodeElements(type, bytes)).toEqual(data);
    expect(decodeElements(type, shifted.subarray(1))).toEqual(data);
  }
});

test("element counts do not overflow", () => {
  expect(elementCount([])).toBe(1);
  expect(elementCount([3, 4, 5])).toBe(60);
  expect(elementCount([2 ** 30, 2 ** 30])).toBe(Infinity);
  expect(elementCount([2 ** 53 - 1, 2 ** 53 - 1, 0])).toBe(0);
});
