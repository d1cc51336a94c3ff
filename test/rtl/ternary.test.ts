import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CONFIGURATIONS, LATENCIES, MEMORY } from "../../src/isa/generated.js";
import { ELEMENT_MAX, ELEMENT_MIN } from "../../src/numerics/fixed.js";
import { randomNumbers } from "../../src/session/random.js";
import { casesToTest } from "./configurations.js";
import {
  anyFactor,
  integer,
  type Outcome,
  type Product,
  parseOutcomes,
  productClocks,
  type Sizes,
  writeProducts,
} from "./ternary-products.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

// Verilator's runtime is the same for all configurations: compile it once where there is ccache.
const hasCcache = spawnSync("ccache", ["--version"]).status === 0;
const env = hasCcache ? { ...process.env, OBJCACHE: "ccache" } : process.env;

function run(command: string, args: readonly string[]) {
  return spawnSync(command, args, { cwd: root, env, encoding: "utf8", maxBuffer: 1 << 28 });
}

const missing = ["verilator", "g++", "make"].filter(
  (tool) => run(tool, ["--version"]).status !== 0,
);
if (missing.length > 0)
  console.warn(`the ternary unit is not tested: ${missing.join(", ")} not found`);

/** What ternary_tb.sv prints as name=number. */
function parseNumbers(printed: string): Record<string, number> {
  const numbers = [...printed.matchAll(/(\w+)=(\d+)/g)];
  return Object.fromEntries(numbers.map(([, name, value]) => [name, Number(value)]));
}

/** The variant of the last configuration that ternary_tb.sv makes. */
function oneWideChannel(configuration: (typeof CONFIGURATIONS)[number]) {
  const { core } = configuration;
  return { ...configuration, core: { ...core, channels: 1, product_granules: 2, weight_fifo: 64 } };
}

/** Widths that are one, a line and its neighbours, half a beat and a beat of d5005, and models' widths. */
const WIDTHS = [1, 63, 64, 65, 128, 129, 192, 256, 257, 320, 511, 512, 513, 1024, 2048, 2560, 6912];

const cases = casesToTest([
  { name: "tiny", products: 60, most: 40_000 },
  { name: "paper", products: 24, most: 12_000 },
  { name: "d5005", products: 90, most: 150_000 },
  { name: "one wide channel", products: 40, most: 50_000 },
]);

/** What is simulated and what is synthesised differ in how the sums are written down. */
const FORMS = [
  ...cases.map((each) => ({ ...each, form: "simulated", flags: [] as string[] })),
  { ...cases[0]!, form: "synthesised", flags: ["-DSYNTHESIS", "-Wno-UNUSEDSIGNAL"] },
];

describe.skipIf(missing.length > 0).each(FORMS)(
  "ternary unit and weight fetch, configuration $name, as it is $form",
  ({ name, products: count, most, flags }) => {
    const found = CONFIGURATIONS.findIndex((configuration) => configuration.name === name);
    const index = found < 0 ? CONFIGURATIONS.length : found;
    const { vlmax, dram, core } =
      CONFIGURATIONS[index] ?? oneWideChannel(CONFIGURATIONS[index - 1]!);
    const sizes: Sizes = {
      vlmax,
      beatBytes: core.beat_bytes,
      lanes: core.lanes,
      productGranules: core.product_granules,
    };
    const folder = mkdtempSync(join(tmpdir(), "ternac-ternary-"));

    beforeAll(() => {
      const build = run("verilator", [
        ...["--cc", "--exe", "--build", "--no-timing", "--assert", "-Wall", "-CFLAGS", "-O0"],
        ...["--Mdir", folder, "--prefix", "Vtestbench", "--top", "ternary_tb", `-GConfig=${index}`],
        ...flags,
        ...["-F", "rtl/ternac.f", "test/rtl/ternary_tb.sv", join(root, "test/rtl/clock_main.cpp")],
      ]);
      expect(build.stderr, "verilator's complaints").not.toMatch(/%(Error|Warning)/);
      expect(build.status).toBe(0);
    }, 300_000);
    afterAll(() => rmSync(folder, { recursive: true }));

    let runs = 0;
    /** Run products, and compare their elements and their clocks. */
    function simulate(
      products: readonly Product[],
      memory: { latency: number; stall: number },
      seed: number,
      ...plusargs: readonly string[]
    ): { outcomes: Outcome[]; printed: string } {
      const path = join(folder, `run${runs++}`);
      mkdirSync(path);
      const random = randomNumbers(BigInt(seed));
      const lines = dram / MEMORY.line_bytes;
      const expected = writeProducts(path, products, memory, lines, random);
      const result = run(join(folder, "Vtestbench"), [
        `+path=${path}/`,
        `+verilator+seed+${seed}`,
        ...plusargs,
      ]);
      const errors = result.stdout.split("\n").filter((line) => line.startsWith("["));
      expect(errors.join("\n")).toBe("");
      expect(result.status).toBe(0);
      const outcomes = parseOutcomes(result.stdout).slice(-products.length);
      expect(outcomes.length).toBe(products.length);
      products.forEach((product, i) => {
        const { elements, clocks, starved } = outcomes[i]!;
        const wrong = elements.findIndex((element, row) => element !== expected[i]![row]);
        const got = `element ${wrong} is ${elements[wrong]}, not ${expected[i]![wrong]}`;
        expect(wrong, `${JSON.stringify(product)}: ${got}`).toBe(-1);
        expect(elements.length).toBe(product.rows);
        expect(clocks - starved, JSON.stringify(product)).toBe(productClocks(product, sizes));
      });
      return { outcomes, printed: result.stdout };
    }

    function anyProduct(random: () => number): Product {
      const widths = WIDTHS.filter((width) => width <= vlmax);
      const columns =
        random() < 0.6 ? widths[integer(random, 0, widths.length - 1)]! : integer(random, 1, vlmax);
      const rows = Math.min(
        vlmax,
        integer(random, 1, Math.max(7, Math.floor((most / columns) * random()))),
      );
      return {
        packing: random() < 0.5 ? "t4" : "t5",
        rows,
        columns,
        ...anyFactor(random),
        gap: random() < 0.5 ? 0 : integer(random, 1, 40),
        fetched: false,
      };
    }

    it.each([
      { latency: 20, stall: 0 },
      { latency: 3, stall: 40 },
    ])("computes what the instruction set says; memory: %o", (memory) => {
      const random = randomNumbers(BigInt(7 + memory.latency));
      const products = Array.from({ length: count }, () => anyProduct(random));
      const { outcomes } = simulate(products, memory, 1 + memory.latency);
      // The comparison means something only if many products have elements in range.
      const inRange = (x: number) => x !== 0 && x < ELEMENT_MAX && x > ELEMENT_MIN;
      const meaning = outcomes.filter(({ elements }) => elements.some(inRange)).length;
      expect(meaning / count).toBeGreaterThan(0.25);
    });

    it("begins again after a reset in the middle of everything", () => {
      const random = randomNumbers(11n);
      const products = Array.from({ length: 5 }, () => anyProduct(random));
      const memory = { latency: 12, stall: 20 };
      for (const clock of [60, 103, 251, 600]) simulate(products, memory, clock, `+reset=${clock}`);
    });

    it("fills the banks, and no more", () => {
      const random = randomNumbers(19n);
      const room = core.weight_fifo * core.product_granules;
      const columns = Math.min(vlmax, 1000);
      const rows = Math.ceil((1.25 * room * core.beat_bytes) / columns) * 4;
      const products = [4000, 0, 3000].map((gap) => ({
        ...anyProduct(random),
        rows,
        columns,
        gap,
      }));
      const { printed } = simulate(products, { latency: 10, stall: 0 }, 23);
      const { held } = parseNumbers(printed);
      expect(held).toBeLessThanOrEqual(room);
      expect(held).toBeGreaterThan(room - core.channels * core.burst);
    });

    it("rescales by any factor", () => {
      const random = randomNumbers(13n);
      const columns = Math.min(64, 8 * core.beat_bytes);
      const products = Array.from({ length: name === "tiny" ? 2000 : 50 }, () => ({
        ...anyProduct(random),
        ...{ rows: integer(random, 1, 5), columns, gap: 0 },
      }));
      const { outcomes, printed } = simulate(products, { latency: 4, stall: 0 }, 17);
      const elements = outcomes.flatMap((outcome) => outcome.elements);
      for (const limit of [ELEMENT_MAX, ELEMENT_MIN])
        expect(elements.filter((x) => x === limit).length).toBeGreaterThan(elements.length / 100);
      // Each of these matrices is one burst.
      if (name === "tiny") expect(printed).toContain(`burst=${LATENCIES.weight_fetch.matrix} `);
    });

    it("never waits for weights that have arrived, and takes the clocks that are stated", () => {
      const random = randomNumbers(3n);
      // What the banks hold.
      const room = (core.weight_fifo * core.product_granules * core.beat_bytes) / 2;
      const products = WIDTHS.filter((width) => width <= Math.min(vlmax, room)).flatMap((columns) =>
        (["t4", "t5"] as const).map((packing) => ({
          ...anyProduct(random),
          ...{ packing, columns, fetched: true },
          rows: Math.max(1, Math.min(150, Math.floor((3 * room) / (columns + 63)) - 4)),
        })),
      );
      const { outcomes, printed } = simulate(products, { latency: 10, stall: 0 }, 5);
      expect(outcomes.map(({ starved }) => starved)).toEqual(products.map(() => 0));
      const { request, burst, retry, fetched, pop } = LATENCIES.weight_fetch;
      const least = parseNumbers(printed);
      expect(least).toMatchObject({ request, retry, fetched, pop });
      // With one burst outstanding, the next request waits for the data.
      if (core.outstanding > 1) expect(least.burst).toBe(burst);
    });
  },
);
