import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ContentHash, hashActivation, hashMemory, hashVector } from "./content-hash.js";

describe("ContentHash", () => {
  it("tells any two contents apart that differ in one word", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1, maxLength: 50 }),
        fc.nat(),
        fc.integer(),
        (words, at, other) => {
          const changed = [...words];
          changed[at % words.length] = other;
          fc.pre(changed[at % words.length] !== words[at % words.length]);
          expect(hashVector(Int32Array.from(changed))).not.toBe(hashVector(Int32Array.from(words)));
        },
      ),
    );
  });

  it("takes bytes as little-endian words, at any offset", () => {
    const bytes = Uint8Array.of(99, 1, 2, 3, 4, 0xff, 0xff, 0xff, 0xff).subarray(1);
    expect(hashMemory(bytes)).toBe(new ContentHash().word(0x04030201).word(-1).value);
  });

  it("fills the last word up with zeros", () => {
    expect(hashMemory(Uint8Array.of(1, 2, 3, 4, 5))).toBe(
      hashMemory(Uint8Array.of(1, 2, 3, 4, 5, 0, 0, 0)),
    );
  });

  it("sees an activation register's length and absmax, but nothing behind its length", () => {
    const values = Int8Array.of(1, -2, 3, 4);
    const hash = hashActivation(values, 3, 10);
    expect(hashActivation(Int8Array.of(1, -2, 3, 5), 3, 10)).toBe(hash);
    expect(hashActivation(values, 4, 10)).not.toBe(hash);
    expect(hashActivation(values, 3, 11)).not.toBe(hash);
  });
});
