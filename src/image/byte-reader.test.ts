import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UserError } from "../diagnostics/diagnostic.js";
import { ByteReader } from "./byte-reader.js";
import { ByteWriter } from "./byte-writer.js";
import { Place } from "./place.js";

const reader = (bytes: Uint8Array) => new ByteReader(bytes, new Place("f.elf", "section s"));

describe("LEB128", () => {
  // The examples of the DWARF standard, figures C.1 and C.2.
  test.each([
    [2, [2]],
    [127, [127]],
    [128, [0x80, 1]],
    [129, [0x81, 1]],
    [12857, [0xb9, 0x64]],
  ])("unsigned %i", (value, bytes) => {
    expect([...new ByteWriter().uleb(value).bytes()]).toEqual(bytes);
  });
  test.each([
    [2, [2]],
    [-2, [0x7e]],
    [127, [0xff, 0]],
    [-127, [0x81, 0x7f]],
    [128, [0x80, 1]],
    [-128, [0x80, 0x7f]],
    [-129, [0xff, 0x7e]],
  ])("signed %i", (value, bytes) => {
    expect([...new ByteWriter().sleb(value).bytes()]).toEqual(bytes);
  });

  test("gives back every safe integer", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeInteger(), (unsigned, signed) => {
        const bytes = new ByteWriter().uleb(unsigned).sleb(signed).bytes();
        const source = reader(bytes);
        expect([source.uleb(), source.sleb()]).toEqual([unsigned, signed]);
        expect(source.atEnd).toBe(true);
      }),
    );
  });

  test("refuses numbers without end and numbers that are too large", () => {
    const endless = new Uint8Array(20).fill(0xff);
    expect(() => reader(endless).uleb()).toThrow(UserError);
    expect(() => reader(endless).sleb()).toThrow(UserError);
    expect(() => reader(Uint8Array.of(0x80)).uleb()).toThrow(
      "f.elf: section s: the section ends at byte 1, within an entry",
    );
  });
});

test("integers and strings come back", () => {
  const bytes = new ByteWriter()
    .uint(0x1234, 2)
    .uint(2 ** 40, 8)
    .string("Maß")
    .u8(7)
    .bytes();
  const source = reader(bytes);
  expect([source.uint(2), source.uint(8), source.string(), source.u8()]).toEqual([
    0x1234,
    2 ** 40,
    "Maß",
    7,
  ]);
});

test("a string without end, or of bytes that are no UTF-8, is refused", () => {
  expect(() => reader(Uint8Array.of(65, 66)).string()).toThrow("has no end");
  expect(() => reader(new Uint8Array(5000).fill(65)).string()).toThrow("within 4096 bytes");
  expect(() => reader(Uint8Array.of(0xff, 0)).string()).toThrow("no UTF-8");
});
