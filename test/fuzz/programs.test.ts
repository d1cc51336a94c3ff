import { describe, expect, it } from "vitest";
import { Emulator } from "../../src/emulator/index.js";
import {
  type FuzzProgram,
  generateProgram,
  programImage,
  programSize,
  programText,
  ROWS,
  type Statement,
  shrink,
} from "../../src/fuzz/index.js";
import { CONFIGURATIONS, findConfiguration } from "../../src/isa/index.js";
import { Host } from "../../src/lockstep/host.js";
import { Coverage, coverageRows } from "../../src/lockstep/index.js";
import type { Stop } from "../../src/target/target.js";

const TINY = findConfiguration("tiny")!;
/** A random program runs a few hundred instructions; one that has no end would run for ever. */
const MOST_INSTRUCTIONS = 50_000;

/** How a program ends; what it does until then is counted. */
async function stopOf(
  emulator: Emulator,
  program: FuzzProgram,
  coverage?: Coverage,
): Promise<Stop> {
  await emulator.load(programImage(program));
  const host = new Host(program.host);
  for (;;) {
    const { stop, isLast } = await host.step(emulator);
    coverage?.stopped(stop);
    expect(await emulator.instructionsRetired()).toBeLessThan(MOST_INSTRUCTIONS);
    if (isLast) return stop;
  }
}

/** Statements, those inside of others included, that are single instructions. */
function idsOf(statements: readonly Statement[]): string[] {
  return statements.flatMap((statement) => {
    if (statement.kind === "skip") return [statement.branch.spec.id, ...idsOf(statement.body)];
    if (statement.kind !== "step") return idsOf(statement.body);
    return statement.lines.flatMap((line) =>
      line.kind === "instruction" ? [line.instruction.spec.id] : [],
    );
  });
}

describe("a random program", () => {
  it("follows from its seed", () => {
    const text = programText(generateProgram(7n, TINY));
    expect(programText(generateProgram(7n, TINY))).toBe(text);
    expect(programText(generateProgram(8n, TINY))).not.toBe(text);
  });

  it.each(CONFIGURATIONS.map(({ name }) => name))("ends, on %s", async (name) => {
    const configuration = findConfiguration(name)!;
    const emulator = new Emulator({ configuration, threads: 1 });
    for (let seed = 0n; seed < 40n; seed++) {
      const { reason } = await stopOf(emulator, generateProgram(seed, configuration));
      expect(["halted", "trap", "input", "output"]).toContain(reason);
    }
    await emulator.close();
  });

  it("ends whatever is left out of it", async () => {
    const emulator = new Emulator({ configuration: TINY, threads: 1 });
    for (let seed = 0n; seed < 12n; seed++) {
      const program = generateProgram(seed, TINY);
      // Every second candidate fails, so that all kinds of simplification are tried and taken.
      let candidates = 0;
      await shrink(
        program,
        async (candidate) => {
          await stopOf(emulator, candidate);
          return candidates++ % 2 === 0;
        },
        60,
      );
      expect(candidates).toBeGreaterThan(10);
    }
    await emulator.close();
  });

  it("covers every instruction, hazard, length class, order in memory and trap with others", async () => {
    const emulator = new Emulator({ configuration: TINY, threads: 1 });
    const coverage = new Coverage(TINY);
    emulator.attach(coverage);
    for (let seed = 0n; seed < 400n; seed++) {
      coverage.begin();
      await stopOf(emulator, generateProgram(seed, TINY), coverage);
    }
    await emulator.close();
    const rows = coverageRows(coverage.groups());
    const missing = (name: string) => rows.find(({ group }) => group === name)!.missing;
    for (const group of ["instructions", "hazards", "memory order", "traps", "stops"])
      expect(missing(group), group).toEqual([]);
    const { covered, total } = rows.find(({ group }) => group === "pairs, adjacent")!;
    expect(covered / total).toBeGreaterThan(0.8);
  });

  it("may hold every instruction of the specification", () => {
    const generated = new Set<string>();
    for (let seed = 0n; seed < 400n; seed++)
      for (const id of idsOf(generateProgram(seed, TINY).statements)) generated.add(id);
    expect(ROWS.map(({ id }) => id).filter((id) => !generated.has(id))).toEqual([]);
  });
});

describe("a failing program", () => {
  it("shrinks to what makes it fail", async () => {
    const has = ({ statements }: FuzzProgram, id: string) => idsOf(statements).includes(id);
    let seed = 0n;
    while (!has(generateProgram(seed, TINY), "div.vv")) seed++;
    const original = generateProgram(seed, TINY);
    const { program } = await shrink(original, async (candidate) => has(candidate, "div.vv"));
    expect(programSize(original)).toBeGreaterThan(10);
    expect(programSize(program)).toBe(1);
    expect(idsOf(program.statements)).toEqual(["div.vv"]);
    expect(program.data).toEqual([]);
    expect(programText(program)).toMatch(/^_start:\n( +#.*\n)? {4}div v\d, v\d, v\d\n$/m);
  });
});
