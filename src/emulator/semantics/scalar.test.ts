import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { big, executed, word64 } from "../../../test/emulator/execute.js";
import * as specification from "../../../test/numerics/specification.js";
import { INSTRUCTIONS, type InstructionId } from "../../isa/index.js";
import type { Machine } from "../machine.js";

describe("scalar instructions", () => {
  const u = (a: bigint) => BigInt.asUintN(64, a);
  const rows: [InstructionId, (a: bigint, b: bigint) => bigint][] = [
    ["add", (a, b) => a + b],
    ["sub", (a, b) => a - b],
    ["mul", (a, b) => a * b],
    ["and", (a, b) => a & b],
    ["or", (a, b) => a | b],
    ["xor", (a, b) => a ^ b],
    ["sll", (a, b) => a * 2n ** (u(b) % 64n)],
    ["srl", (a, b) => u(a) / 2n ** (u(b) % 64n)],
    ["sra", (a, b) => specification.floor({ numerator: a, denominator: 2n ** (u(b) % 64n) })],
    ["slt", (a, b) => (a < b ? 1n : 0n)],
    ["sltu", (a, b) => (u(a) < u(b) ? 1n : 0n)],
  ];
  it.each(rows)("%s and its form with a constant", (id, f) => {
    fc.assert(
      fc.property(word64, word64, (a, b) => {
        const prepare = (m: Machine) => m.x.set([a, b], 5);
        const expected = BigInt.asIntN(64, f(a, b));
        expect(executed([id as "add", { rd: 7, rs1: 5, rs2: 6 }], prepare).x[7]).toBe(expected);
        expect(executed([id as "add", { rd: 5, rs1: 5, rs2: 6 }], prepare).x[5]).toBe(expected);
        expect(executed([id as "add", { rd: 0, rs1: 5, rs2: 6 }], prepare).x[0]).toBe(0n);
      }),
      { numRuns: 200 },
    );
    const constant = INSTRUCTIONS.find((row) => row.id === `${id}i`)?.id;
    if (!constant) return;
    const imm =
      constant.match(/^s[lr]/) && !constant.startsWith("slt")
        ? fc.integer({ min: 0, max: 63 })
        : fc.oneof(
            fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
            fc.integer({ min: -9, max: 9 }),
          );
    fc.assert(
      fc.property(word64, imm, (a, b) => {
        const machine = executed([constant as "addi", { rd: 7, rs1: 5, imm: b }], (m) => {
          m.x[5] = a;
        });
        expect(machine.x[7]).toBe(BigInt.asIntN(64, f(a, big(b))));
      }),
      { numRuns: 200 },
    );
  });
  it.each([0, -1, 2 ** 47 - 1, -(2 ** 47)])("li %i", (imm48) => {
    expect(executed(["li", { rd: 31, imm48 }]).x[31]).toBe(BigInt(imm48));
    expect(executed(["li", { rd: 0, imm48 }]).x[0]).toBe(0n);
  });
});
