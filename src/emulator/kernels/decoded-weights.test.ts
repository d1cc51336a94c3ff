import { describe, expect, it } from "vitest";
import { packedSize } from "../../ternary/packing.js";
import { Memory } from "../memory.js";
import { DecodedWeights } from "./decoded-weights.js";
import { kernelModule } from "./kernel-module.js";
import { WasmUnit } from "./wasm-unit.js";

const CHUNK = 2 ** 20;

function setUp(dram = 2 ** 35) {
  const unit = new WasmUnit(kernelModule("simd")!, 8192);
  const memory = new Memory(dram);
  return { unit, memory, weights: new DecodedWeights(unit, memory) };
}

/** Fill 40 MiB of DRAM with something. */
function fill(memory: Memory, address: number): void {
  for (let i = 0; i < 40; i++) memory.write(address + i * CHUNK, new Uint8Array(CHUNK).fill(7 * i));
}

describe("decoded weights", () => {
  it.each(["t4", "t5"] as const)(
    "take at most 1.3 times the bytes in DRAM, however they are used, %s",
    (packing) => {
      const { memory, weights } = setUp();
      fill(memory, 0);
      const size = packedSize(1024, 1024, packing);
      let most = 0;
      for (let at = 0; at + size <= 40 * CHUNK; at += size) {
        expect(weights.find(packing, at, 1024, 1024)).toBeDefined();
        most = Math.max(most, weights.bytes);
      }
      expect(most).toBeGreaterThan(0.9 * memory.allocated);
      // The same bytes as other matrices: no more room than that.
      for (let rows = 8; rows <= 1024; rows += 8) {
        expect(weights.find(packing, 0, rows, 8000)).toBeDefined();
        most = Math.max(most, weights.bytes);
      }
      expect(most).toBeLessThanOrEqual(1.3 * memory.allocated);
    },
  );

  it("stay where they are as long as DRAM does not change", () => {
    const { memory, weights } = setUp();
    fill(memory, 0);
    const first = weights.find("t4", 64, 100, 300);
    const second = weights.find("t5", 64, 100, 300);
    expect(second).not.toBe(first);
    expect(weights.find("t4", 64, 100, 300)).toBe(first);
    const { bytes } = weights;
    memory.storeWord(64, 0x12345678);
    expect(weights.find("t4", 64, 100, 300)).toBe(first);
    expect(weights.bytes).toBe(bytes);
  });

  it("come from addresses beyond 32 bits", () => {
    const { unit, memory, weights } = setUp();
    const address = 2 ** 34 + CHUNK - 64;
    fill(memory, address);
    memory.write(address, Uint8Array.of(0b01_11_00_01));
    const at = weights.find("t4", address, 4, 16)!;
    expect(new Uint8Array(unit.memory.buffer)[at]).toBe(0b10_00_01_10);
  });

  it("have no room where nothing was written and the matrix is large", () => {
    const { weights } = setUp();
    expect(weights.find("t4", 0, 8192, 8192)).toBeUndefined();
  });

  it("decode anew what a page shares with other data only when it changed itself", () => {
    const { unit, memory, weights } = setUp();
    fill(memory, 0);
    const at = weights.find("t4", 0, 4, 64)!;
    const decoded = new Uint8Array(unit.memory.buffer, at, 16);
    decoded.fill(0xee);
    memory.storeWord(64, 1);
    weights.find("t4", 0, 4, 64);
    expect(decoded[0]).toBe(0xee);
    memory.storeWord(60, 1);
    weights.find("t4", 0, 4, 64);
    expect(decoded[0]).not.toBe(0xee);
  });
});
