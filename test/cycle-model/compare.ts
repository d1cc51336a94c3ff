/** The clocks that the cycle model predicts beside those that the simulated core takes. */
import { CycleModel, type CycleReport } from "../../src/cycle-model/index.js";
import { Emulator } from "../../src/emulator/index.js";
import { generateProgram, programImage } from "../../src/fuzz/index.js";
import type { Image } from "../../src/image/image.js";
import type { RtlCounters, RtlTarget } from "../../src/rtl/index.js";
import { Session } from "../../src/session/index.js";
import { runProgram } from "../../src/session/run-program.js";
import type { Target } from "../../src/target/target.js";

export interface Compared {
  readonly predicted: number;
  readonly clocks: number;
  readonly report: CycleReport;
  readonly counters: RtlCounters;
}

/** Runs the same on an emulator with a cycle model and on the core. */
async function compare(
  core: RtlTarget,
  work: (target: Target) => Promise<void>,
): Promise<Compared> {
  const { configuration } = core;
  const emulator = new Emulator({ configuration, threads: 1 });
  const model = new CycleModel(configuration);
  emulator.attach(model);
  await work(emulator);
  await work(core);
  await emulator.close();
  const report = model.report();
  const counters = await core.counters();
  return { predicted: report.clocks, clocks: counters.clocks, report, counters };
}

export function compareProgram(
  core: RtlTarget,
  image: Image,
  input: readonly bigint[] = [],
): Promise<Compared> {
  return compare(core, async (target) => {
    await target.load(image);
    await runProgram(target, { input });
  });
}

/** Tokens one after the other, each with its logits. @throws Error when a token is not the same on both */
export async function compareTokens(
  core: RtlTarget,
  image: Image,
  tokens: number,
): Promise<Compared> {
  const produced: (number | undefined)[] = [];
  const logits: Int32Array[] = [];
  const result = await compare(core, async (target) => {
    const session = await Session.open(target, image);
    const entries = Array.from({ length: tokens }, (_, i) => ({
      token: (7 * i + 5) % session.vocabulary,
      count: 1,
    }));
    produced.push(await session.feedAll(entries));
    logits.push((await session.logits()).slice());
  });
  const [a, b] = logits as [Int32Array, Int32Array];
  if (produced[0] !== produced[1] || !a.every((logit, i) => logit === b[i]))
    throw new Error("the core and the emulator disagree");
  return result;
}

/**
 * A random program that halts by itself, with all its input at once.
 * @returns undefined when the program of this seed is another one
 */
export async function compareRandom(core: RtlTarget, seed: bigint): Promise<Compared | undefined> {
  const { configuration } = core;
  const program = generateProgram(seed, configuration);
  const image = programImage(program);
  const { input } = program.host;
  const emulator = new Emulator({ configuration, threads: 1 });
  await emulator.load(image);
  const { reason } = await runProgram(emulator, { input });
  await emulator.close();
  return reason === "halted" ? compareProgram(core, image, input) : undefined;
}
