import { describe, expect, it } from "vitest";
import { fingerprint } from "../../test/emulator/fingerprint.js";
import { BASE, image, TINY, type Word } from "../../test/emulator/images.js";
import { type Fields, INSTRUCTIONS, type InstructionId } from "../isa/index.js";
import { Emulator } from "./index.js";

const LAST = TINY.dram;

/** What makes an instruction trap: the registers before it, and the trap's value. */
interface Case {
  readonly trap: string;
  readonly id: InstructionId;
  readonly fields: Fields;
  readonly x?: Readonly<Record<number, bigint>>;
  readonly value: bigint;
}

/** Bytes that a memory instruction touches with vl = 40 and 100 activations. */
const ACCESS: Partial<Record<InstructionId, number>> = {
  ldv: 160,
  "ldv.h": 80,
  "ldv.b": 40,
  sv: 160,
  lw: 4,
  ld: 8,
  sw: 4,
  sd: 8,
  "tmatmul.t4": 1280,
  "tmatmul.t5": 1024,
};

function addressCases(id: InstructionId, unit: string): Case[] {
  const bytes = ACCESS[id]!;
  const alignment = unit === "tmatmul" || bytes > 8 ? 64 : bytes;
  const round = (address: number) => Math.ceil(address / alignment) * alignment;
  // A store to just below the end fits; the next aligned address does not.
  const beyond = round(LAST - bytes + 1);
  const at = (base: bigint, imm: number, trap: string): Case => ({
    trap,
    id,
    fields: { rs1: 5, imm },
    x: { 5: base },
    value: BigInt.asUintN(64, base + BigInt(imm)),
  });
  return [
    at(0n, 1, "address_misaligned"),
    at(0n, alignment / 2, "address_misaligned"),
    at(2n ** 62n + 3n, 0, "address_misaligned"),
    at(BigInt(LAST), -1, "address_misaligned"), // both: alignment is checked first
    at(BigInt(beyond), 0, "address_out_of_range"),
    at(0n, -64, "address_out_of_range"),
    at(2n ** 63n - 64n, 64, "address_out_of_range"), // the sum wraps
    at(-(2n ** 63n), 0, "address_out_of_range"),
    at(2n ** 53n, 64, "address_out_of_range"),
  ];
}

function jumpCases(id: InstructionId): Case[] {
  // The instruction stands at BASE + 16 of a program of 4.
  if (id === "jalr")
    return [0n, BigInt(BASE + 4), BigInt(BASE + 32), -8n, BigInt(BASE) + 2n ** 60n].map((base) => ({
      trap: "instruction_address",
      id,
      fields: { rd: 1, rs1: 5, imm: 0 },
      x: { 5: base },
      value: BigInt.asUintN(64, base),
    }));
  const registers = {
    beq: [5n, 5n],
    bne: [5n, 6n],
    blt: [-1n, 0n],
    bge: [0n, -1n],
    bltu: [0n, -1n],
    bgeu: [-1n, 0n],
  } as Partial<Record<InstructionId, [bigint, bigint]>>;
  const [a, b] = registers[id] ?? [0n, 0n];
  return [-24, 16, 4, 2 ** 31 - 1, -(2 ** 31)].map((imm) => ({
    trap: "instruction_address",
    id,
    fields: id === "jal" ? { rd: 1, imm } : { rs1: 5, rs2: 6, imm },
    x: { 5: a, 6: b },
    value: BigInt(BASE + 16 + imm),
  }));
}

const OTHERS: Case[] = [
  ...[0n, -1n, BigInt(TINY.vlmax + 1), 2n ** 62n].map((length) => ({
    trap: "vector_length",
    id: "setvl" as const,
    fields: { rs1: 5 },
    x: { 5: length },
    value: length,
  })),
  ...[0, TINY.vlmax + 1, 2 ** 32 - 1].map((imm) => ({
    trap: "vector_length",
    id: "setvli" as const,
    fields: { imm },
    value: BigInt(imm),
  })),
  ...(["tmatmul.t4", "tmatmul.t5"] as const).map((id) => ({
    trap: "vector_length",
    id,
    fields: { rs3: 3, rs1: 5, imm: 1 }, // q3 was never written; the address is wrong as well
    value: 0n,
  })),
  { trap: "queue_empty", id: "deq", fields: { rd: 7 }, value: 0n },
  { trap: "software", id: "trap", fields: { imm: 2 ** 32 - 1 }, value: 2n ** 32n - 1n },
];

const CASES: Case[] = INSTRUCTIONS.flatMap(({ id, unit, traps }) => {
  if ((traps as readonly string[]).includes("address_misaligned")) return addressCases(id, unit);
  if ((traps as readonly string[]).includes("instruction_address")) return jumpCases(id);
  return [];
}).concat(OTHERS);

/** Two instructions that set up, the one under test at BASE + 16, and a halt. */
async function prepared(word: Word, x: Case["x"] = {}): Promise<Emulator> {
  const emulator = new Emulator({ configuration: TINY });
  await emulator.load(
    image([["setvli", { imm: 40 }], ["li", { rd: 9, imm48: 9 }], word, ["halt"]]),
  );
  await emulator.run({ maxSteps: 2 });
  await emulator.closeInput();
  const { machine } = emulator;
  for (const [register, value] of Object.entries(x)) machine.setX(Number(register), value);
  machine.q[0]!.length = 100;
  machine.q[0]!.absmax = 1000;
  for (const elements of machine.v) elements.fill(3);
  return emulator;
}

describe("a trap", () => {
  it.each(CASES.map((c) => [`${c.trap} by ${c.id} ${JSON.stringify(c.fields)}`, c] as const))(
    "%s leaves everything as it was",
    async (_, { trap, id, fields, x, value }) => {
      const emulator = await prepared([id, fields], x);
      const before = fingerprint(emulator.snapshot());
      const source = { file: "test.tasm", line: 3, column: 1 };
      const expected = { reason: "trap", trap, value, pc: BASE + 16, source };
      expect(await emulator.run()).toEqual(expected);
      expect(fingerprint(emulator.snapshot())).toEqual(before);
      // It stays stopped until the next load.
      expect(await emulator.run()).toEqual(expected);
    },
  );

  it("covers every trap that a row lists", () => {
    const listed = INSTRUCTIONS.flatMap(({ id, traps }) => traps.map((trap) => `${trap} ${id}`));
    const seen = new Set(CASES.map(({ trap, id }) => `${trap} ${id}`));
    expect(listed.filter((name) => !seen.has(name))).toEqual([
      "unsupported tmatmul.t4",
      "unsupported tmatmul.t5",
    ]);
  });

  it("is not taken by a branch that is not taken", async () => {
    const emulator = await prepared(["beq", { rs1: 5, rs2: 6, imm: 4 }], { 5: 1n });
    expect(await emulator.run()).toEqual({ reason: "halted" });
  });

  it.each([
    [0n, 0n],
    [0xffn, 0xffn],
    [0x1234567800000000n, 0n],
    [0xf1n | (1n << 8n), 0x1f1n], // trap with a field that it does not use
    [0x32n, 0x32n], // argmax x0, x0
    [0x10n | (8n << 8n), 0x810n], // ldv v8
  ])("illegal_instruction by the word %i", async (word, value) => {
    const emulator = await prepared(word);
    expect(await emulator.run()).toMatchObject({
      trap: "illegal_instruction",
      value,
      pc: BASE + 16,
    });
  });

  it.each(["t4", "t5"] as const)("unsupported by tmatmul.%s comes first", async (packing) => {
    const configuration = { ...TINY, packings: ["t4", "t5"].filter((name) => name !== packing) };
    const emulator = new Emulator({ configuration });
    await emulator.load(image([[`tmatmul.${packing}`, { imm: 1 }]]));
    expect(await emulator.run()).toMatchObject({
      trap: "unsupported",
      value: packing === "t4" ? 0x40n : 0x41n,
    });
  });

  it("instruction_address where the program ends without halt", async () => {
    const emulator = new Emulator({ configuration: TINY });
    await emulator.load(image([["setvli", { imm: 1 }]]));
    expect(await emulator.run()).toEqual({
      reason: "trap",
      trap: "instruction_address",
      value: BigInt(BASE + 8),
      pc: BASE + 8,
    });
    expect(await emulator.instructionsRetired()).toBe(1);
  });
});

describe("the last bytes of DRAM", () => {
  it.each(["sv", "ldv", "sw", "ld"] as const)("can be reached by %s", async (id) => {
    const address = id === "sv" || id === "ldv" ? LAST - 192 : LAST - ACCESS[id]!;
    const fields = id.startsWith("s") ? { rs2: 1 } : { rd: 1 };
    const emulator = await prepared([id, { ...fields, rs1: 5, imm: -64 }], {
      5: BigInt(address + 64),
    });
    expect(await emulator.run()).toEqual({ reason: "halted" });
  });
});
