/**
 * The simulated core as a target: what it says of programs is what the emulator says. Its registers and
 * memories begin with random contents, so that nothing can rely on them.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Emulator } from "../../src/emulator/index.js";
import type { Image } from "../../src/image/image.js";
import {
  DRAM_MODES,
  hashActivation,
  hashMemory,
  hashVector,
  type RetirementEvent,
  type RtlTarget,
} from "../../src/rtl/index.js";
import { runProgram } from "../../src/session/run-program.js";
import { symbolSize } from "../../src/session/symbol-tensor.js";
import type { Target } from "../../src/target/target.js";
import { BASE, image, TINY, type Word } from "../emulator/images.js";
import { assembled, commandOf, PROGRAMS } from "../programs/run-program.js";
import { openSimulator } from "./simulator.js";
import { missingTools } from "./verilator.js";

const missing = missingTools();
if (missing.length > 0)
  console.warn(`the simulated core is not tested: ${missing.join(", ")} not found`);

/** Building takes a minute, on a machine that does nothing else. */
const BUILD_MS = 600_000;

/** Three entries in, their sum out, and it all again. */
const SUMS: Word[] = [
  ["deq", { rd: 1 }],
  ["deq", { rd: 2 }],
  ["add", { rd: 1, rs1: 1, rs2: 2 }],
  ["deq", { rd: 2 }],
  ["add", { rd: 1, rs1: 1, rs2: 2 }],
  ["enq", { rs1: 1 }],
  ["jal", { rd: 0, imm: -48 }],
];

describe.skipIf(missing.length > 0)("the simulated core", () => {
  let core: RtlTarget;
  beforeAll(async () => {
    core = await openSimulator(TINY);
  }, BUILD_MS);
  afterAll(() => core?.close());

  /** All that a host can know of a run. */
  async function outcome(
    target: Target,
    loaded: Image,
    symbols: readonly string[],
    input: bigint[],
  ) {
    await target.load(loaded);
    const output: bigint[] = [];
    const stop = await runProgram(target, {
      input,
      closeInput: true,
      onOutput: async (entries) => void output.push(...entries),
    });
    const memory = [];
    for (const name of symbols) {
      const symbol = loaded.symbols.find((candidate) => candidate.name === name)!;
      memory.push(await target.readMemory(symbol.address, symbolSize(symbol)));
    }
    return { stop, output, memory, retired: await target.instructionsRetired() };
  }

  describe.each(DRAM_MODES)("with DRAM %s", (dram) => {
    let target: RtlTarget;
    beforeAll(async () => {
      target = await openSimulator(TINY, { dram, seed: 5n });
    }, BUILD_MS);
    afterAll(() => target?.close());

    it.each(PROGRAMS)("runs %s as the emulator does", async (program) => {
      const loaded = assembled(program, TINY);
      const { symbols, input } = commandOf(program);
      const expected = await outcome(new Emulator({ configuration: TINY }), loaded, symbols, [
        ...input,
      ]);
      expect(await outcome(target, loaded, symbols, [...input])).toEqual(expected);
    });

    it("needs the same clocks every time", async () => {
      const loaded = assembled("softmax", TINY);
      const clocks = [];
      for (const _ of [1, 2]) {
        await target.load(loaded);
        await target.run();
        clocks.push(await target.cycles());
      }
      expect(clocks[0]).toBe(clocks[1]);
    });
  });

  it("traps as the emulator does, with the line of the source", async () => {
    const traps: Word[][] = [
      [["setvli", { imm: 4000 }]],
      [["trap", { imm: 77 }]],
      [
        ["li", { rd: 1, imm48: -8 }],
        ["setvl", { rs1: 1 }],
      ],
      [["lw", { rd: 1, rs1: 0, imm: -4 }]],
      [["sd", { rs2: 0, rs1: 0, imm: 4 }]],
      [["jal", { rd: 1, imm: 80 }]],
      [0xffffn],
      [["deq", { rd: 1 }]],
    ];
    for (const words of traps) {
      const loaded = image(words);
      const expected = await outcome(new Emulator({ configuration: TINY }), loaded, [], []);
      expect(expected.stop.reason).toBe("trap");
      expect(await outcome(core, loaded, [], [])).toEqual(expected);
    }
  });

  it("refuses what the emulator refuses", async () => {
    const large = image([["halt"]], {}, { requires: { ...image([]).requires, vlmax: 4096 } });
    const refusal = new Emulator({ configuration: TINY }).load(large).catch((error) => error);
    await expect(core.load(large)).rejects.toThrow((await refusal).message);
    await expect(core.readMemory(TINY.dram - 4, 8)).rejects.toThrow(RangeError);
    await expect(core.writeMemory(-1, new Uint8Array(1))).rejects.toThrow(RangeError);
  });

  it("holds before an instruction, and goes on", async () => {
    await core.load(image(SUMS));
    await core.pushInput([1n, 2n, 3n, 10n]);
    expect(await core.run({ maxSteps: 0 })).toEqual({ reason: "steps" });
    expect(await core.run({ maxSteps: 5 })).toEqual({ reason: "steps" });
    expect(await core.instructionsRetired()).toBe(5);
    expect(await core.takeOutput()).toEqual([]);
    expect(await core.run({ maxSteps: 1 })).toEqual({ reason: "steps" });
    expect(await core.takeOutput()).toEqual([6n]);
    expect(await core.run()).toEqual({ reason: "input" });
    expect(await core.instructionsRetired()).toBe(8);
    await core.pushInput([-20n, 3n]);
    await core.run();
    expect(await core.takeOutput()).toEqual([-7n]);
  });

  it("has queues of the configuration's size, if asked for", async () => {
    const exact = await openSimulator(TINY, { queues: "exact" });
    try {
      const echo: Word[] = [
        ["deq", { rd: 1 }],
        ["enq", { rs1: 1 }],
        ["jal", { rd: 0, imm: -16 }],
      ];
      const entries = Array.from({ length: 3 * TINY.queue }, (_, i) => BigInt(i));
      for (const target of [exact, new Emulator({ configuration: TINY })]) {
        await target.load(image(echo));
        const first = await target.pushInput(entries);
        expect(first).toBeGreaterThanOrEqual(TINY.queue);
        await target.run();
        const second = await target.pushInput(entries.slice(first));
        expect(await target.run()).toEqual({ reason: "output" });
        const output = await target.takeOutput();
        expect(output.length).toBeGreaterThanOrEqual(TINY.queue);
        await target.run();
        output.push(...(await target.takeOutput()));
        await target.run();
        output.push(...(await target.takeOutput()));
        expect(output).toEqual(entries.slice(0, first + second));
      }
    } finally {
      await exact.close();
    }
  });

  it("can be reset at any clock, and runs the next program right", async () => {
    const loaded = assembled("mlgru-step", TINY);
    const { symbols } = commandOf("mlgru-step");
    const expected = await outcome(new Emulator({ configuration: TINY }), loaded, symbols, []);
    for (const clocks of [1, 2, 3, 10, 50, 99, 200, 331, 402, 555, 640]) {
      await core.load(loaded);
      await core.runClocks(clocks);
      await core.reset();
      expect(await outcome(core, loaded, symbols, [])).toEqual(expected);
    }
  });

  it("tells what every instruction wrote", async () => {
    const { vlmax } = TINY;
    const events: RetirementEvent[] = [];
    await core.setEventListener((more) => void events.push(...more));
    const program: Word[] = [
      ["li", { rd: 1, imm48: 5 << 20 }],
      ["setvli", { imm: vlmax }],
      ["splat", { rd: 3, rs1: 1 }],
      ["quant", { rd: 2, rs1: 3 }],
      ["sv", { rs1: 0, rs2: 3, imm: 640 }],
      ["sd", { rs1: 0, rs2: 1, imm: 8 }],
      ["lw", { rd: 4, rs1: 0, imm: 8 }],
      ["halt"],
    ];
    await core.load(image(program));
    await core.run();
    await core.setEventListener(undefined);
    await core.load(image(program));
    await core.run();
    expect(events.filter(({ kind }) => kind === "retired").map(({ index }) => index)).toEqual([
      ...program.keys(),
    ]);
    const elements = new Int32Array(vlmax).fill(5 << 20);
    const values = new Int8Array(vlmax).fill(127);
    const stored = new Uint8Array(elements.buffer);
    const number = (value: bigint) => new Uint8Array(BigInt64Array.of(value).buffer);
    const done = events
      .filter((event) => event.kind === "done")
      .sort((a, b) => a.sequence - b.sequence)
      .map(({ sequence, clock, unit, ...rest }) => rest);
    const place = { kind: "done", register: 0, length: 0, address: 0 };
    expect(done).toEqual([
      { ...place, index: 2, destination: "vector", register: 3, hash: hashVector(elements) },
      {
        ...place,
        index: 3,
        destination: "activation",
        register: 2,
        length: vlmax,
        hash: hashActivation(values, vlmax, 5 << 20),
      },
      {
        ...place,
        index: 4,
        destination: "memory",
        address: 640,
        length: 4 * vlmax,
        hash: hashMemory(stored),
      },
      {
        ...place,
        index: 5,
        destination: "memory",
        address: 8,
        length: 8,
        hash: hashMemory(number(5n << 20n)),
      },
    ]);
    const scalars = events.flatMap((event) => {
      if (event.kind === "scalar") return [[event.index, event.register, event.value]];
      if (event.kind !== "retired" || !event.scalar) return [];
      return [[event.index, event.scalar.register, event.scalar.value]];
    });
    expect(scalars).toEqual([
      [0, 1, 5n << 20n],
      [6, 4, 5n << 20n],
    ]);
  });

  it("counts clocks, bytes and what clocks were lost to", async () => {
    await core.load(assembled("vector-add", TINY));
    await core.run();
    const counters = await core.counters();
    expect(counters.clocks).toBe(await core.cycles());
    const { busy, frontStalls, dramBytes } = counters;
    expect(Object.keys(busy)).toEqual(["lsu", "rowwise", "rms", "tmatmul"]);
    expect(busy.tmatmul).toBe(0);
    expect(busy.lsu).toBeGreaterThan(0);
    expect(frontStalls.drain).toBeGreaterThan(0);
    expect(dramBytes.weights).toBe(0);
    expect(dramBytes.vectors).toBe(2 * dramBytes.writes);
    expect(counters.writtenBytes).toBeLessThanOrEqual(dramBytes.writes);
  });

  it("says what it printed when it breaks down", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ternac-broken-"));
    const program = join(folder, "broken");
    writeFileSync(program, "#!/bin/sh\necho no core today >&2\nexit 3\n", { mode: 0o755 });
    await expect(openSimulator(TINY, { program })).rejects.toThrow(
      "the simulated core ended with 3:\nno core today",
    );
    rmSync(folder, { recursive: true });
  });

  it("starts where the image says", async () => {
    await core.load(image([["halt"], ["enq", { rs1: 0 }], ["halt"]], {}, { entry: BASE + 8 }));
    expect(await core.run()).toEqual({ reason: "halted" });
    expect(await core.takeOutput()).toEqual([0n]);
  });
});
