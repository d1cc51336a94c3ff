/** The core against the emulator: random programs, resets in the middle of them, deliberate bugs. */
import { afterAll, describe, expect, it } from "vitest";
import { Emulator } from "../../src/emulator/index.js";
import { generateProgram, programImage } from "../../src/fuzz/index.js";
import { findConfiguration } from "../../src/isa/index.js";
import {
  Coverage,
  coverageRows,
  Fuzzer,
  formatDifference,
  runLockstep,
} from "../../src/lockstep/index.js";
import { DRAM_MODES } from "../../src/rtl/index.js";
import { randomNumbers } from "../../src/session/random.js";
import { hunt, mutated, readMutants } from "../mutants/mutant.js";
import { openSimulator, SIMULATOR_CACHE } from "../rtl/simulator.js";
import { missingTools } from "../rtl/verilator.js";

const TINY = findConfiguration("tiny")!;
const BUILD_MS = 900_000;
const missing = missingTools();

describe.skipIf(missing.length > 0)("core and emulator agree", () => {
  const coverage = new Coverage(TINY);

  it.each(DRAM_MODES)("on random programs, DRAM %s", { timeout: BUILD_MS }, async (dram) => {
    const places = { cacheFolder: SIMULATOR_CACHE, hurry: "build" } as const;
    const rtl = { ...places, dram, randomInitial: true };
    const fuzzer = new Fuzzer({ configuration: TINY, coverage, rtl });
    const first = BigInt(1000 * DRAM_MODES.indexOf(dram));
    for (let seed = first; seed < first + 40n; seed++) {
      const difference = await fuzzer.differenceOf(seed);
      expect(difference && `seed ${seed}: ${formatDifference(difference)}`).toBeUndefined();
    }
    expect(fuzzer.clocks).toBeGreaterThan(40_000);
    await fuzzer.close();
  });

  afterAll(() => {
    // A test that stalls nowhere compares little.
    const rows = coverageRows(coverage.groups());
    const stalls = rows.find(({ group }) => group === "stalls of issue");
    expect(stalls?.total).toBeGreaterThan(2);
  });

  it("after a reset at any clock", { timeout: BUILD_MS }, async () => {
    const core = await openSimulator(TINY, { queues: "exact", hangClocks: 2_000_000 });
    const emulator = new Emulator({ configuration: TINY, threads: 1 });
    const random = randomNumbers(5n);
    for (let seed = 5000n; seed < 5060n; seed++) {
      const cut = generateProgram(seed, TINY);
      await core.load(programImage(cut));
      await core.pushInput(cut.host.input.slice(0, 8));
      await core.runClocks(1 + Math.floor(random() * 2 ** (4 + 9 * random())));
      const next = generateProgram(seed + 1000n, TINY);
      const image = programImage(next);
      const { difference } = await runLockstep({ image, emulator, core, plan: next.host });
      expect(difference && `seed ${seed}: ${formatDifference(difference)}`).toBeUndefined();
    }
    await core.close();
    await emulator.close();
  });
});

describe("the deliberate bugs", () => {
  const mutants = readMutants();

  it("are many, and each has its place", async () => {
    const { readFileSync } = await import("node:fs");
    expect(mutants.length).toBeGreaterThanOrEqual(20);
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
    for (const mutant of mutants) {
      const source = readFileSync(new URL(`../../rtl/${mutant.file}`, import.meta.url), "utf8");
      expect(mutated(mutant, source)).not.toBe(source);
    }
  });

  // The whole list is `npm run mutants`: each needs a simulator of its own.
  it.skipIf(missing.length > 0).each(["front-stale-weights", "lsu-strobe"])(
    "are noticed: %s",
    { timeout: BUILD_MS },
    async (name) => {
      const mutant = mutants.find((candidate) => candidate.name === name)!;
      const caught = await hunt(mutant, { configuration: TINY, programs: 300 });
      expect(caught).toBeDefined();
    },
  );
});
