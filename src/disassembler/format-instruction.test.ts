import { describe, expect, test } from "vitest";
import {
  ALIASES,
  CSRS,
  encode,
  type Fields,
  INSTRUCTIONS,
  type InstructionId,
  instruction,
  type OperandSpec,
  operandRange,
} from "../isa/index.js";
import { formatInstruction, formatWord } from "./index.js";

const format = (id: InstructionId, fields: Fields = {}, options = {}) =>
  formatInstruction({ spec: instruction(id), fields }, options);

describe("formatInstruction", () => {
  test.each<[InstructionId, Fields, string]>([
    ["add.vv", { rd: 1, rs1: 2, rs2: 3 }, "add v1, v2, v3"],
    ["sv", { rs1: 5, imm: 64, rs2: 1 }, "sv 64(x5), v1"],
    ["ldv.b", { rd: 1, rs1: 5, imm: -64, rs3: 12 }, "ldv.b v1, -64(x5), 12"],
    ["tmatmul.t5", { rd: 1, rs3: 2, rs1: 7, imm: 0, rs2: 8 }, "tmatmul.t5 v1, q2, 0(x7), x8"],
    ["argmax", { rd: 5, rs1: 6, rs2: 1, rs3: 7 }, "argmax x5, x6, v1, x7"],
    ["csrr", { rd: 5, imm: 1 }, "csrr x5, vlmax"],
    ["li", { rd: 5, imm48: 65535 }, "li x5, 65535"],
    ["li", { rd: 5, imm48: 0x800000000 }, "li x5, 0x800000000"],
    ["li", { rd: 5, imm48: -0x80000001 }, "li x5, -0x80000001"],
    ["norm", { rd: 1, rs1: 2, imm: Math.round(1e-5 * 2 ** 40) }, "norm v1, v2, eps(1e-5)"],
    ["norm", { rd: 1, rs1: 2, imm: 1234567 }, "norm v1, v2, 0x12d687"],
    ["norm", { rd: 1, rs1: 2 }, "norm v1, v2, 0"],
    ["halt", {}, "halt"],
  ])("%s", (id, fields, expected) => expect(format(id, fields)).toBe(expected));

  test.each<[InstructionId, Fields, string, string]>([
    ["addi", {}, "nop", "addi x0, x0, 0"],
    ["addi", { rd: 1, rs1: 2 }, "mv x1, x2", "addi x1, x2, 0"],
    ["add.vx", { rd: 1, rs1: 2 }, "mv v1, v2", "add v1, v2, x0"],
    ["add", { rd: 1, rs1: 2 }, "add x1, x2, x0", "add x1, x2, x0"],
    ["sub", { rd: 1, rs2: 2 }, "neg x1, x2", "sub x1, x0, x2"],
    ["sub.xv", { rd: 1, rs2: 2 }, "sub v1, x0, v2", "sub v1, x0, v2"],
    ["xori", { rd: 1, rs1: 2, imm: -1 }, "not x1, x2", "xori x1, x2, -1"],
    ["jalr", { rs1: 1 }, "ret", "jalr x0, 0(x1)"],
    ["beq", { rs1: 5, imm: 16 }, "beqz x5, . + 16", "beq x5, x0, . + 16"],
    ["blt", { rs1: 5, rs2: 6, imm: -8 }, "blt x5, x6, . - 8", "blt x5, x6, . - 8"],
    ["norm", { rd: 1, rs1: 2, imm: 1099512 }, "norm v1, v2", "norm v1, v2, eps(1e-6)"],
    ["tmatmul.t4", { rd: 1, rs1: 7 }, "tmatmul.t4 v1, q0, 0(x7)", "tmatmul.t4 v1, q0, 0(x7), x0"],
  ])("%s %j is %s", (id, fields, short, long) => {
    expect(format(id, fields)).toBe(short);
    expect(format(id, fields, { aliases: false })).toBe(long);
  });

  test("writes targets as names where they have one, else as addresses", () => {
    const symbolAt = (address: number) => (address === 0x4000000010 ? "done" : undefined);
    const options = { address: 0x4000000008, symbolAt };
    expect(format("beq", { rs1: 5, imm: 8 }, options)).toBe("beqz x5, done");
    expect(format("jal", { imm: 16 }, options)).toBe("j 0x4000000018");
    expect(format("jal", { rd: 1, imm: 8 }, options)).toBe("call done");
  });

  test("follows every instruction's syntax", () => {
    const texts = { v: "v0", q: "q0", x: "x0", mem: "0(x0)", imm: "0", target: ". + 0", csr: "vl" };
    for (const spec of INSTRUCTIONS) {
      const expected = spec.operands.reduce<string>(
        (syntax, { name, kind }) => syntax.replace(new RegExp(`\\b${name}\\b`), texts[kind]),
        spec.syntax,
      );
      expect(formatInstruction({ spec, fields: {} }, { aliases: false })).toBe(expected);
    }
  });

  test("writes every shorter alias", () => {
    const written = new Set<string>();
    const samples = [0, 1, -1, 1099512];
    for (const spec of INSTRUCTIONS)
      for (const sample of samples)
        for (let mask = 0; mask < 2 ** 4; mask++) {
          const fields: Record<string, number> = {};
          for (const [i, operand] of (spec.operands as readonly OperandSpec[]).entries()) {
            const { min, max } = operandRange(operand);
            if (mask & (1 << i)) fields[operand.field] = Math.min(Math.max(sample, min), max);
            if (operand.base) fields[operand.base] = mask & (1 << i) ? 1 : 0;
          }
          written.add(formatInstruction({ spec, fields }).split(" ")[0]!);
        }
    const shorter = ALIASES.filter(
      ({ operands, expands }) =>
        expands.length === 1 && operands.length < expands[0]!.split(",").length,
    );
    expect(shorter.length).toBeGreaterThan(5);
    for (const { mnemonic } of shorter) expect(written).toContain(mnemonic);
  });

  test("knows every csr by name", () => {
    for (const [name, { number }] of Object.entries(CSRS))
      expect(format("csrr", { rd: 1, imm: number })).toBe(`csrr x1, ${name}`);
  });
});

describe("formatWord", () => {
  test("writes an instruction", () => {
    expect(formatWord(encode({ spec: instruction("halt"), fields: {} }))).toEqual({ text: "halt" });
  });

  test("says why a word is illegal", () => {
    expect(formatWord(0n)).toEqual({
      text: ".dword 0x0000000000000000",
      illegal: "no instruction has opcode 0x0",
    });
    expect(formatWord(0x1f0n).illegal).toBe("halt: bits 0x100 must be zero");
  });
});
