import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { UserError } from "../diagnostics/diagnostic.js";
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

async function build(
  folder: string,
  { top, sources, flags, variables }: VerilatedProgram,
  onProgress: VerilateOptions["onProgress"],
): Promise<string> {
  const inputs = [...sources.verilog, ...sources.cpp].map((file) => join(sources.folder, file));
  onProgress?.(0, 1);
  const output = join(folder, "obj");
  mkdirSync(output);
  await runTool("verilator", [
    ...[...flags, "--top", top, "--Mdir", output],
    ...[...inputs, "-o", top],
  ]);
  const make = ["-C", output, "-f", `V${top}.mk`, ...variables];
  const total = compilations(make);
  let done = 0;
  await runTool("make", [...make, `-j${availableParallelism()}`], (line) => {
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
