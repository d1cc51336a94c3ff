import { describe, expect, it } from "vitest";
import { KernelPair, randomFrom } from "../../../test/emulator/kernel-pair.js";
import { Memory } from "../memory.js";
import { kernelModule } from "./kernel-module.js";
import { LoadedVectors } from "./loaded-vectors.js";
import { WasmUnit } from "./wasm-unit.js";

const CHUNK = 2 ** 20;
const random = randomFrom(5);
const bytes = Uint8Array.from({ length: 4 * CHUNK }, () => random() * 256);

describe("loaded vectors", () => {
  it("are loaded as they are in DRAM, whatever is written to it", () => {
    const pair = new KernelPair("simd");
    pair.both((m) => m.memory.refer(0, bytes));
    const load = (imm: number, vl: number) => {
      pair.both((m) => {
        m.vl = vl;
        m.v[1]!.fill(7);
      });
      pair.execute(["ldv", { rd: 1, rs1: 0, imm }]);
      expect([imm, vl, pair.difference()]).toEqual([imm, vl, undefined]);
    };
    // The last one lies in two chunks.
    const addresses = [0, 64, CHUNK, 3 * CHUNK - 64, CHUNK - 64];
    for (let round = 0; round < 3; round++) {
      for (const address of addresses)
        for (let vl = 1; vl < 70; vl++) for (const imm of [address, address]) load(imm, vl);
      const snapshots = [pair.plain, pair.wasm].map((m) => m.memory.snapshot());
      pair.both((m) => m.memory.storeWord(CHUNK + 4 * round, -1 - round));
      for (const address of addresses) load(address, 50);
      pair.both((m) => m.memory.write(64, Uint8Array.of(round, 1, 2, 3)));
      for (const address of addresses) load(address, 50);
      if (round === 1) {
        pair.plain.memory.restore(snapshots[0]!);
        pair.wasm.memory.restore(snapshots[1]!);
      }
    }
  });

  it("are copied once, and not where DRAM is written to", () => {
    const memory = new Memory(2 ** 35);
    memory.refer(2 ** 34, bytes);
    memory.write(0, bytes.subarray(0, CHUNK));
    const vectors = new LoadedVectors(new WasmUnit(kernelModule("simd")!, 2048), memory);
    expect(vectors.find(0, 16)).toBeUndefined();
    const at = vectors.find(2 ** 34 + 128, 16)!;
    expect(vectors.bytes).toBe(64);
    expect(vectors.find(2 ** 34 + 128, 16)).toBe(at);
    expect(vectors.find(2 ** 34 + 128, 3)).toBe(at);
    expect(vectors.bytes).toBe(64);
    memory.storeWord(2 ** 34, 1);
    expect(vectors.find(2 ** 34 + 128, 16)).toBeUndefined();
  });

  it("take a small share of memory", () => {
    const memory = new Memory(2 ** 35);
    memory.refer(0, bytes);
    const vectors = new LoadedVectors(new WasmUnit(kernelModule("simd")!, 2048), memory);
    for (let at = 0; at < bytes.length; at += 4096) vectors.find(at, 1024);
    expect(vectors.bytes).toBe(2 ** 18);
  });
});
