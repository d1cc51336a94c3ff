/**
 * `npm run fuzz`: random programs on the emulator and the simulated core, compared instruction by
 * instruction. The first program on which they differ is made small, printed, and written as a .tasm
 * file; then it fails. That program again: its seed as --seed, the first --seed as --dram-seed.
 *
 *   --seconds N      how long (default 60)
 *   --seed S         seed of the first program (default: the time); the others follow
 *   --config NAME    configuration (default tiny)
 *   --dram MODE      ddr4, ideal or random, or all of them in turn (default all)
 *   --dram-seed S    seed of the DRAM mode random (default: that of the first program)
 *   --no-resets      do not reset the core out of another program before every second one
 *   --coverage FILE  write what the programs covered there, as Markdown, or JSON by its name
 *   --page FILE      put the coverage into a page, such as docs/lockstep.md
 *   --output FOLDER  where the failing program goes (default: here)
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { programSize, programText } from "../../src/fuzz/index.js";
import { findConfiguration } from "../../src/isa/index.js";
import {
  Coverage,
  coverageRows,
  coverageTable,
  type Failure,
  Fuzzer,
  formatDifference,
} from "../../src/lockstep/index.js";
import { DRAM_MODES, type DramMode } from "../../src/rtl/index.js";
import { SIMULATOR_CACHE } from "../rtl/simulator.js";
import { writeSection } from "../support/generated-section.js";

const { values } = parseArgs({
  allowNegative: true,
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: String(Date.now()) },
    config: { type: "string", default: "tiny" },
    dram: { type: "string", default: "all" },
    "dram-seed": { type: "string" },
    resets: { type: "boolean", default: true },
    coverage: { type: "string" },
    page: { type: "string" },
    output: { type: "string", default: "." },
  },
});

const configuration = findConfiguration(values.config);
if (!configuration) throw new Error(`there is no configuration "${values.config}"`);
const modes = values.dram === "all" ? DRAM_MODES : DRAM_MODES.filter((m) => m === values.dram);
if (modes.length === 0) throw new Error(`--dram ${values.dram}: expected ${DRAM_MODES.join(", ")}`);

const coverage = new Coverage(configuration);
const firstSeed = BigInt(values.seed);
const dramSeed = BigInt(values["dram-seed"] ?? values.seed);
const fuzzers = modes.map((dram: DramMode) => {
  const rtl = { cacheFolder: SIMULATOR_CACHE, dram, seed: dramSeed, randomInitial: true };
  return { dram, fuzzer: new Fuzzer({ configuration, coverage, rtl, resets: values.resets }) };
});

function report({ original, program, difference, before }: Failure, dram: DramMode): void {
  const file = join(values.output, `fuzz-${configuration!.name}-${original.seed}.tasm`);
  const first = before ? `, reset out of ${before.program.seed} after ${before.clocks} clocks` : "";
  const text = `# DRAM ${dram}, its seed ${dramSeed}${first}\n# ${formatDifference(difference).replaceAll("\n", "\n# ")}\n${programText(program)}`;
  writeFileSync(file, text);
  console.log(`\n${text}`);
  console.log(
    `seed ${original.seed}, DRAM ${dram}: ${programSize(original)} statements, ${programSize(program)} are enough: ${file}`,
  );
}

const started = performance.now();
const end = started + 1000 * Number(values.seconds);
let seed = firstSeed;
let failed = false;
let shown = performance.now();
while (performance.now() < end && !failed) {
  const { dram, fuzzer } = fuzzers[Number(seed % BigInt(fuzzers.length))]!;
  const failure = await fuzzer.runSeed(seed);
  if (failure) {
    report(failure, dram);
    failed = true;
  }
  seed++;
  if (performance.now() - shown > 10_000) {
    shown = performance.now();
    console.error(`${seed - firstSeed} programs`);
  }
}
for (const { fuzzer } of fuzzers) await fuzzer.close();

const sum = (what: "programs" | "resets" | "instructions" | "clocks") =>
  fuzzers.reduce((total, { fuzzer }) => total + fuzzer[what], 0).toLocaleString("en");
console.log(
  `${sum("programs")} programs from seed ${firstSeed} on ${configuration.name}: ${sum("instructions")} instructions, ${sum("clocks")} clocks, ${sum("resets")} after a reset, ${Math.round((performance.now() - started) / 1000)} s, ${failed ? "a difference" : "no difference"}`,
);
const table = coverageTable(coverage.groups());
if (values.page !== undefined) writeSection(values.page, "coverage", table);
if (values.coverage === undefined) console.log(`\n${table}`);
else
  writeFileSync(
    values.coverage,
    values.coverage.endsWith(".json")
      ? `${JSON.stringify(coverageRows(coverage.groups()), undefined, 2)}\n`
      : table,
  );
process.exitCode = failed ? 1 : 0;
