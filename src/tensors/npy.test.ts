import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { userError } from "../../test/support/errors.js";
import type { Tensor } from "./elements.js";
import { readNpy, writeNpy } from "./npy.js";

/** A .npy file with a header of the test's own making. */
function npy(header: string, data: Uint8Array, version = 1): Uint8Array {
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  if (version === 1) length.writeUInt16LE(header.length);
  else length.writeUInt32LE(header.length);
  return Buffer.concat([
    Buffer.from([0x93]),
    Buffer.from("NUMPY"),
    Buffer.of(version, 0),
    length,
    Buffer.from(header),
    data,
  ]);
}
const header = (descr: string, shape: string, fortran = "False") =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`;

test("reads what the writer wrote", () => {
  const shape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });
  const kind = fc.constantFrom("I8", "I32", "F32", "F64", "U16");
  fc.assert(
    fc.property(shape, kind, (shape, type) => {
      const values = Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i + 1);
      const arrays = {
        I8: Int8Array,
        I32: Int32Array,
        F32: Float32Array,
        F64: Float64Array,
        U16: Uint16Array,
      };
      const tensor: Tensor = { type, shape, data: arrays[type].from(values) };
      expect(readNpy("f", Buffer.concat(writeNpy(tensor)))).toEqual(tensor);
    }),
  );
});

test("writes the bytes that numpy.save writes", () => {
  const [head, data] = writeNpy({
    type: "I8",
    shape: [2, 3],
    data: Int8Array.of(1, 0, -1, 1, 1, 0),
  });
  const text = "{'descr': '|i1', 'fortran_order': False, 'shape': (2, 3), }";
  expect(Buffer.from(head!).toString("latin1")).toBe(
    `\x93NUMPY\x01\x00\x76\x00${text}${" ".repeat(117 - text.length)}\n`,
  );
  expect([...data!]).toEqual([1, 0, 255, 1, 1, 0]);
});

test("reads column-major, big-endian and later versions", () => {
  const columns = Uint8Array.of(1, 4, 2, 5, 3, 6);
  expect(readNpy("f", npy(header("|u1", "(2, 3)", "True"), columns)).data).toEqual(
    Uint8Array.of(1, 2, 3, 4, 5, 6),
  );
  const big = Uint8Array.of(0, 0, 1, 2, 255, 255, 255, 254);
  expect(readNpy("f", npy(header(">i4", "(2,)"), big)).data).toEqual(Int32Array.of(258, -2));
  const fortran = Uint8Array.of(0, 1, 0, 3, 0, 2, 0, 4);
  expect(readNpy("f", npy(header(">i2", "(2, 2)", "True"), fortran, 3)).data).toEqual(
    Int16Array.of(1, 2, 3, 4),
  );
  expect(readNpy("f", npy(header("<f8", "()"), new Uint8Array(8), 2))).toEqual({
    type: "F64",
    shape: [],
    data: new Float64Array(1),
  });
});

describe("wrong files", () => {
  const none = new Uint8Array(0);
  test.each<[string, Uint8Array, string]>([
    ["empty", none, "not a .npy file"],
    ["text", Buffer.from("1 2 3 4 5 6 7 8 9"), "not a .npy file"],
    [
      "version 9",
      npy(header("|i1", "(1,)"), Uint8Array.of(1), 9),
      ".npy version 9; expected 1, 2 or 3",
    ],
    [
      "header beyond the file",
      npy(header("|i1", "(1,)"), none).subarray(0, 20),
      "its header claims",
    ],
    [
      "header of 4 GiB",
      npy("x".repeat(8), none, 2).fill(255, 8, 12),
      "its header claims 4294967295 bytes",
    ],
    ["objects", npy(header("|O", "(1,)"), none), "expected 'descr' to be a plain element type"],
    [
      "a structure",
      npy("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,), }", none),
      "expected 'descr'",
    ],
    [
      "complex numbers",
      npy(header("<c8", "(1,)"), new Uint8Array(8)),
      "element type 'c8'; expected one of b1, u1, i1",
    ],
    [
      "no order",
      npy("{'descr': '<i4', 'shape': (1,), }", none),
      "expected 'fortran_order' to be True or False",
    ],
    [
      "no shape",
      npy("{'descr': '<i4', 'fortran_order': False, }", none),
      "expected 'shape' to be a tuple",
    ],
    ["negative size", npy(header("<i4", "(-1,)"), none), "expected 'shape' to be a tuple"],
    ["gap in the shape", npy(header("<i4", "(1,,2)"), none), "is no tuple of sizes"],
    ["huge size", npy(header("<i4", `(${"9".repeat(40)},)`), none), "is no tuple of sizes"],
    [
      "shape that overflows",
      npy(header("<i4", "(9007199254740991, 8)"), none),
      "takes more than 2^53 bytes, but 0 follow",
    ],
    [
      "too few elements",
      npy(header("<i4", "(3,)"), new Uint8Array(8)),
      "takes 12 bytes, but 8 follow",
    ],
    [
      "too many elements",
      npy(header("<i4", "(1,)"), new Uint8Array(8)),
      "takes 4 bytes, but 8 follow",
    ],
  ])("%s", async (_, bytes, expected) => {
    const error = await userError(() => readNpy("f.npy", bytes));
    expect(error.message).toMatch(/^f\.npy: /);
    expect(error.message).toContain(expected);
  });
});
