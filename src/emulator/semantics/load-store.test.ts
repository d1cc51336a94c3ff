import { describe, expect, it } from "vitest";
import { big, executed } from "../../../test/emulator/execute.js";
import * as specification from "../../../test/numerics/specification.js";
import type { Machine } from "../machine.js";

const sat = (a: bigint) => Number(specification.sat32(a));

describe("loads and stores", () => {
  const AT = 2 ** 20 - 64; // 16 elements before a chunk of the emulator ends
  const BYTES = Uint8Array.from({ length: 256 }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 24);
  const view = new DataView(BYTES.buffer);
  const prepare = (m: Machine) => {
    m.memory.write(AT, BYTES);
    m.x[5] = BigInt(AT - 128);
    m.vl = 40;
  };
  const narrow = (id: "ldv.b" | "ldv.h", at: (i: number) => number) => {
    it.each([0, 5, 12, 24, 31])(`${id} shifted by %i`, (rs3) => {
      const machine = executed([id, { rd: 1, rs1: 5, imm: 128, rs3 }], prepare);
      const expected = Array.from({ length: 40 }, (_, i) => sat(big(at(i)) << big(rs3)));
      expect([...machine.v[1]!.subarray(0, 41)]).toEqual([...expected, 0]);
    });
  };
  narrow("ldv.b", (i) => view.getInt8(i));
  narrow("ldv.h", (i) => view.getInt16(2 * i, true));

  it("ldv", () => {
    const machine = executed(["ldv", { rd: 1, rs1: 5, imm: 128 }], prepare);
    const expected = Array.from({ length: 40 }, (_, i) => view.getInt32(4 * i, true));
    expect([...machine.v[1]!.subarray(0, 41)]).toEqual([...expected, 0]);
  });
  it("sv", () => {
    const values = Array.from({ length: 41 }, (_, i) => i * -7654321);
    const machine = executed(["sv", { rs2: 2, rs1: 5, imm: 128 }], (m) => {
      prepare(m);
      m.v[2]!.set(values);
    });
    const expected = BYTES.slice();
    for (let i = 0; i < 40; i++) new DataView(expected.buffer).setInt32(4 * i, values[i]!, true);
    expect(machine.memory.read(AT, 256)).toEqual(expected);
  });
  it.each([
    ["lw", 132, BigInt(view.getInt32(4, true))],
    ["ld", 136, view.getBigInt64(8, true)],
  ] as const)("%s", (id, imm, expected) => {
    expect(executed([id, { rd: 5, rs1: 5, imm }], prepare).x[5]).toBe(expected);
    expect(executed([id, { rd: 0, rs1: 5, imm }], prepare).x[0]).toBe(0n);
  });
  it.each([
    ["sw", 4],
    ["sd", 8],
  ] as const)("%s", (id, width) => {
    const value = -0x123456789abcdefn;
    const machine = executed([id, { rs2: 6, rs1: 5, imm: 136 }], (m) => {
      prepare(m);
      m.x[6] = value;
    });
    const expected = BYTES.slice();
    for (let i = 0; i < width; i++)
      expected[8 + i] = Number(BigInt.asUintN(8, value >> big(8 * i)));
    expect(machine.memory.read(AT, 256)).toEqual(expected);
  });
});
