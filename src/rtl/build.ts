import { CONFIGURATIONS } from "../isa/generated.js";
import type { Configuration } from "../isa/spec.js";
import { type SimulatorSources, simulatorSources } from "./sources.js";
import { type VerilateOptions, verilate } from "./verilate.js";

export interface BuildOptions extends VerilateOptions {
  readonly configuration: Configuration;
  /** Able to write waves, and slower for it. Default: false. */
  readonly traced?: boolean;
  /** `build`: compile it quickly, for a simulator that runs for seconds only. Default: run. */
  readonly hurry?: "build" | "run";
  readonly sources?: SimulatorSources;
}

/** Flags for Verilator that every simulation of a configuration has. */
export function verilatorFlags({ name }: Configuration): string[] {
  const index = CONFIGURATIONS.findIndex((row) => row.name === name);
  return [
    ...["--cc", "--exe", "-O3", "--assert", "-Wno-fatal", "-Wno-lint"],
    ...["--x-assign", "fast", "--x-initial", "unique"], // the program is told what that is
    `-GConfigIndex=${index}`,
  ];
}

/** Rarely run code is not worth its compilation. */
export const MAKE_VARIABLES = {
  run: ["OPT_FAST=-O3", "OPT_SLOW=-O1", "OPT_GLOBAL=-O2"],
  // In one piece: half of the time is reading Verilator's headers, once for each piece.
  build: ["OPT_FAST=-O1", "OPT_SLOW=-O0", "OPT_GLOBAL=-O1", "VM_PARALLEL_BUILDS=0"],
} as const;

/**
 * The program that simulates a configuration: out of the cache, or built, which takes a minute.
 * @returns its path
 * @throws UserError when a tool is missing, or fails
 */
export async function buildSimulator(options: BuildOptions): Promise<string> {
  const { configuration, traced, hurry = "run", sources = simulatorSources() } = options;
  const flags = [
    ...verilatorFlags(configuration),
    ...(traced ? ["--trace-fst", "--trace-structs"] : []),
    ...["-CFLAGS", "-std=c++17 -O2"],
  ];
  const variables = MAKE_VARIABLES[hurry];
  return verilate({ top: "ternac_sim", sources, flags, variables }, options);
}
