/** The driver in front of a card that is modelled in TypeScript. */
import { describe, expect, it } from "vitest";
import { assemble } from "../../src/assembler/index.js";
import { BoardTarget, findAccelerator, MemoryContentsStore } from "../../src/board/index.js";
import { Emulator } from "../../src/emulator/index.js";
import type { Image } from "../../src/image/image.js";
import { runProgram } from "../../src/session/run-program.js";
import type { Target } from "../../src/target/target.js";
import { image, TINY } from "../emulator/images.js";
import { userError } from "../support/errors.js";
import { FakeCard } from "./fake-card.js";

function source(text: string): Image {
  const { image } = assemble("echo.tasm", text, { readFile: () => undefined, configuration: TINY });
  return image!;
}

const open = (card: FakeCard, options = {}) =>
  BoardTarget.open(findAccelerator(card.library, "auto"), { timeoutMs: 200, ...options });

/** Echoes entries, doubled, until it gets a zero. */
const ECHO = source(`
    .text
1:  deq x1
    beqz x1, 2f
    add x2, x1, x1
    enq x2
    j 1b
2:  halt
`);

/** Runs a program on a target and tells everything that can be seen from outside. */
async function outcome(target: Target, program: Image, input: readonly bigint[] = []) {
  await target.load(program);
  const output: bigint[] = [];
  const stop = await runProgram(target, {
    input,
    onOutput: async (entries) => void output.push(...entries),
  });
  return { stop, output, instructions: await target.instructionsRetired() };
}

/** Data of `blocks` blocks of 64 KiB, and a program that does not touch them. */
function dataImage(blocks: number, change = (_: Uint8Array) => {}): Image {
  const bytes = new Uint8Array(blocks * 2 ** 16).map((_, i) => i * 7 + (i >> 8));
  change(bytes);
  return image(
    [["halt"]],
    { 0: bytes },
    { requires: { vlmax: 1, dram: bytes.length, instructions: 1, packings: [] } },
  );
}

describe("BoardTarget", () => {
  it("does what the emulator does", async () => {
    const card = new FakeCard(TINY);
    const target = await open(card);
    const emulator = new Emulator({ configuration: TINY });
    const input = [...Array.from({ length: 2000 }, (_, i) => BigInt(i + 1)), 0n];
    expect(await outcome(target, ECHO, input)).toEqual(await outcome(emulator, ECHO, input));
    expect(await outcome(target, ECHO, [-5n])).toEqual(await outcome(emulator, ECHO, [-5n]));
    expect(await outcome(target, ECHO)).toEqual({
      stop: { reason: "input" },
      output: [],
      instructions: 0,
    });
    await target.close();
    expect([card.openHandles, card.openBuffers.size]).toEqual([0, 0]);
  });

  it("tells traps as the emulator does", async () => {
    const target = await open(new FakeCard(TINY));
    const emulator = new Emulator({ configuration: TINY });
    const program = image([["li", { rd: 5, imm48: -3 }], ["setvl", { rs1: 5 }], ["halt"]]);
    const trap = await outcome(target, program);
    expect(trap.stop).toMatchObject({ reason: "trap", trap: "vector_length", value: -3n });
    expect(trap).toEqual(await outcome(emulator, program));
    expect(target.source).toEqual({ file: "test.tasm", line: 2, column: 1 });
    expect(await target.run()).toEqual(trap.stop); // until the next load
    expect((await outcome(target, ECHO, [0n])).stop).toEqual({ reason: "halted" });
    await target.close();
  });

  it("stops after a number of instructions, and goes on", async () => {
    const target = await open(new FakeCard(TINY));
    await target.load(image([["li", { rd: 5, imm48: 1 }], ["enq", { rs1: 5 }], ["halt"]]));
    expect(await target.run({ maxSteps: 0 })).toEqual({ reason: "steps" });
    expect(await target.run({ maxSteps: 1 })).toEqual({ reason: "steps" });
    expect(await target.instructionsRetired()).toBe(1);
    expect(await target.takeOutput()).toEqual([]);
    expect(await target.run()).toEqual({ reason: "halted" });
    expect(await target.takeOutput()).toEqual([1n]);
    await target.close();
  });

  it("closes the input", async () => {
    const target = await open(new FakeCard(TINY));
    await target.load(ECHO);
    await target.closeInput();
    expect(await target.run()).toMatchObject({ reason: "trap", trap: "queue_empty" });
    await target.close();
  });

  it("reads and writes bytes of any place and number", async () => {
    const card = new FakeCard(TINY);
    const target = await open(card);
    const around = Uint8Array.from({ length: 256 }, (_, i) => i);
    for (const [address, length] of [
      [0, 64],
      [1, 1],
      [63, 2],
      [64, 128],
      [100, 57],
      [TINY.dram - 1, 1],
    ] as const) {
      const base = Math.max(0, Math.min(TINY.dram - 256, address - 64));
      card.memory.write(base, around);
      const bytes = Uint8Array.from({ length }, (_, i) => 255 - i);
      await target.writeMemory(address, bytes);
      const expected = Uint8Array.from(around);
      expected.set(bytes, address - base);
      expect([...card.memory.read(base, 256)]).toEqual([...expected]);
      expect([...(await target.readMemory(address, length))]).toEqual([...bytes]);
    }
    await expect(target.readMemory(TINY.dram, 1)).rejects.toThrow(RangeError);
    await expect(target.writeMemory(-1, around)).rejects.toThrow(RangeError);
    await target.close();
  });
});

describe("loading an image", () => {
  it("moves only what changed", async () => {
    const card = new FakeCard(TINY);
    const store = new MemoryContentsStore();
    const target = await open(card, { store });
    await target.load(dataImage(5));
    expect(target.loadReport).toMatchObject({ blocks: 5, blocksKept: 0, bytesMoved: 5 * 2 ** 16 });
    await target.load(dataImage(5));
    expect(target.loadReport).toMatchObject({ blocks: 5, blocksKept: 5, bytesMoved: 0 });
    const changed = dataImage(5, (bytes) => {
      bytes[3 * 2 ** 16 + 9]! ^= 1;
    });
    await target.load(changed);
    expect(target.loadReport).toMatchObject({ blocksKept: 4, bytesMoved: 2 ** 16 });
    expect([...card.memory.read(3 * 2 ** 16, 64)]).toEqual([
      ...changed.sections[0]!.data!.subarray(3 * 2 ** 16, 3 * 2 ** 16 + 64),
    ]);
    await target.close();
    // Another process, which remembers, after the reset that closing brings.
    const next = await open(card, { store });
    await next.load(changed);
    expect(next.loadReport).toMatchObject({ blocksKept: 5, bytesMoved: 0 });
    await next.close();
    // One that does not.
    const other = await open(card);
    await other.load(changed);
    expect(other.loadReport).toMatchObject({ blocksKept: 0 });
    await other.close();
  });

  it("moves again what a program changed, or what damaged the card's memory", async () => {
    const card = new FakeCard(TINY);
    const target = await open(card);
    await target.load(dataImage(3));
    card.memory.write(2 ** 16 + 5, Uint8Array.of(1));
    await target.load(dataImage(3));
    expect(target.loadReport).toMatchObject({ blocksKept: 2, bytesMoved: 2 ** 16 });
    await target.close();
  });

  it("moves everything when the number in the card's memory is another one", async () => {
    const card = new FakeCard(TINY);
    const target = await open(card);
    await target.load(dataImage(3));
    card.memory.write(TINY.dram - 56, Uint8Array.of(1, 2, 3));
    await target.load(dataImage(3));
    expect(target.loadReport).toMatchObject({ blocksKept: 0 });
    await target.close();
  });

  it("does not take a load that was cut off for a whole one", async () => {
    const card = new FakeCard(TINY);
    const target = await open(card);
    await target.load(dataImage(3));
    card.faults.corruptNext = true; // the first copy of the next load: the number
    await userError(() => target.load(dataImage(3, (bytes) => bytes.fill(1))));
    await target.load(dataImage(3, (bytes) => bytes.fill(1)));
    expect([...card.memory.read(0, 3)]).toEqual([1, 1, 1]);
    await target.close();
  });

  it("clears what must be zero, and leaves data beside it alone", async () => {
    const card = new FakeCard(TINY);
    const target = await open(card);
    card.memory.write(0, new Uint8Array(4096).fill(0xaa));
    const data = { name: "d", kind: "data", address: 8, size: 3, alignment: 1 } as const;
    const zero = { name: "z", kind: "zero", address: 11, size: 500, alignment: 1 } as const;
    const program = image([["halt"]]);
    await target.load({
      ...program,
      sections: [{ ...data, data: Uint8Array.of(1, 2, 3) }, zero, ...program.sections],
    });
    expect([...card.memory.read(8, 504)]).toEqual([1, 2, 3, ...new Array(501).fill(0)]);
    expect(card.memory.read(512, 1)[0]).toBe(0xaa);
    await target.close();
  });

  it("uses the last line of DRAM itself when the program needs it", async () => {
    const card = new FakeCard(TINY);
    const target = await open(card);
    const full = image([["halt"]], { [TINY.dram - 64]: new Uint8Array(64).fill(9) });
    for (let i = 0; i < 2; i++) {
      await target.load(full);
      expect(card.memory.read(TINY.dram - 1, 1)[0]).toBe(9);
      expect(target.loadReport).toMatchObject({ blocksKept: 0 });
    }
    await target.close();
  });

  it("reads back when it is asked to", async () => {
    const card = new FakeCard(TINY);
    const target = await open(card, { verify: true });
    await target.load(dataImage(2));
    expect(target.loadReport).toMatchObject({ bytesVerified: 2 ** 17 });
    await target.close();
  });

  it("goes through ordinary pages when there are no hugepages, and says so", async () => {
    const card = new FakeCard(TINY);
    card.faults.noHugepages = true;
    const warnings: string[] = [];
    const target = await open(card, { onWarning: (message: string) => warnings.push(message) });
    expect(warnings.join()).toContain("no free hugepages");
    await target.load(dataImage(2));
    await target.load(dataImage(2));
    expect(target.loadReport).toMatchObject({ blocksKept: 2 });
    await target.close();
  });

  it("refuses an image that the card's configuration cannot run", async () => {
    const target = await open(new FakeCard(TINY));
    const wide = image(
      [["halt"]],
      {},
      { requires: { vlmax: 2049, dram: 0, instructions: 1, packings: [] } },
    );
    const error = await userError(() => target.load(wide));
    expect(error.message).toBe('the image needs vlmax 2049, but "tiny" has 2048');
    await target.close();
  });
});

describe("a fault", () => {
  const program = dataImage(2);

  it.each<[string, (card: FakeCard) => void, string]>([
    [
      "a bit that flips on the way",
      (c) => Object.assign(c.faults, { corruptNext: true }),
      "damaged the data: CRC",
    ],
    [
      "an engine that hangs",
      (c) => Object.assign(c.faults, { stalled: true }),
      "does not end: nothing came in 0.2 s",
    ],
    [
      "a card that is gone",
      (c) => Object.assign(c.faults, { gone: true }),
      "registers read as all ones",
    ],
    [
      "a driver that fails",
      (c) => Object.assign(c.faults, { dead: 3 }),
      "the accelerator did not answer (FPGA_EXCEPTION)",
    ],
    [
      "a bank's error",
      (c) => Object.assign(c.faults, { copyStatus: "card_error" }),
      "a bank answered an access with an error",
    ],
    [
      "the host's error",
      (c) => Object.assign(c.faults, { copyStatus: "host_error" }),
      "the host answered an access",
    ],
  ])("while loading: %s", async (_, inject, message) => {
    const card = new FakeCard(TINY);
    const target = await open(card);
    inject(card);
    const error = await userError(() => target.load(program));
    expect(error.message).toContain(message);
    await target.close();
    expect([card.openHandles, card.openBuffers.size]).toEqual([0, 0]);
    for (const fault of Object.keys(card.faults)) delete card.faults[fault as never];
    const next = await open(card);
    await next.load(program);
    expect(await next.run()).toEqual({ reason: "halted" });
    await next.close();
  });

  it.each<[string, (card: FakeCard) => void, string]>([
    [
      "a card that is gone",
      (c) => Object.assign(c.faults, { gone: true }),
      "the card is gone while its counters were read",
    ],
    [
      "a driver that fails",
      (c) => Object.assign(c.faults, { dead: 7 }),
      "the kernel's driver does not answer (FPGA_NO_DRIVER)",
    ],
    [
      "a reset by somebody",
      (c) => Object.assign(c.faults, { resetAfter: 0 }),
      "was reset while the program ran",
    ],
    [
      "a core that hangs",
      (c) => Object.assign(c.faults, { frozen: true }),
      "no instruction ended in 0.2 s",
    ],
  ])("while a program runs: %s", async (_, inject, message) => {
    const card = new FakeCard(TINY);
    const target = await open(card);
    await target.load(source(".text\n1: j 1b\n"));
    expect(await target.run({ slice: 1 })).toEqual({ reason: "steps" });
    inject(card);
    const error = await userError(() => target.run());
    expect(error.message).toContain(message);
    await target.close();
    expect([card.openHandles, card.openBuffers.size]).toEqual([0, 0]);
    for (const fault of Object.keys(card.faults)) delete card.faults[fault as never];
    const next = await open(card);
    expect((await outcome(next, ECHO, [3n, 0n])).output).toEqual([6n]);
    await next.close();
  });

  it.each<[string, (card: FakeCard) => void, string]>([
    [
      "in use",
      (c) => Object.assign(c.faults, { busy: true }),
      "another process is using it (FPGA_BUSY)",
    ],
    [
      "without memory",
      (c) => Object.assign(c.faults, { noMemory: true }),
      "no page of memory that the card can reach",
    ],
    ["gone", (c) => Object.assign(c.faults, { gone: true }), "its registers read as all ones"],
    [
      "with another header",
      (c) => Object.assign(c.overrides, { feature_header: 5n }),
      "holds another accelerator: header 0x5",
    ],
    [
      "with another map",
      (c) => Object.assign(c.overrides, { version: 9n << 16n }),
      "has version 9.0 of the register map",
    ],
    [
      "for another instruction set",
      (c) => Object.assign(c.overrides, { version: (9n << 48n) | (1n << 16n) | 99n }),
      "has version 9.0 of the instruction set",
    ],
    [
      "of an unknown configuration",
      (c) => Object.assign(c.overrides, { configuration_name: 0x6f6fn }),
      'configuration "oo"',
    ],
    [
      "programmed with something else",
      (c) => Object.assign(c, { uuid: c.shell }),
      "the card at 0000:3b:00.0 holds another accelerator",
    ],
  ])("when it is opened: a card %s", async (_, inject, message) => {
    const card = new FakeCard(TINY);
    inject(card);
    const error = await userError(() => open(card));
    expect(error.message).toContain(message);
    expect([card.openHandles, card.openBuffers.size]).toEqual([0, 0]);
  });

  it("is seen when somebody resets the card between two accesses", async () => {
    const card = new FakeCard(TINY);
    const target = await open(card);
    const resetWhile = async (doing: string, work: () => Promise<unknown>) => {
      card.resetBySomebody();
      expect((await userError(work)).message).toBe(`the accelerator was reset while ${doing}`);
    };
    // Its input is lost: without an error it would wait for it.
    await target.load(ECHO);
    await target.pushInput([3n, 0n]);
    await resetWhile("a program was started", () => target.run());
    await target.close();

    const next = await open(card);
    await next.load(ECHO);
    await next.pushInput([3n, 0n]);
    expect(await next.run()).toEqual({ reason: "halted" });
    // Its output, and what was counted.
    await resetWhile("the program's output was read", () => next.takeOutput());
    await resetWhile("its counters were read", () => next.instructionsRetired());
    await next.close();
    expect([card.openHandles, card.openBuffers.size]).toEqual([0, 0]);
  });

  it("of the card does not keep what the host holds of it", async () => {
    const card = new FakeCard(TINY);
    const target = await open(card);
    await target.load(program);
    card.faults.dead = 3;
    await target.close();
    await target.close();
    expect([card.openHandles, card.openBuffers.size]).toEqual([0, 0]);
  });

  it("leaves the accelerator reset when the engine may still write to host memory", async () => {
    const card = new FakeCard(TINY);
    const target = await open(card);
    card.faults.stalled = true;
    await target.close();
    expect(card.resets).toBe(1);
  });
});
