import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UserError } from "../../src/diagnostics/diagnostic.js";
import { type Image, imageProblem, readElf, writeElf } from "../../src/image/index.js";
import { arbitraryImage } from "./arbitrary-image.js";
import { SAMPLE } from "./sample.js";

/** A valid image, or a UserError; anything else is thrown on. */
function readOrRefuse(bytes: Uint8Array): Image | UserError {
  try {
    const image = readElf("bad.elf", bytes);
    expect(imageProblem(image)).toBeUndefined();
    return image;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.message).toMatch(/^bad\.elf: /);
    expect(error.help).toBeTruthy();
    return error;
  }
}

/** Make the checksums right again, so that damage reaches the checks behind them. */
function repairChecksums(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const headers = Number(view.getBigUint64(40, true));
  const count = view.getUint16(60, true);
  const header = (i: number) => headers + 64 * i;
  const range = (i: number) => {
    const start = Number(view.getBigUint64(header(i) + 24, true));
    return [start, start + Number(view.getBigUint64(header(i) + 32, true))] as const;
  };
  const checksums = count - 2;
  const [start, end] = range(checksums);
  for (let at = start; at + 8 <= end; at += 8) {
    const section = view.getUint32(at, true);
    if (section < count) view.setUint32(at + 4, crc32(bytes.subarray(...range(section))), true);
  }
}

const flips = fc.array(
  fc.record({ at: fc.nat(1e6), value: fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0xff, 0x40) }),
  { minLength: 1, maxLength: 4 },
);

describe("a damaged image file", () => {
  test("with changed bytes is refused or read as a valid image", () => {
    fc.assert(
      fc.property(arbitraryImage, flips, (image, changes) => {
        const file = Buffer.concat(writeElf(image));
        for (const { at, value } of changes) file[at % file.length] = value;
        readOrRefuse(file);
      }),
      { numRuns: 300 },
    );
  });

  test("with changed contents and right checksums is refused or read as a valid image", () => {
    let read = 0;
    fc.assert(
      fc.property(arbitraryImage, flips, (image, changes) => {
        const file = Buffer.concat(writeElf(image));
        const headers = Number(file.readBigUInt64LE(40));
        for (const { at, value } of changes) file[64 + (at % (headers - 64))] = value;
        repairChecksums(file);
        if (!(readOrRefuse(file) instanceof UserError)) read++;
      }),
      { numRuns: 1000 },
    );
    expect(read).toBeGreaterThan(50);
  });

  test("cut off anywhere is refused", () => {
    const file = Buffer.concat(writeElf(SAMPLE));
    for (let length = 0; length < file.length; length++)
      expect(readOrRefuse(file.subarray(0, length))).toBeInstanceOf(UserError);
  });

  test("with one changed bit in a section's contents is refused by the section's name", () => {
    const file = Buffer.concat(writeElf(SAMPLE));
    const image = readElf("image.elf", file);
    for (const { name, data } of image.sections) {
      if (!data) continue;
      const damaged = Buffer.from(file);
      damaged[data.byteOffset - file.byteOffset]! ^= 0x10;
      expect(() => readElf("image.elf", damaged)).toThrow(
        `image.elf: section ${name}: its contents are damaged`,
      );
    }
  });

  test("of random bytes behind a right header is refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 2000 }), (bytes) => {
        bytes.set(Buffer.concat(writeElf(SAMPLE)).subarray(0, 24));
        expect(readOrRefuse(bytes)).toBeInstanceOf(UserError);
      }),
      { numRuns: 300 },
    );
  });
});
