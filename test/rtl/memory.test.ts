import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LATENCIES } from "../../src/isa/index.js";
import { loadWrites, type MemorySide, storeDone } from "./lsu-timing.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

function run(command: string, args: readonly string[]) {
  return spawnSync(command, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
}

const missing = ["verilator", "g++", "make"].filter(
  (tool) => run(tool, ["--version"]).status !== 0,
);
if (missing.length > 0)
  console.warn(`the core's memory side is not tested: ${missing.join(", ")} not found`);

/** "key value key value" as numbers. */
function fields(line: string): Record<string, number> {
  return Object.fromEntries(
    Array.from(line.matchAll(/([a-z_]+) (\d+)/g), ([, key, value]) => [key!, Number(value)]),
  );
}

// As memory_top.sv numbers them; the last one is not public. Enough operations for each kind with every
// vl from 1 to three words and more.
const configurations = [
  { config: 0, name: "tiny", operations: 700 },
  { config: 1, name: "paper", operations: 400 },
  { config: 2, name: "d5005", operations: 1300 },
  { config: 3, name: "two channels, beats of 16 bytes, 32 lanes", operations: 700 },
];

describe.skipIf(missing.length > 0)("load/store unit, scalar loads and memory ports", () => {
  const folder = mkdtempSync(join(tmpdir(), "ternac-memory-"));
  const testbench = (...args: (string | number)[]) => {
    const result = run(join(folder, "Vmemory_top"), args.map(String));
    expect(result.status, result.stdout.slice(-500) + result.stderr).toBe(0);
    return result.stdout.trim().split("\n");
  };

  beforeAll(() => {
    const build = run("verilator", [
      ...["--cc", "--exe", "--build", "--assert", "-Wall", "-j", "2"],
      ...["-Itest/rtl", "-CFLAGS", `-O0 -I${join(root, "test/rtl")}`],
      ...["--Mdir", folder, "--top", "memory_top", "-F", "rtl/ternac.f", "test/rtl/memory_top.sv"],
      join(root, "test/rtl/memory_tb.cpp"),
    ]);
    expect(build.stderr, "verilator's complaints").not.toMatch(/%(Error|Warning)/);
    expect(build.status, build.stdout.slice(-2000)).toBe(0);
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  describe.each(configurations)("$name", ({ config, operations }) => {
    it.each([1, 2, 3])("moves the right bytes, whatever memories do (seed %i)", (seed) => {
      const [line] = testbench("random", config, seed, operations);
      const counts = fields(line!);
      // The comparison means something only if all of this took place.
      expect(counts.operations! + counts.resets!).toBe(operations);
      expect(counts.resets).toBeGreaterThan(0);
      expect(counts.scalar_loads).toBeGreaterThan(100);
      expect(counts.weight_beats).toBeGreaterThan(300);
      expect(counts.data_first).toBeGreaterThan(0);
      if (config !== 1) expect(counts.interleaved).toBeGreaterThan(0);
      if (config === 2) expect(counts.alignments, "first channels of vectors").toBe(0b1111);
    });

    it("takes the clocks that docs/core.md says", () => {
      const [first, ...lines] = testbench("timing", config, 1, 60);
      const configuration = fields(first!);
      const beat = configuration.beat!;
      const { lsu, scalar_load, memory_port } = LATENCIES;
      let checked = 0;
      for (const line of lines) {
        const { load, latency, vl, granule, address, data, done } = fields(line);
        const side = { ...configuration, latency } as unknown as MemorySide;
        if (load !== undefined) {
          // All its bursts are asked for before the first granule is back.
          const beats = Math.ceil(load / beat);
          const requests = scalar_load.request + memory_port.request + latency!;
          expect(done, line).toBe(requests + beats - 1 + scalar_load.result);
        } else if (line.startsWith("ldv")) {
          const width = line.startsWith("ldv.b") ? 1 : line.startsWith("ldv.h") ? 2 : 4;
          const writes = line.split("writes ")[1]!.split(" ").map(Number);
          expect(address, line).toBe(lsu.request + memory_port.request);
          expect(writes, line).toEqual(loadWrites(side, vl!, width, granule!));
          expect(done, line).toBe(writes.at(-1));
        } else {
          const scalar = !line.startsWith("sv");
          const bytes = line.startsWith("sv") ? 4 * vl! : line.startsWith("sw") ? 4 : 8;
          const granules = Math.ceil(bytes / beat);
          expect(address, line).toBe(lsu.request + memory_port.request);
          expect(data, line).toBe(
            (scalar ? lsu.scalar_data : lsu.vector_data) + memory_port.write_data,
          );
          expect(done, line).toBe(storeDone(side, granules, granule!, scalar));
        }
        checked++;
      }
      expect(checked).toBe(120);
    });
  });
});
