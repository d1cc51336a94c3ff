import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BLOCK_BYTES, memoryPlan } from "../../src/board/memory-plan.js";
import type { Image, Section } from "../../src/image/image.js";
import { image } from "../emulator/images.js";

const SIZE = 2 * BLOCK_BYTES;

function withSections(sections: readonly Section[]): Image {
  return { ...image([["halt"]]), sections };
}

/** Sections that do not overlap, with gaps of any size between them. */
const layouts = fc
  .array(
    fc.record({
      gap: fc.oneof(fc.nat(130), fc.nat(9000)),
      size: fc.oneof(fc.nat(130), fc.nat(40_000)),
      zero: fc.boolean(),
      seed: fc.nat(255),
    }),
    { maxLength: 8 },
  )
  .map((parts) => {
    const sections: Section[] = [];
    let address = 0;
    for (const [i, { gap, size, zero, seed }] of parts.entries()) {
      address += gap;
      if (address + size > SIZE) break;
      const data = Uint8Array.from({ length: size }, (_, at) => 1 + ((at * 31 + seed) % 255));
      const common = { name: `s${i}`, address, size, alignment: 1 };
      sections.push(zero ? { ...common, kind: "zero" } : { ...common, kind: "data", data });
      address += size;
    }
    return sections;
  });

describe("memoryPlan", () => {
  it("brings every section into memory, and touches no line without one", () => {
    fc.assert(
      fc.property(layouts, (sections) => {
        const memory = new Uint8Array(SIZE).fill(0xff);
        const touched = new Uint8Array(SIZE / 64);
        const { blocks, zeros } = memoryPlan(withSections(sections));
        const touch = (address: number, length: number) => {
          expect([address % 64, length % 64, length > 0]).toEqual([0, 0, true]);
          for (let line = address / 64; line < (address + length) / 64; line++) {
            expect(touched[line], "a line is written twice").toBe(0);
            touched[line] = 1;
          }
        };
        for (const { address, bytes } of blocks) {
          touch(address, bytes.length);
          expect(Math.floor(address / BLOCK_BYTES)).toBe(
            Math.floor((address + bytes.length - 1) / BLOCK_BYTES),
          );
          memory.set(bytes, address);
        }
        for (const { address, length } of zeros) {
          touch(address, length);
          memory.fill(0, address, address + length);
        }
        const needed = new Uint8Array(SIZE / 64);
        for (const { address, size, data } of sections) {
          const expected = data ?? new Uint8Array(size);
          const found = memory.subarray(address, address + size);
          expect(Buffer.from(found).equals(Buffer.from(expected))).toBe(true);
          if (size === 0) continue;
          const lines = [Math.floor(address / 64), Math.floor((address + size - 1) / 64)] as const;
          needed.fill(1, lines[0], lines[1] + 1);
        }
        expect(Buffer.from(touched).equals(Buffer.from(needed))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("gives equal blocks equal hashes and CRCs, and changed ones others", () => {
    const plan = (byte: number) =>
      memoryPlan(
        withSections([
          {
            name: "d",
            kind: "data",
            address: 100,
            size: 200,
            alignment: 1,
            data: new Uint8Array(200).fill(byte),
          },
        ]),
      ).blocks[0]!;
    expect(plan(1)).toEqual(plan(1));
    expect(plan(1).hash).not.toBe(plan(2).hash);
    expect(plan(1).crc).not.toBe(plan(2).crc);
  });
});
