import { execFileSync, type SpawnSyncReturns, spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./support.js";

/** Time of the newest file in a folder, in ms. */
function newest(folder: string): number {
  const entries = readdirSync(folder, { withFileTypes: true });
  const times = entries.map((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs;
  });
  return Math.max(0, ...times);
}

/** Build dist/ if a source is newer; `npm test` has built it before. */
export function build(): void {
  const manifest = statSync(join(root, "oclif.manifest.json"), { throwIfNoEntry: false });
  if (manifest && manifest.mtimeMs > newest(join(root, "src"))) return;
  execFileSync(process.execPath, ["scripts/build.mjs", "--no-types"], { cwd: root });
}

/** Run bin/run.js as a user would. */
export function bin(
  argv: readonly string[],
  {
    input,
    env,
    timeout = 20_000,
  }: { input?: string | Uint8Array; env?: Record<string, string>; timeout?: number } = {},
): SpawnSyncReturns<Buffer> {
  return spawnSync(process.execPath, [join(root, "bin/run.js"), ...argv], {
    cwd: root,
    timeout,
    ...(input !== undefined && { input }),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    maxBuffer: 1 << 28,
  });
}
