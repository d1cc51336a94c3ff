/** The cycle model against the core, clock by clock. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openModel } from "../../src/cli/open-model.js";
import type { RtlTarget } from "../../src/rtl/index.js";
import { compareProgram, compareRandom, compareTokens } from "../cycle-model/compare.js";
import { TINY } from "../emulator/images.js";
import { assembled, commandOf, PROGRAMS } from "../programs/run-program.js";
import { openSimulator } from "./simulator.js";
import { missingTools } from "./verilator.js";

const BUILD_MS = 600_000;
/** A run that waits for the host at its end is seen to wait a little later. */
const END = 2;

describe.skipIf(missingTools().length > 0)("the cycle model and the core", () => {
  let core: RtlTarget;
  beforeAll(async () => {
    core = await openSimulator(TINY);
  }, BUILD_MS);
  afterAll(() => core?.close());

  it.each(PROGRAMS)("agree on the clocks of %s", async (name) => {
    const { input } = commandOf(name);
    const { predicted, clocks } = await compareProgram(core, assembled(name, TINY), input);
    expect(predicted).toBe(clocks);
  });

  it("agree on two tokens of a model", async () => {
    const { image } = await openModel("models/layer512", { config: TINY, synthetic: false });
    const { predicted, clocks } = await compareTokens(core, image, 2);
    expect(Math.abs(predicted - clocks)).toBeLessThanOrEqual(END);
  });

  it("agree on random programs within a few clocks in a thousand", async () => {
    let [predicted, clocks, exact, runs] = [0, 0, 0, 0];
    for (let seed = 0n; runs < 40; seed++) {
      const compared = await compareRandom(core, seed);
      if (!compared) continue;
      runs++;
      predicted += compared.predicted;
      clocks += compared.clocks;
      if (compared.predicted === compared.clocks) exact++;
    }
    expect(Math.abs(predicted / clocks - 1)).toBeLessThan(0.005);
    expect(exact).toBeGreaterThan(20);
  });
});
