import { Emulator } from "../emulator/index.js";
import { type FuzzProgram, generateProgram, programImage, Random, shrink } from "../fuzz/index.js";
import type { Configuration } from "../isa/spec.js";
import { RtlTarget, type RtlTargetOptions } from "../rtl/index.js";
import type { Coverage } from "./coverage.js";
import type { LocatedDifference } from "./difference.js";
import { type LockstepResult, runLockstep } from "./lockstep.js";

export interface FuzzerOptions {
  readonly configuration: Configuration;
  readonly rtl: Omit<RtlTargetOptions, "configuration" | "queues" | "traced">;
  readonly coverage?: Coverage;
  /** Before every second program, run another one and reset the core in the middle of it. */
  readonly resets?: boolean;
  /** Programs that shrinking may try. Default: 400. */
  readonly maxAttempts?: number;
}

/** A program that was reset before it ended. */
export interface Interrupted {
  readonly program: FuzzProgram;
  /** After so many clocks. */
  readonly clocks: number;
}

/** A random program on which core and emulator differ. */
export interface Failure {
  /** What the core was reset out of before. */
  readonly before?: Interrupted;
  /** As it was generated. */
  readonly original: FuzzProgram;
  /** The smallest one that was found to differ in the same way. */
  readonly program: FuzzProgram;
  readonly difference: LocatedDifference;
}

/** More than any instruction of a random program takes. */
const HANG_CLOCKS = 2_000_000;

/** What two failures have in common if they are one: what differs, and in which kind of instruction. */
function kindOf({ what, effect, actual }: LocatedDifference): string {
  const place = what.replace(/\d+/g, "n").replace(/\[.*\]/, "");
  // An assertion says where it stands.
  const assertion = /%Error: (\S+:\d+)/.exec(actual)?.[1];
  return assertion ?? `${place} ${effect?.instruction.spec.unit ?? ""}`;
}

/** What runs before the program of a seed; undefined when nothing does. */
function interruptedBefore(seed: bigint, configuration: Configuration): Interrupted | undefined {
  const random = new Random(seed ^ 0x7e5e7n);
  if (random.chance(0.5)) return undefined;
  // Most programs end within a few thousand clocks.
  const clocks = random.integer(1, 2 ** random.integer(3, 13));
  return { program: generateProgram(random.bits(48), configuration), clocks };
}

/** Runs random programs on the emulator and on the simulated core. */
export class Fuzzer {
  readonly #options: FuzzerOptions;
  readonly #emulator: Emulator;
  #core: RtlTarget | undefined;
  /** Clocks of the core in all programs. */
  clocks = 0;
  instructions = 0;
  programs = 0;
  /** Programs that followed a reset out of another one. */
  resets = 0;

  constructor(options: FuzzerOptions) {
    this.#options = options;
    this.#emulator = new Emulator({ configuration: options.configuration, threads: 1 });
  }

  /** Build the simulator, if that is needed, and start it. */
  async open(): Promise<void> {
    const { configuration, rtl } = this.#options;
    this.#core ??= await RtlTarget.open({
      ...rtl,
      configuration,
      queues: "exact",
      hangClocks: HANG_CLOCKS,
    });
  }

  /**
   * Run a program; the first difference is undefined when there is none.
   * @param before what the core is reset out of first
   */
  async run(
    program: FuzzProgram,
    coverage?: Coverage,
    before?: Interrupted,
  ): Promise<LockstepResult> {
    await this.open();
    const core = this.#core!;
    if (before) {
      await core.load(programImage(before.program));
      await core.pushInput(before.program.host.input.slice(0, this.#options.configuration.queue));
      await core.runClocks(before.clocks);
      this.resets++;
    }
    const image = programImage(program);
    const result = await runLockstep({
      image,
      emulator: this.#emulator,
      core,
      plan: program.host,
      ...(coverage && { coverage }),
    });
    this.programs++;
    this.clocks += result.clocks;
    this.instructions += result.instructions;
    if (coverage && !result.difference) {
      const { frontStalls, issueStalls } = await core.counters();
      for (const [cause, count] of Object.entries(frontStalls))
        coverage.count("stalls of the front end", cause, count);
      for (const [cause, count] of Object.entries(issueStalls))
        coverage.count("stalls of issue", cause, count);
    }
    // Perhaps it has ended, or hangs; and the next program must not inherit anything.
    if (result.difference) await this.#restart();
    return result;
  }

  /** The program of a seed: undefined when core and emulator agree. */
  async runSeed(seed: bigint): Promise<Failure | undefined> {
    const { original, before, difference } = await this.#runSeed(seed);
    return difference && this.#shrink(original, difference, before);
  }

  /** The same, not shrunk. */
  async differenceOf(seed: bigint): Promise<LocatedDifference | undefined> {
    return (await this.#runSeed(seed)).difference;
  }

  async #runSeed(seed: bigint) {
    const { configuration, coverage, resets } = this.#options;
    const original = generateProgram(seed, configuration);
    const before = resets ? interruptedBefore(seed, configuration) : undefined;
    const { difference } = await this.run(original, coverage, before);
    return { original, before, difference };
  }

  async #shrink(
    original: FuzzProgram,
    first: LocatedDifference,
    before: Interrupted | undefined,
  ): Promise<Failure> {
    const kind = kindOf(first);
    let difference = first;
    const fails = async (candidate: FuzzProgram) => {
      const result = await this.run(candidate, undefined, before);
      if (!result.difference || kindOf(result.difference) !== kind) return false;
      difference = result.difference;
      return true;
    };
    const { program } = await shrink(original, fails, this.#options.maxAttempts ?? 400);
    return { original, program, difference, ...(before && { before }) };
  }

  async #restart(): Promise<void> {
    await this.#core?.close().catch(() => {});
    this.#core = undefined;
  }

  async close(): Promise<void> {
    await this.#core?.close();
    await this.#emulator.close();
  }
}
