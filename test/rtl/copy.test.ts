/** The copy engine: random copies, byte for byte, and how much of the host link's rate it gets. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DDR4_2400 } from "../../src/dram/ddr4.js";
import { CONFIGURATIONS } from "../../src/isa/index.js";
import { DRAM_TIMINGS } from "../../src/rtl/index.js";
import { testsEveryConfiguration } from "./configurations.js";
import { missingTools, run } from "./verilator.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const missing = missingTools();
if (missing.length > 0)
  console.warn(`the copy engine is not tested: ${missing.join(", ")} not found`);

// The last one is not public: a line has granules of both of its banks, twice.
const cases = [
  ...CONFIGURATIONS.map(({ name, core }, config) => ({ name, config, mhz: core.clock_mhz })),
  { name: "two banks of 16 bytes", config: CONFIGURATIONS.length, mhz: 100 },
];
// One bank of less than a line, and banks of a line each, are different enough to be there always.
const always = ["tiny", "d5005"];

const packages = ["-F", "rtl/ternac.f", "rtl/card/ternac_csr_pkg.sv"];
const timing = DRAM_TIMINGS.map((name) => DDR4_2400[name]);

describe
  .skipIf(missing.length > 0)
  .each(cases.filter(({ name }) => testsEveryConfiguration || always.includes(name)))(
  "the copy engine of $name",
  ({ name, config, mhz }) => {
    const folder = mkdtempSync(join(tmpdir(), "ternac-copy-"));
    const testbench = (...args: (string | number)[]) => {
      const result = run(join(folder, "Vcopy_top"), [...args, mhz, ...timing].map(String));
      expect(result.status, result.stdout.slice(-500) + result.stderr).toBe(0);
      return Object.fromEntries(
        [...result.stdout.matchAll(/(\w+) ([\d.]+)/g)].map(([, key, value]) => [
          key,
          Number(value),
        ]),
      );
    };

    beforeAll(() => {
      const shared = ["axi_channel", "dram_policy", "ddr4", "memory", "board/host_link"];
      const folders = ["rtl/sim", "rtl/sim/board"].map((path) => `-I${join(root, path)}`);
      const build = run("verilator", [
        ...["--cc", "--exe", "--build", "--assert", "-Wall", "-j", "2", `-GConfigIndex=${config}`],
        ...["--x-assign", "unique", "--x-initial", "unique"],
        ...["-Irtl/card", "-CFLAGS", `-O1 -std=c++17 ${folders.join(" ")}`],
        ...["--Mdir", folder, "--top", "copy_top", ...packages, "test/rtl/copy_top.sv"],
        ...["test/rtl/copy_tb.cpp", ...shared.map((file) => `rtl/sim/${file}.cpp`)].map((path) =>
          join(root, path),
        ),
      ]);
      expect(build.stderr, "verilator's complaints").not.toMatch(/%(Error|Warning)/);
      expect(build.status, build.stdout.slice(-2000)).toBe(0);
    }, 600_000);
    afterAll(() => rmSync(folder, { recursive: true }));

    // Odd seeds: the models of DRAM and link; even ones: both hesitate everywhere.
    it.each([1, 2, 3, 4])("moves the right bytes, and nothing else (seed %i)", (seed) => {
      const counts = testbench("random", seed, 120);
      // The comparison means something only if all of this took place.
      expect(counts.copies).toBeGreaterThanOrEqual(120);
      expect(counts.refused).toBeGreaterThan(0);
      expect(counts.without_host).toBeGreaterThan(5);
      expect(counts.bytes).toBeGreaterThan(300_000);
    });

    it("gets nearly all of what link and banks can move", () => {
      const rates = testbench("throughput", 2);
      console.log(`copies of ${name}, GB/s: ${JSON.stringify(rates)}`); // docs/card/hardware.md
      const core = CONFIGURATIONS[config]?.core;
      const banks = core
        ? Math.min(19.2, (core.beat_bytes * core.clock_mhz) / 1000) * core.channels
        : 3.2;
      const most = Math.min(rates.link!, rates.port!, banks);
      // These are the models' clocks, not this machine's: they are always the same.
      for (const direction of ["to_card", "to_host"])
        expect(rates[direction], direction).toBeGreaterThan((name === "paper" ? 0.1 : 0.93) * most);
      for (const direction of ["check", "zero"])
        expect(rates[direction], direction).toBeGreaterThanOrEqual(rates.to_card! * 0.98);
    });
  },
);
