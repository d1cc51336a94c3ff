import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readElf, writeElf } from "../../src/image/index.js";
import { arbitraryImage } from "./arbitrary-image.js";
import { SAMPLE } from "./sample.js";

describe("an image file", () => {
  test("gives back every image that was written", () => {
    fc.assert(
      fc.property(arbitraryImage, (image) => {
        const file = Buffer.concat(writeElf(image));
        expect(readElf("image.elf", file)).toEqual(image);
      }),
      { numRuns: 200 },
    );
  });

  test("is the same for equal images", () => {
    expect(Buffer.concat(writeElf(structuredClone(SAMPLE)))).toEqual(
      Buffer.concat(writeElf(SAMPLE)),
    );
  });

  test("is written without a copy of the sections' data", () => {
    const chunks = writeElf(SAMPLE);
    for (const { data } of SAMPLE.sections) if (data) expect(chunks).toContain(data);
  });

  test("is read without a copy of the sections' data", () => {
    const file = new Uint8Array(Buffer.concat(writeElf(SAMPLE)));
    for (const { data } of readElf("image.elf", file).sections)
      if (data) expect(data.buffer).toBe(file.buffer);
  });
});
