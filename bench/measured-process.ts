import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PRELOAD = new URL("./report-usage.mjs", import.meta.url).href;
export const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** What one process took. */
export interface ProcessUsage {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  /** Most memory that was resident. */
  readonly peakBytes: number;
  readonly stdout: string;
}

/**
 * Run Node with some arguments and measure the whole process.
 * @param folder takes a file meanwhile; user caches go there, too
 */
export async function measureNode(folder: string, args: readonly string[]): Promise<ProcessUsage> {
  const usageFile = join(folder, "usage.json");
  const started = performance.now();
  const child = spawn(process.execPath, ["--import", PRELOAD, ...args], {
    cwd: ROOT,
    env: { ...process.env, TERNAC_BENCH_USAGE: usageFile, XDG_CACHE_HOME: join(folder, "cache") },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  const status = await new Promise((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  const wallSeconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`node ${args.join(" ")}: exit status ${status}`);
  const { cpuSeconds, peakBytes } = JSON.parse(readFileSync(usageFile, "utf8"));
  rmSync(usageFile);
  return { wallSeconds, cpuSeconds, peakBytes, stdout };
}

/** The same for a command of the built program. */
export function measureTernac(folder: string, args: readonly string[]): Promise<ProcessUsage> {
  return measureNode(folder, [join(ROOT, "bin/run.js"), ...args]);
}
