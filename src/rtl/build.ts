import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { UserError } from "../diagnostics/diagnostic.js";
import { CONFIGURATIONS } from "../isa/generated.js";
import type { Configuration } from "../isa/spec.js";
import { SimulatorCache } from "./simulator-cache.js";
import { type SimulatorSources, simulatorSources, sourcesKey } from "./sources.js";
import { findTools } from "./tools.js";

export interface BuildOptions {
  readonly configuration: Configuration;
  /** The user's cache folder: simulators are kept in a folder of it. */
  readonly cacheFolder: string;
  /** Able to write waves, and slower for it. Default: false. */
  readonly traced?: boolean;
  /** `build`: compile it quickly, for a simulator that runs for seconds only. Default: run. */
  readonly hurry?: "build" | "run";
  readonly sources?: SimulatorSources;
  /** Called with the files that are compiled, of how many, while a simulator is being built. */
  readonly onProgress?: (done: number, total: number) => void;
}

const TOP = "ternac_sim";

function verilatorFlags({ configuration, traced }: BuildOptions): string[] {
  const index = CONFIGURATIONS.findIndex(({ name }) => name === configuration.name);
  return [
    ...["--cc", "--exe", "-O3", "--assert", "-Wno-fatal", "-Wno-lint", "--top", TOP],
    ...["--x-assign", "fast", "--x-initial", "unique"], // the program is told what that is
    `-GConfigIndex=${index}`,
    ...(traced ? ["--trace-fst", "--trace-structs"] : []),
    ...["-CFLAGS", "-std=c++17 -O2"],
  ];
}

/** Rarely run code is not worth its compilation. */
const MAKE_VARIABLES = {
  run: ["OPT_FAST=-O3", "OPT_SLOW=-O1", "OPT_GLOBAL=-O2"],
  build: ["OPT_FAST=-O1", "OPT_SLOW=-O0", "OPT_GLOBAL=-O1"],
} as const;

/**
 * The program that simulates a configuration: out of the cache, or built, which takes a minute.
 * @returns its path
 * @throws UserError when a tool is missing, or fails
 */
export async function buildSimulator(options: BuildOptions): Promise<string> {
  const sources = options.sources ?? simulatorSources();
  const { verilator, compiler } = findTools();
  const flags = verilatorFlags(options);
  const variables = MAKE_VARIABLES[options.hurry ?? "run"];
  const key = sourcesKey(sources, [verilator, compiler, ...flags, ...variables]);
  const cache = new SimulatorCache(options.cacheFolder);
  const found = cache.find(key);
  if (found) return found;
  return cache.locked(key, async () => {
    const built = cache.find(key); // by who held the lock
    if (built) return built;
    const folder = mkdtempSync(join(cache.folder, `.${key.slice(0, 16)}-`));
    try {
      const program = await build(folder, sources, flags, variables, options.onProgress);
      return cache.store(key, program);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

async function build(
  folder: string,
  sources: SimulatorSources,
  flags: readonly string[],
  variables: readonly string[],
  onProgress: BuildOptions["onProgress"],
): Promise<string> {
  const inputs = [...sources.verilog, ...sources.cpp].map((file) => join(sources.folder, file));
  onProgress?.(0, 1);
  const output = join(folder, "obj");
  mkdirSync(output);
  await runTool("verilator", [...flags, "--Mdir", output, ...inputs, "-o", TOP]);
  const make = ["-C", output, "-f", `V${TOP}.mk`, ...variables];
  const total = compilations(make);
  let done = 0;
  await runTool("make", [...make, `-j${availableParallelism()}`], (line) => {
    if (isCompilation(line)) onProgress?.(Math.min(done++, total), total);
  });
  const program = join(folder, TOP);
  renameSync(join(output, TOP), program);
  return program;
}

const isCompilation = (line: string) => / -c /.test(line);

function compilations(make: readonly string[]): number {
  const { stdout } = spawnSync("make", ["-n", ...make], { encoding: "utf8" });
  return Math.max(1, stdout.split("\n").filter(isCompilation).length);
}

/** Lines that a message quotes of what a tool printed. */
const QUOTED = 12;

async function runTool(
  tool: string,
  args: readonly string[],
  onLine?: (line: string) => void,
): Promise<void> {
  const child = spawn(tool, args, { stdio: ["ignore", "pipe", "pipe"] });
  let errors = "";
  let rest = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) onLine?.(line);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  // A tool that is stopped with this process leaves nothing that counts: only a rename does.
  const status = await new Promise<number | string | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
  if (status === 0) return;
  const lines = errors.trim().split("\n");
  throw new UserError(
    `building the simulator failed: ${tool} ended with ${status}\n${lines.slice(0, QUOTED).join("\n")}`,
    "check that Verilator and the C++ compiler work, and that the disk has room",
  );
}
