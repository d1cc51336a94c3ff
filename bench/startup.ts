/**
 * What starting the tool costs beside starting Node:
 *
 *     npm run build && npx tsx bench/startup.ts [rounds]
 *
 * Rounds are interleaved, so that what else the machine does falls on every command alike; the
 * ratios are medians of the ratios within a round.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const rounds = Number(process.argv[2] ?? 41);
const tool = fileURLToPath(new URL("../bin/run.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ternac-bench-"));
const source = join(folder, "small.tasm");
writeFileSync(source, ".text\n_start:\n    li x1, 42\n    enq x1\n    halt\n");

const baseline = "node -e ''";
const commands: Record<string, readonly string[]> = {
  [baseline]: ["-e", ""],
  "ternac --version": [tool, "--version"],
  "ternac asm small.tasm": [tool, "asm", source, "-o", join(folder, "small.elf")],
  "ternac isa ldv": [tool, "isa", "ldv"],
};

/** Wall-clock milliseconds of a process. */
function milliseconds(argv: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, argv, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${argv.join(" ")} failed: ${stderr}`);
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

try {
  const samples = Object.fromEntries(
    Object.keys(commands).map((name): [string, number[]] => [name, []]),
  );
  for (let round = 0; round < rounds; round++)
    for (const [name, argv] of Object.entries(commands)) samples[name]!.push(milliseconds(argv));
  console.log(`Node ${process.versions.node}, ${rounds} rounds`);
  for (const [name, values] of Object.entries(samples)) {
    const ratio = median(values.map((value, round) => value / samples[baseline]![round]!));
    console.log(
      `${name.padEnd(24)} ${median(values).toFixed(0).padStart(5)} ms  ${ratio.toFixed(2)} x`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
