/**
 * How fast the program is, from start-up to tokens:
 *
 *     npm run bench -- [--rounds N] [--size 370m]... [--json] [--output FILE] [--svg FILE]
 *
 * Builds the program, then runs every step in a process of its own, all steps once a round, so that
 * what disturbs the machine disturbs all of them; medians are printed. The default size is 370m, which
 * needs 2 GB of disk; 1.3b needs 7 GB. Wall times hold on an idle machine only; the load is printed.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chart } from "./chart.js";
import { type ProcessUsage, ROOT } from "./measured-process.js";
import {
  type BenchReport,
  formatReport,
  type KernelReport,
  machine,
  summarise,
} from "./results.js";
import { prepareSteps } from "./steps.js";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    size: { type: "string", multiple: true, default: ["370m"] },
    json: { type: "boolean", default: false },
    output: { type: "string" },
    svg: { type: "string" },
  },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error("--rounds: expected 1 or more");

function node(args: readonly string[], capture = false): string {
  const run = spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 1 << 26,
    stdio: ["ignore", capture ? "pipe" : "inherit", "inherit"],
  });
  if (run.status !== 0) throw new Error(`node ${args.join(" ")}: exit status ${run.status}`);
  return run.stdout;
}

/** What the kernels do by themselves, when there is a measurement of them. */
function kernels(): KernelReport | undefined {
  const script = join(ROOT, "bench/kernels.ts");
  return existsSync(script)
    ? JSON.parse(node(["--import", "tsx", script, "--json"], true))
    : undefined;
}

node(["scripts/build.mjs", "--no-types"]);
const folder = mkdtempSync(join(tmpdir(), "ternac-bench-"));
process.once("SIGINT", () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(130);
});
try {
  const loadBefore = loadavg()[0]!;
  const steps = await prepareSteps({ sizes: values.size, folder });
  const runs = new Map<string, ProcessUsage[]>(steps.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const { name, run } of steps) {
      process.stderr.write(`round ${round} of ${rounds}: ${name}\n`);
      runs.get(name)!.push(await run());
    }
  }
  const measured = kernels();
  const report: BenchReport = {
    machine: machine(loadBefore),
    rounds,
    steps: steps.map((step) => summarise(step, runs.get(step.name)!)),
    ...(measured && { kernels: measured }),
  };
  const text = values.json ? JSON.stringify(report, null, 2) : formatReport(report);
  if (values.output) writeFileSync(values.output, `${text}\n`);
  else console.log(text);
  if (values.svg) writeFileSync(values.svg, chart(report));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
