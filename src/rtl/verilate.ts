import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { runTool, type ToolFailure } from "./run-tool.js";
import { SimulatorCache } from "./simulator-cache.js";
import { type SimulatorSources, sourcesKey } from "./sources.js";
import { findTools } from "./tools.js";

/** Something to make of SystemVerilog and C++ with Verilator and a C++ compiler. */
export interface VerilatedProgram {
  /** Its topmost module. */
  readonly top: string;
  readonly sources: SimulatorSources;
  /** For Verilator. */
  readonly flags: readonly string[];
  /** Variables for make, such as `OPT_FAST=-O3`. */
  readonly variables: readonly string[];
}

export interface VerilateOptions {
  /** The user's cache folder: what was built is kept in a folder of it. */
  readonly cacheFolder: string;
  /** Called with the files that are compiled, of how many, while something is being built. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * A program, or library: out of the cache, or built, which takes a minute.
 * @returns its path
 * @throws UserError when a tool is missing, or fails
 */
export async function verilate(
  program: VerilatedProgram,
  { cacheFolder, onProgress }: VerilateOptions,
): Promise<string> {
  const { top, sources, flags, variables } = program;
  const { verilator, compiler } = findTools();
  const key = sourcesKey(sources, [verilator, compiler, top, ...flags, ...variables]);
  const cache = new SimulatorCache(cacheFolder);
  const found = cache.find(key);
  if (found) return found;
  return cache.locked(key, async () => {
    const built = cache.find(key); // by who held the lock
    if (built) return built;
    const folder = mkdtempSync(join(cache.folder, `.${key.slice(0, 16)}-`));
    try {
      return cache.store(key, await build(folder, program, onProgress));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

const FAILURE: ToolFailure = {
  what: "building the simulator",
  help: "check that Verilator and the C++ compiler work, and that the disk has room",
};

async function build(
  folder: string,
  { top, sources, flags, variables }: VerilatedProgram,
  onProgress: VerilateOptions["onProgress"],
): Promise<string> {
  const inputs = [...sources.verilog, ...sources.cpp].map((file) => join(sources.folder, file));
  onProgress?.(0, 1);
  const output = join(folder, "obj");
  mkdirSync(output);
  const arguments_ = [...flags, "--top", top, "--Mdir", output, ...inputs, "-o", top];
  await runTool("verilator", arguments_, FAILURE);
  const make = ["-C", output, "-f", `V${top}.mk`, ...variables];
  const total = compilations(make);
  let done = 0;
  await runTool("make", [...make, `-j${availableParallelism()}`], FAILURE, (line) => {
    if (isCompilation(line)) onProgress?.(Math.min(done++, total), total);
  });
  const program = join(folder, top);
  renameSync(join(output, top), program);
  return program;
}

const isCompilation = (line: string) => / -c /.test(line);

function compilations(make: readonly string[]): number {
  const { stdout } = spawnSync("make", ["-n", ...make], { encoding: "utf8" });
  return Math.max(1, stdout.split("\n").filter(isCompilation).length);
}
