import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rawBinary, readmemh } from "../../src/image/index.js";
import { SAMPLE } from "./sample.js";

const text = (...args: Parameters<typeof readmemh>) => [...readmemh(...args)].join("");
const bytes = (...args: Parameters<typeof rawBinary>) => Buffer.concat([...rawBinary(...args)]);

/** What `$readmemh` would store, word by word; addresses that the file skips stay zero. */
function load(source: string, wordBits: number, size: number): Buffer {
  const memory = Buffer.alloc(size + wordBits / 8);
  let word = 0;
  for (const line of source.split("\n")) {
    if (line.startsWith("@")) word = Number.parseInt(line.slice(1), 16);
    else if (line) {
      expect(line).toHaveLength(wordBits / 4);
      Buffer.from(line, "hex")
        .reverse()
        .copy(memory, (word * wordBits) / 8);
      word++;
    }
  }
  return memory.subarray(0, size);
}

describe("readmemh", () => {
  test("writes a code section an instruction a line", () => {
    expect(text(SAMPLE, { section: ".text" })).toBe(
      "0000000000000061\n0000004000000091\n0000004000000110\n00000000000000f0\n",
    );
  });

  test("fills the last word with zeros", () => {
    expect(text(SAMPLE, { section: ".ternac.model" }, 32)).toBe("00007d7b\n");
  });

  test("names the word where contents begin after a gap", () => {
    const image = { ...SAMPLE, sections: SAMPLE.sections.filter(({ name }) => name !== ".data") };
    expect(text(image, { address: 0x100, size: 0x50 }, 128)).toBe(`@4\n${"01".repeat(16)}\n`);
  });

  test("is loaded as the memory that rawBinary writes", () => {
    const address = fc.nat(0x30).map((n) => n * 16);
    fc.assert(
      fc.property(
        address,
        fc.nat(0x400),
        fc.constantFrom(8, 32, 64, 128),
        (address, size, bits) => {
          const range = { address, size };
          expect(load(text(SAMPLE, range, bits), bits, size)).toEqual(bytes(SAMPLE, range));
        },
      ),
    );
  });

  test("yields pieces of bounded size", () => {
    const data = new Uint8Array(1 << 20);
    const section = { ...SAMPLE.sections[1]!, data, size: data.length };
    const pieces = [...readmemh({ ...SAMPLE, sections: [section] }, { section: ".data" })];
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(70_000);
    expect(pieces.join("")).toHaveLength((data.length / 8) * 17);
  });

  test("refuses what it cannot write", () => {
    expect(() => text(SAMPLE, { section: ".dta" })).toThrow('the image has no section ".dta"');
    expect(() => text(SAMPLE, { section: ".text" }, 12)).toThrow("expected a multiple of 8");
    const image = { ...SAMPLE, sections: SAMPLE.sections.slice(2, 3) };
    expect(() => text(image, { address: 0x13c, size: 64 })).toThrow(
      "contents begin 4 bytes into the range, inside a word of 64 bits",
    );
  });
});

describe("rawBinary", () => {
  test("writes a section's bytes", () => {
    expect(bytes(SAMPLE, { section: ".data" })).toEqual(Buffer.from(SAMPLE.sections[1]!.data!));
  });

  test("writes zeros for what no section initialises", () => {
    expect(bytes(SAMPLE, { section: ".bss" })).toEqual(Buffer.alloc(0x200));
    const range = bytes(SAMPLE, { address: 0x13e, size: 0x200 });
    expect(range).toHaveLength(0x200);
    expect([...range.subarray(0, 4)]).toEqual([0x3e, 0x3f, 1, 1]);
    expect(range.subarray(0x82).every((byte) => byte === 0)).toBe(true);
  });

  test("shares the image's data", () => {
    expect([...rawBinary(SAMPLE, { section: ".data" })][0]!.buffer).toBe(
      SAMPLE.sections[1]!.data!.buffer,
    );
  });
});
