import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyInstruction, anyWord, reservedBits } from "../../test/isa/arbitrary.js";
import {
  decode,
  encode,
  INSTRUCTIONS,
  type Instruction,
  instruction,
  operandRange,
} from "./index.js";

const rows = INSTRUCTIONS as readonly Instruction["spec"][];

describe("codec", () => {
  it("decodes what it encoded", () => {
    fc.assert(
      fc.property(anyInstruction(), (instruction) => {
        expect(decode(encode(instruction))).toEqual(instruction);
      }),
      { numRuns: 2000 },
    );
  });

  it("re-encodes every word that it accepts to the same word", () => {
    let legal = 0;
    fc.assert(
      fc.property(anyWord(), (word) => {
        const decoded = decode(word);
        if ("illegal" in decoded) return;
        legal++;
        expect(encode(decoded)).toBe(word);
      }),
      { numRuns: 5000 },
    );
    expect(legal).toBeGreaterThan(0);
  });

  it("rejects a set reserved bit, and says which", () => {
    fc.assert(
      fc.property(anyInstruction(), (instruction) => {
        for (const bit of reservedBits(instruction.spec)) {
          const decoded = decode(encode(instruction) | (1n << BigInt(bit)));
          expect(decoded).toEqual({
            illegal: `${instruction.spec.id}: bits 0x${(1n << BigInt(bit)).toString(16)} must be zero`,
          });
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each(rows.map((row) => [row.id, row] as const))(
    "reserves the stream field in %s",
    (_, row) => {
      // Streams (docs/decisions/0008-streams.md) may use these bits only if no image sets them; the
      // 48-bit constant of li is the one that covers them.
      const covered = row.operands.some(({ field }) => field === "imm48");
      const stream = [28, 29, 30, 31].filter((bit) => reservedBits(row).includes(bit));
      expect(stream).toHaveLength(covered ? 0 : 4);
    },
  );

  it("rejects all-zero and all-one memory", () => {
    expect(decode(0n)).toEqual({ illegal: "no instruction has opcode 0x0" });
    expect(decode((1n << 64n) - 1n)).toHaveProperty("illegal");
  });

  it("rejects registers that do not exist", () => {
    const word = encode({ spec: instruction("quant"), fields: { rd: 3, rs1: 7 } });
    expect(decode(word)).not.toHaveProperty("illegal");
    expect(decode(word + (1n << 8n))).toEqual({ illegal: "quant: rd is 4, expected 0 to 3" });
    expect(decode(word + (1n << 13n))).toEqual({ illegal: "quant: rs1 is 8, expected 0 to 7" });
  });

  it("rejects an argmax whose registers are x0 or the same", () => {
    const word = (rd: bigint, rs1: bigint) => 0x32n | (rd << 8n) | (rs1 << 13n);
    expect(decode(word(1n, 2n))).not.toHaveProperty("illegal");
    expect(decode(word(0n, 2n))).toEqual({ illegal: "argmax: rd must not be register 0" });
    expect(decode(word(1n, 0n))).toEqual({ illegal: "argmax: rs1 must not be register 0" });
    expect(decode(word(2n, 2n))).toEqual({ illegal: "argmax: rd and rs1 must differ" });
  });

  it("refuses to encode a value out of range", () => {
    for (const row of rows) {
      for (const operand of row.operands) {
        const { min, max } = operandRange(operand);
        for (const value of [min - 1, max + 1, min + 0.5])
          expect(() => encode({ spec: row, fields: { [operand.field]: value } })).toThrow(
            RangeError,
          );
      }
    }
  });

  it("encodes the examples of the manual's word format", () => {
    // ldv v3, -64(x5) and li x2, -1, by hand.
    expect(encode({ spec: instruction("ldv"), fields: { rd: 3, rs1: 5, imm: -64 } })).toBe(
      0xffff_ffc0_0000_a310n,
    );
    expect(encode({ spec: instruction("li"), fields: { rd: 2, imm48: -1 } })).toBe(
      0xffff_ffff_ffff_0250n,
    );
  });
});

describe("instruction rows", () => {
  it("have distinct opcodes and ids", () => {
    expect(new Set(rows.map(({ opcode }) => opcode)).size).toBe(rows.length);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  it("are found by id", () => {
    for (const row of rows) expect(instruction(row.id)).toBe(row);
    expect(() => instruction("addd" as "add")).toThrow(new RangeError('no instruction "addd"'));
  });
});
