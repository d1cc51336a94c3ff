import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Emulator } from "../../src/emulator/index.js";
import { TRAPS } from "../../src/isa/index.js";
import { TINY } from "../emulator/images.js";
import { directedPrograms } from "./directed-programs.js";
import { benchInput, expectedOutput } from "./front-bench.js";
import { scalarProgram } from "./scalar-program.js";
import { build, missingTools, run } from "./verilator.js";

const missing = missingTools();
if (missing.length > 0)
  console.warn(`the front end is not tested: ${missing.join(", ")} not found`);

describe.skipIf(missing.length > 0)("the front end and the issue stage", () => {
  const folder = mkdtempSync(join(tmpdir(), "ternac-front-"));
  const random = fc.sample(scalarProgram, { numRuns: 400, seed: 1 });
  const programs = [...directedPrograms(), ...random];
  let simulated: string[][] = [];
  let expected: string[][] = [];

  beforeAll(async () => {
    const bench = build("front_tb", folder, ["test/rtl/front_tb.sv"]);
    const file = join(folder, "programs.hex");
    writeFileSync(file, programs.map(benchInput).join(""));
    const result = run(bench, [`+programs=${file}`, "+verilator+seed+7"]);
    expect(result.stdout.split("\n").filter((line) => /Error|Assert/.test(line))).toEqual([]);
    expect(result.status).toBe(0);
    // "clocks" ends a program.
    simulated = result.stdout.split(/^clocks .*\n/m).map((text) => text.trimEnd().split("\n"));
    const emulator = new Emulator({ configuration: TINY, kernel: "plain" });
    expected = [];
    for (const program of programs) expected.push(await expectedOutput(emulator, program));
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  const outputs = (lines: readonly string[]) => lines.filter((line) => line.startsWith("out "));
  const others = (lines: readonly string[]) => lines.filter((line) => !line.startsWith("out "));

  it("retire what the emulator retires, and end where it ends, with the same state", () => {
    for (const [i, program] of programs.entries()) {
      expect(
        others(simulated[i]!),
        JSON.stringify(program, (_, v) => (typeof v === "bigint" ? `${v}` : v)),
      ).toEqual(others(expected[i]!));
    }
  });

  it("hand the host the same entries", () => {
    for (const i of programs.keys()) expect(outputs(simulated[i]!)).toEqual(outputs(expected[i]!));
  });

  it("were compared for every trap and every way to stop", () => {
    const seen = (pattern: RegExp) =>
      new Set(expected.flatMap((lines) => lines.flatMap((line) => line.match(pattern)?.[1] ?? [])));
    const codes = Object.entries(TRAPS)
      // Every configuration has every instruction.
      .filter(([name]) => name !== "unsupported")
      .map(([, { code }]) => String(code));
    expect([...seen(/^trap (\d+)/)].sort()).toEqual(codes.sort());
    expect([...seen(/^end (\w+)/)].sort()).toEqual(["halted", "input", "output", "steps", "trap"]);
  });
});
