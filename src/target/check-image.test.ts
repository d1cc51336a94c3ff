import { describe, expect, it } from "vitest";
import { BASE, image, TINY } from "../../test/emulator/images.js";
import { UserError } from "../diagnostics/diagnostic.js";
import { Emulator } from "../emulator/index.js";
import type { Image } from "../image/image.js";
import { CONFIGURATIONS } from "../isa/index.js";

const REQUIRES = { vlmax: 1, dram: 0, instructions: 1, packings: [] };

async function refusal(changes: Partial<Image>, configuration = TINY): Promise<UserError> {
  const emulator = new Emulator({ configuration });
  try {
    await emulator.load(image([["halt"]], {}, changes));
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("the image was loaded");
}

describe("load", () => {
  it.each([
    [
      { vlmax: 2049 },
      'the image needs vlmax 2049, but "tiny" has 2048',
      'use configuration "d5005"',
    ],
    [
      { dram: 2 ** 28 + 1 },
      'the image needs dram 268435457, but "tiny" has 268435456',
      'use configuration "paper" or "d5005"',
    ],
    [
      { instructions: 4096 },
      'the image needs instructions 4096, but "tiny" has 1024',
      'use configuration "paper" or "d5005"',
    ],
    [
      { vlmax: 2 ** 20 },
      'the image needs vlmax 1048576, but "tiny" has 2048',
      "no configuration is large enough; make the program smaller",
    ],
  ])("refuses %j by the limit's name", async (requires, message, help) => {
    const error = await refusal({ requires: { ...REQUIRES, ...requires } });
    expect(error.message).toBe(message);
    expect(error.help).toBe(help);
  });

  it("refuses a packing that the configuration lacks", async () => {
    const error = await refusal(
      { requires: { ...REQUIRES, packings: ["t4", "t5"] } },
      { ...TINY, packings: ["t4"] },
    );
    expect(error.message).toBe('the image needs packing t5, but "tiny" does not have it');
  });

  it.each([
    [{ major: 1, minor: 0 }, /made for ISA version 1.0/, /newer version/],
    [{ major: 0, minor: 2 }, /made for ISA version 0.2/, /newer version/],
  ])("refuses ISA version %j", async (isa, message, help) => {
    const error = await refusal({ isa });
    expect(error.message).toMatch(message);
    expect(error.help).toMatch(help);
  });

  it("refuses an image that breaks the format's rules, or has nothing to run", async () => {
    expect((await refusal({ entry: BASE + 4 })).message).toMatch(/entry of the image/);
    expect((await refusal({ sections: [], lines: [] })).message).toMatch(/holds no instructions/);
  });

  it("resets the machine", async () => {
    const emulator = new Emulator();
    expect(emulator.configuration).toBe(CONFIGURATIONS.find(({ name }) => name === "d5005"));
    await emulator.load(
      image([["setvli", { imm: 9 }], ["enq", {}], ["li", { rd: 5, imm48: 5 }], ["halt"]]),
    );
    await emulator.run();
    await emulator.writeMemory(2 ** 34, Uint8Array.of(1));
    await emulator.load(image([["halt"]]));
    const { machine } = emulator;
    expect([machine.vl, machine.x[5], machine.retired, machine.pc]).toEqual([1, 0n, 0, BASE]);
    expect(await emulator.takeOutput()).toEqual([]);
    expect([...(await emulator.readMemory(2 ** 34, 1))]).toEqual([0]);
    expect(await emulator.run()).toEqual({ reason: "halted" });
  });

  it("starts at the entry", async () => {
    const emulator = new Emulator({ configuration: TINY });
    await emulator.load(image([["trap", {}], ["halt"]], {}, { entry: BASE + 8 }));
    expect(await emulator.run()).toEqual({ reason: "halted" });
  });
});

describe("the host's access to DRAM", () => {
  it("ends where DRAM ends", async () => {
    const emulator = new Emulator({ configuration: TINY });
    await emulator.writeMemory(TINY.dram - 1, Uint8Array.of(5));
    expect([...(await emulator.readMemory(TINY.dram - 1, 1))]).toEqual([5]);
    for (const [address, length] of [
      [TINY.dram, 1],
      [-1, 1],
      [0.5, 1],
      [0, TINY.dram + 1],
      [0, -1],
    ] as const)
      await expect(emulator.readMemory(address, length)).rejects.toThrow(RangeError);
    await expect(emulator.writeMemory(TINY.dram - 1, new Uint8Array(2))).rejects.toThrow(
      RangeError,
    );
  });
});
