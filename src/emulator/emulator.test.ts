import { describe, expect, it } from "vitest";
import { BASE, bytesOf, elements, image, TINY, type Word } from "../../test/emulator/images.js";
import { pack } from "../ternary/packing.js";
import { Emulator } from "./index.js";

const ONE = 2 ** 20;

async function loaded(words: readonly Word[], data: Record<number, Uint8Array> = {}) {
  const emulator = new Emulator({ configuration: TINY });
  await emulator.load(image(words, data));
  return emulator;
}

describe("a program", () => {
  it("adds two vectors in DRAM", async () => {
    const emulator = await loaded(
      [
        ["setvli", { imm: 3 }],
        ["ldv", { rd: 1, imm: 0 }],
        ["ldv", { rd: 2, imm: 64 }],
        ["add.vv", { rd: 3, rs1: 1, rs2: 2 }],
        ["sv", { rs2: 3, imm: 128 }],
        ["halt"],
      ],
      {
        0: bytesOf(Int32Array.of(1, 2, 0x7fffffff, 9)),
        64: bytesOf(Int32Array.of(10, -20, 1, 9)),
      },
    );
    expect(await emulator.run()).toEqual({ reason: "halted" });
    expect([...elements(await emulator.readMemory(128, 16))]).toEqual([11, -18, 0x7fffffff, 0]);
    expect(await emulator.instructionsRetired()).toBe(6);
    expect(emulator.machine.pc).toBe(BASE + 40);
    expect(await emulator.run()).toEqual({ reason: "halted" });
    expect(await emulator.instructionsRetired()).toBe(6);
  });

  it.each(["t4", "t5"] as const)("multiplies by a %s matrix", async (packing) => {
    const rows = 7;
    const columns = 70;
    const trits = Int8Array.from({ length: rows * columns }, (_, i) => ((i * i + i) % 3) - 1);
    const x = Int32Array.from({ length: columns }, (_, k) => (k - 30) * ONE);
    x[0] = 127 * ONE;
    const emulator = await loaded(
      [
        ["setvli", { imm: columns }],
        ["ldv", { rd: 0, imm: 0 }],
        ["quant", { rd: 2, rs1: 0 }],
        ["setvli", { imm: rows }],
        ["li", { rd: 4, imm48: 0x40000000 }],
        [`tmatmul.${packing}`, { rd: 1, rs3: 2, rs1: 0, imm: 4096, rs2: 4 }],
        ["halt"],
      ],
      { 0: bytesOf(x), 4096: pack(trits, rows, columns, packing) },
    );
    expect(await emulator.run()).toEqual({ reason: "halted" });
    const expected = Array.from({ length: rows }, (_, r) => {
      let sum = 0;
      for (let k = 0; k < columns; k++) sum += trits[r * columns + k]! * x[k]!;
      return 2 * sum;
    });
    expect([...emulator.machine.v[1]!.subarray(0, rows + 1)]).toEqual([...expected, 0]);
  });

  it("loops, and talks to the host through its queues", async () => {
    const emulator = await loaded([
      ["deq", { rd: 5 }],
      ["addi", { rd: 5, rs1: 5, imm: 1 }],
      ["enq", { rs1: 5 }],
      ["jal", { imm: -24 }],
    ]);
    expect(await emulator.run()).toEqual({ reason: "input" });
    expect(await emulator.pushInput(Array.from({ length: 20 }, (_, i) => BigInt(i)))).toBe(16);
    expect(await emulator.run()).toEqual({ reason: "input" });
    expect(await emulator.pushInput([-2n])).toBe(1);
    expect(await emulator.run()).toEqual({ reason: "output" });
    expect(await emulator.takeOutput()).toEqual(
      Array.from({ length: 16 }, (_, i) => BigInt(i + 1)),
    );
    expect(await emulator.run({ maxSteps: 1 })).toEqual({ reason: "steps" });
    expect(await emulator.takeOutput()).toEqual([-1n]);
    await emulator.closeInput();
    expect(await emulator.run()).toEqual({
      reason: "trap",
      trap: "queue_empty",
      value: 0n,
      pc: BASE,
      source: { file: "test.tasm", line: 1, column: 1 },
    });
  });
});
