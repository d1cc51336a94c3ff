import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Memory } from "./memory.js";

const CHUNK = 2 ** 20;
const SIZE = 2 ** 35;

/** Addresses around the places where something could go wrong: chunk boundaries, 2^31, 2^32. */
const address = fc
  .tuple(
    fc.constantFrom(CHUNK, 3 * CHUNK, 2 ** 31, 2 ** 32, SIZE - CHUNK),
    fc.integer({ min: -200, max: 200 }),
  )
  .map(([base, offset]) => base + offset);

describe("memory", () => {
  it("reads what was written, whatever the order and overlap", () => {
    const write = fc.tuple(address, fc.uint8Array({ maxLength: 300 }));
    fc.assert(
      fc.property(fc.array(write, { maxLength: 12 }), address, (writes, from) => {
        const memory = new Memory(SIZE);
        const model = new Map<number, number>();
        for (const [at, bytes] of writes) {
          memory.write(at, bytes);
          for (const [i, byte] of bytes.entries()) model.set(at + i, byte);
        }
        const expected = Uint8Array.from({ length: 500 }, (_, i) => model.get(from + i) ?? 0);
        expect(memory.read(from, 500)).toEqual(expected);
      }),
    );
  });
  it("holds what was written and no more", () => {
    const memory = new Memory(SIZE);
    memory.write(SIZE - 1, Uint8Array.of(7));
    memory.read(0, 10 * CHUNK);
    expect(memory.allocated).toBe(CHUNK);
  });
  it("loads and stores elements across chunks", () => {
    const memory = new Memory(SIZE);
    const at = 2 ** 32 - 64;
    const values = Int32Array.from({ length: 40 }, (_, i) => i * -1000003);
    memory.store(values, at, 33);
    const out = new Int32Array(40).fill(5);
    memory.load(out, at, 40, "int32");
    expect([...out.subarray(0, 33)]).toEqual([...values.subarray(0, 33)]);
    expect([...out.subarray(33)]).toEqual(new Array(7).fill(0));
    expect(memory.loadWord(at + 4)).toBe(-1000003);
    expect(memory.loadDouble(at)).toBe(BigInt.asIntN(64, (-1000003n << 32n) + 0n));
    const bytes = memory.read(at, 132);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < 33; i++) expect(view.getInt32(4 * i, true)).toBe(values[i]);
  });
  it("loads zeros where nothing was written, over what was there before", () => {
    const out = new Int32Array(4).fill(9);
    new Memory(SIZE).load(out, CHUNK - 8, 3, "int8");
    expect([...out]).toEqual([0, 0, 0, 9]);
  });
  it("goes back to a snapshot, as often as asked", () => {
    const memory = new Memory(SIZE);
    memory.write(10, Uint8Array.of(1, 2, 3));
    const snapshot = memory.snapshot();
    memory.write(11, Uint8Array.of(9));
    memory.write(5 * CHUNK, Uint8Array.of(8));
    const later = memory.snapshot();
    memory.write(10, Uint8Array.of(7));
    for (let times = 0; times < 2; times++) {
      memory.restore(snapshot);
      expect([...memory.read(10, 3)]).toEqual([1, 2, 3]);
      expect(memory.read(5 * CHUNK, 1)[0]).toBe(0);
      memory.write(12, Uint8Array.of(4));
    }
    memory.restore(later);
    expect([...memory.read(10, 3)]).toEqual([1, 9, 3]);
    expect(memory.read(5 * CHUNK, 1)[0]).toBe(8);
  });
  it("refers to whole chunks of an image, and copies them before they change", () => {
    const memory = new Memory(SIZE);
    const file = new Uint8Array(2 * CHUNK + 8).fill(7);
    const data = file.subarray(8);
    const original = data.slice();
    memory.refer(CHUNK, data);
    expect(Buffer.compare(memory.read(CHUNK, data.length), original)).toBe(0);
    data[5] = 1; // an image never does; here it shows that the bytes are the same
    expect(memory.read(CHUNK + 5, 1)[0]).toBe(1);
    data[5] = original[5]!;
    memory.storeWord(2 * CHUNK, 0x01020304);
    expect(memory.loadWord(2 * CHUNK)).toBe(0x01020304);
    expect(Buffer.compare(data, original)).toBe(0);
  });
  it("tells of writes to the pages that are watched", () => {
    const memory = new Memory(SIZE);
    const writes: number[] = [];
    memory.onWatchedWrite = (at, length) => writes.push(at, length);
    memory.storeWord(CHUNK, 1);
    memory.watch(CHUNK, 64);
    memory.storeWord(CHUNK + 4096, 1);
    memory.storeDouble(CHUNK + 4088, 1n);
    memory.write(CHUNK - 10, new Uint8Array(20));
    memory.store(new Int32Array(2048), CHUNK - 4096, 2048);
    expect(writes).toEqual([CHUNK + 4088, 8, CHUNK - 10, 20, CHUNK - 4096, 8192]);
  });
});
