import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Configuration } from "../../src/isa/index.js";
import { Fuzzer, type LocatedDifference } from "../../src/lockstep/index.js";
import { buildSimulator, type SimulatorSources, simulatorSources } from "../../src/rtl/index.js";

const Mutants = z.array(
  z.strictObject({
    name: z.string().regex(/^[a-z-]+$/),
    file: z.string().regex(/^ternac_\w+\.sv$/),
    text: z.string().min(1),
    replacement: z.string(),
    bug: z.string().min(1),
    config: z.string().default("tiny"),
    survives: z.string().optional(),
  }),
);

/** A deliberate bug of the core; mutants.yaml says what the fields are. */
export type Mutant = z.infer<typeof Mutants>[number];

export function readMutants(): Mutant[] {
  const text = readFileSync(new URL("mutants.yaml", import.meta.url), "utf8");
  return Mutants.parse(parse(text));
}

/**
 * The text of a mutant's file.
 * @throws Error when what it replaces is not there exactly once
 */
export function mutated({ name, file, text, replacement }: Mutant, source: string): string {
  const parts = source.split(text);
  if (parts.length !== 2)
    throw new Error(
      `mutant ${name}: its text is ${parts.length - 1} times in rtl/${file}, expected once; say in mutants.yaml what stands there now`,
    );
  return parts.join(replacement);
}

/** How a mutant was noticed. */
export interface Caught {
  readonly seed: bigint;
  readonly difference: LocatedDifference;
}

export interface HuntOptions {
  readonly configuration: Configuration;
  /** Random programs to run at most: those of seeds 0 to `programs` - 1. */
  readonly programs: number;
}

/** Build a core with a bug, and run random programs until one notices. */
export async function hunt(mutant: Mutant, options: HuntOptions): Promise<Caught | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "ternac-mutant-"));
  try {
    const original = simulatorSources();
    cpSync(original.folder, join(folder, "rtl"), { recursive: true });
    const sources: SimulatorSources = { ...original, folder: join(folder, "rtl") };
    const path = join(sources.folder, mutant.file);
    writeFileSync(path, mutated(mutant, readFileSync(path, "utf8")));
    const { configuration } = options;
    const build = { configuration, cacheFolder: folder, sources, hurry: "build" } as const;
    const program = await buildSimulator({ ...build });
    return await run(program, folder, sources, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(
  program: string,
  cacheFolder: string,
  sources: SimulatorSources,
  { configuration, programs }: HuntOptions,
): Promise<Caught | undefined> {
  // Random latencies leave hazards open for longest; data that come at once fill what holds them.
  const fuzzers = (["random", "ideal"] as const).map((dram) => {
    const rtl = { cacheFolder, sources, program, dram, randomInitial: true } as const;
    return new Fuzzer({ configuration, rtl, resets: true });
  });
  try {
    for (let seed = 0n; seed < programs; seed++) {
      const difference = await fuzzers[Number(seed) % fuzzers.length]!.differenceOf(seed);
      if (difference) return { seed, difference };
    }
    return undefined;
  } finally {
    for (const fuzzer of fuzzers) await fuzzer.close();
  }
}
