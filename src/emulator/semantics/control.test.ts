import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { executed, word64 } from "../../../test/emulator/execute.js";
import { TINY } from "../../../test/emulator/images.js";
import type { InstructionId } from "../../isa/index.js";
import type { Machine } from "../machine.js";

describe("control instructions", () => {
  const PC = 0x4000000100;
  const inProgram = (m: Machine) => {
    m.codeEnd = m.codeStart + 0x1000;
    m.pc = PC;
    m.nextPc = PC + 8;
  };
  const u = (a: bigint) => BigInt.asUintN(64, a);
  const branches: [InstructionId, (a: bigint, b: bigint) => boolean][] = [
    ["beq", (a, b) => a === b],
    ["bne", (a, b) => a !== b],
    ["blt", (a, b) => a < b],
    ["bge", (a, b) => a >= b],
    ["bltu", (a, b) => u(a) < u(b)],
    ["bgeu", (a, b) => u(a) >= u(b)],
  ];
  it.each(branches)("%s", (id, taken) => {
    fc.assert(
      fc.property(word64, word64, fc.boolean(), (a, other, same) => {
        const b = same ? a : other;
        const machine = executed([id as "beq", { rs1: 5, rs2: 6, imm: -32 }], (m) => {
          inProgram(m);
          m.x.set([a, b], 5);
        });
        expect(machine.nextPc).toBe(taken(a, b) ? PC - 32 : PC + 8);
      }),
    );
  });
  it("jal", () => {
    const machine = executed(["jal", { rd: 1, imm: 0x200 }], inProgram);
    expect([machine.nextPc, machine.x[1]]).toEqual([PC + 0x200, BigInt(PC + 8)]);
  });
  it("jalr, also through the register that it links", () => {
    const machine = executed(["jalr", { rd: 6, rs1: 6, imm: -8 }], (m) => {
      inProgram(m);
      m.x[6] = BigInt(PC + 64);
    });
    expect([machine.nextPc, machine.x[6]]).toEqual([PC + 56, BigInt(PC + 8)]);
  });
  it("setvl and setvli", () => {
    expect(executed(["setvli", { imm: TINY.vlmax }]).vl).toBe(TINY.vlmax);
    expect(executed(["setvl", { rs1: 5 }], (m) => m.setX(5, 1n)).vl).toBe(1);
  });
  it("csrr", () => {
    const read = (imm: number) =>
      executed(["csrr", { rd: 5, imm }], (m) => {
        m.vl = 33;
        m.retired = 12345;
      }).x[5];
    expect([0, 1, 2, 3, 4, 5].map(read)).toEqual([33n, 2048n, 12345n, 1n, 1n, 0x10000000n]);
  });
  it("deq and enq", () => {
    expect(executed(["deq", { rd: 5 }], (m) => void m.input.push([-3n, 4n])).x[5]).toBe(-3n);
    const machine = executed(["enq", { rs1: 5 }], (m) => m.setX(5, -1n));
    expect(machine.output.takeAll()).toEqual([-1n]);
  });
});
