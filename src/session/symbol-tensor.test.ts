import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ImageSymbol, TensorType } from "../image/image.js";
import { ONE } from "../numerics/fixed.js";
import type { Tensor } from "../tensors/elements.js";
import { decodeSymbol, encodeSymbol, symbolSize } from "./symbol-tensor.js";

function symbol(type: TensorType, shape: readonly number[]): ImageSymbol {
  const name = "t";
  return { name, address: 0, size: 0, kind: "object", global: true, tensor: { type, shape } };
}

const real = (values: number[], shape = [values.length]): Tensor => ({
  type: "F32",
  shape,
  data: Float32Array.from(values),
});

describe("vector elements", () => {
  it("are real numbers in the file and fixed point in DRAM", () => {
    const bytes = encodeSymbol(symbol("q", [3]), real([1, -0.5, 2 ** -21]), "a.npy");
    expect([...new Int32Array(bytes.buffer, bytes.byteOffset, 3)]).toEqual([ONE, -ONE / 2, 1]);
  });

  it("come back exactly", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 8 }), (elements) => {
        const place = symbol("q", [elements.length]);
        const bytes = new Uint8Array(Int32Array.from(elements).buffer);
        expect(encodeSymbol(place, decodeSymbol(place, bytes), "x")).toEqual(bytes);
      }),
    );
  });

  it("refuse what is out of range or no number", () => {
    const encode = (value: number) => encodeSymbol(symbol("q", [2]), real([0, value]), "a.npy");
    expect(() => encode(-2048)).not.toThrow();
    expect(() => encode(2048)).toThrow(
      /a\.npy: element 1 is 2048, which t cannot hold: vector elements hold -2048 to 2047\.99/,
    );
    expect(() => encode(Number.NaN)).toThrow(/element 1 is NaN/);
  });
});

describe("integers", () => {
  it.each([
    ["i8", 8],
    ["i16", 16],
    ["i32", 32],
    ["i64", 64],
  ] as const)("of type %s come back, and the next larger one is refused", (type, bits) => {
    const limit = 1n << BigInt(bits - 1);
    const place = symbol(type, [2]);
    const tensor = (...values: bigint[]): Tensor => ({
      type: "I64",
      shape: [2],
      data: BigInt64Array.from(values),
    });
    const decoded = decodeSymbol(place, encodeSymbol(place, tensor(-limit, limit - 1n), "x"));
    expect(Array.from(decoded.data as Int32Array, BigInt)).toEqual([-limit, limit - 1n]);
    if (bits < 64)
      expect(() => encodeSymbol(place, tensor(0n, limit), "x")).toThrow(/element 1 is \d+/);
  });

  it("refuse fractions", () => {
    expect(() => encodeSymbol(symbol("i32", [1]), real([0.5]), "x")).toThrow(/element 0 is 0.5/);
  });
});

describe("ternary matrices", () => {
  const trit = fc.constantFrom(-1, 0, 1);

  it.each(["t4", "t5"] as const)("in packing %s come back, stacked ones too", (packing) => {
    const shape = [2, 7, 66];
    fc.assert(
      fc.property(fc.array(trit, { minLength: 924, maxLength: 924 }), (trits) => {
        const place = symbol(packing, shape);
        const bytes = encodeSymbol(place, real(trits, shape), "x");
        expect(bytes).toHaveLength(symbolSize(place));
        expect(Array.from(decodeSymbol(place, bytes).data as Int8Array)).toEqual(trits);
      }),
      { numRuns: 10 },
    );
  });

  it("refuse other values", () => {
    expect(() => encodeSymbol(symbol("t4", [1, 2]), real([1, 2], [1, 2]), "x")).toThrow(
      /element 1 is 2.*-1 to 1/,
    );
  });
});

describe("shapes", () => {
  it("must agree, but for dimensions of 1", () => {
    const place = symbol("i8", [2, 3]);
    expect(() => encodeSymbol(place, real([1, 2, 3, 4, 5, 6], [1, 2, 3]), "x")).not.toThrow();
    expect(() => encodeSymbol(place, real([1, 2, 3, 4, 5, 6], [3, 2]), "a.npy")).toThrow(
      "a.npy has shape [3, 2], but t has [2, 3]",
    );
  });
});

describe("a symbol without a type", () => {
  const bare = { name: "b", address: 0, size: 2, kind: "object", global: true } as const;

  it("is bytes", () => {
    const tensor = decodeSymbol(bare, Uint8Array.of(1, 255));
    expect(tensor).toMatchObject({ type: "U8", shape: [2] });
    expect(encodeSymbol(bare, tensor, "x")).toEqual(Uint8Array.of(1, 255));
    expect(() => encodeSymbol(bare, real([256, 0]), "x")).toThrow(/0 to 255/);
  });

  it("and without a size cannot be read", () => {
    expect(() => symbolSize({ ...bare, size: 0 })).toThrow(
      /symbol b has neither a type nor a size/,
    );
  });
});
