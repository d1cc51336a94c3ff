import { describe, expect, it } from "vitest";
import { checkSpecification } from "./check.js";
import { loadSpecification, type Specification } from "./load.js";

/** The error of a specification that is the real one with one mistake made in it. */
function errorOf(mistake: (spec: Specification) => void): string {
  const spec = structuredClone(loadSpecification());
  mistake(spec);
  try {
    checkSpecification(spec);
  } catch (error) {
    return (error as Error).message;
  }
  return "no error";
}

const row = (spec: Specification, id: string) => {
  const found = spec.instructions.find((row) => row.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};

describe("checkSpecification", () => {
  it("accepts the specification", () => {
    expect(errorOf(() => {})).toBe("no error");
  });

  it.each<[string, (spec: Specification) => void]>([
    ['"ldv.h" and "ldv" have the same opcode: 16', (s) => (row(s, "ldv.h").opcode = 0x10)],
    ['"sv mem, vs2" and "ldv vd, mem" have the same id: ldv', (s) => (row(s, "sv").id = "ldv")],
    [
      '"sub.vv" and "add.vv" have the same form: add v v v',
      (s) => (row(s, "sub.vv").mnemonic = "add"),
    ],
    ['"exp": no unit "fpu"', (s) => (row(s, "exp").unit = "fpu")],
    ['"exp": no timing "slow"', (s) => (row(s, "exp").timing = "slow")],
    ['"exp": no trap "overflow"', (s) => row(s, "exp").traps.push("overflow")],
    ['"exp": rs2 is no register field of it', (s) => row(s, "exp").nonzero.push("rs2")],
    [
      '"li": imm48 and xd share bit 12',
      (s) => {
        s.machine.word.fields.imm48 = [63, 12];
      },
    ],
    [
      'operand "shamt": no field "immediate"',
      (s) => (s.machine.operands.shamt!.field = "immediate"),
    ],
    [
      'operand "vd": its field cannot number all v registers',
      (s) => (s.machine.registers.v.count = 33),
    ],
    [
      'trap "queue_empty" and trap "vector_length" have the same code: 5',
      (s) => (s.machine.traps.queue_empty!.code = 5),
    ],
    ['csr "dram" is 7, expected 5', (s) => (s.machine.csrs.dram!.number = 7)],
    ['alias "nop": no "addj"', (s) => (s.aliases[0]!.expands = ["addj x0, x0, 0"])],
    [
      'alias "nop": "addi {xd}, x0, 0" uses {xd}, which is no operand of it',
      (s) => (s.aliases[0]!.expands = ["addi {xd}, x0, 0"]),
    ],
    ['alias "nop" and "halt" have the same form: halt', (s) => (s.aliases[0]!.mnemonic = "halt")],
    ['configuration "tiny": no packing "t3"', (s) => s.configurations[0]!.packings.push("t3")],
    [
      'configuration "tiny": lanes is not from beat_bytes to product_granules * beat_bytes',
      (s) => (s.configurations[0]!.core.lanes = 4),
    ],
    [
      'configuration "tiny": product_granules is less than channels',
      (s) => (s.configurations[0]!.core.channels = 4),
    ],
  ])("reports: %s", (message, mistake) => {
    expect(errorOf(mistake)).toBe(message);
  });
});
