import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assemble } from "../../src/assembler/index.js";

// The warnings claim to be certain. Here programs run along random paths, which note for every
// element of every register who wrote it and whether it was read: no warned write is ever read, and
// no warned instruction is ever reached.

const REGISTERS = 3;
const LENGTHS = [1, 2, 3] as const;

type Step =
  | { kind: "write"; to: number }
  | { kind: "move"; to: number; from: number }
  | { kind: "read"; from: number }
  | { kind: "length"; length: number }
  | { kind: "jump" | "branch"; target: number }
  | { kind: "halt" };

function anyProgram(): fc.Arbitrary<Step[]> {
  return fc.integer({ min: 1, max: 14 }).chain((size) => {
    const register = fc.nat(REGISTERS - 1);
    const target = fc.nat(size - 1);
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ kind: fc.constant("write" as const), to: register }) },
      {
        weight: 3,
        arbitrary: fc.record({ kind: fc.constant("move" as const), to: register, from: register }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("read" as const), from: register }) },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant("length" as const),
          length: fc.constantFrom(...LENGTHS),
        }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("jump" as const), target }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("branch" as const), target }) },
      { weight: 1, arbitrary: fc.constant({ kind: "halt" as const }) },
    );
    return fc.array(step, { minLength: size, maxLength: size });
  });
}

/** One line for each step; targets are written relative, so that no label keeps a step reachable. */
function written(steps: readonly Step[]): string {
  return steps.map(line).join("\n");
}

function line(step: Step, index: number): string {
  switch (step.kind) {
    case "write":
      return `splat v${step.to}, x5`;
    case "move":
      return `exp v${step.to}, v${step.from}`;
    case "read":
      return `sv 0(x5), v${step.from}`;
    case "length":
      return `setvli ${step.length}`;
    case "jump":
      return `j . + ${8 * (step.target - index)}`;
    case "branch":
      return `beq x5, x6, . + ${8 * (step.target - index)}`;
    case "halt":
      return "halt";
  }
}

/** Run along one path; `takes` says which branches are taken. */
function run(steps: readonly Step[], takes: () => boolean, read: Set<number>, ran: Set<number>) {
  const writers = Array.from({ length: REGISTERS }, () => new Array<number>(3).fill(-1));
  let length = 1;
  let at = 0;
  const use = (register: number) => {
    for (let i = 0; i < length; i++) read.add(writers[register]![i]!);
  };
  for (let count = 0; count < 60 && at < steps.length; count++) {
    const step = steps[at]!;
    ran.add(at);
    if (step.kind === "halt") return;
    if (step.kind === "read" || step.kind === "move") use(step.from);
    if (step.kind === "write" || step.kind === "move") writers[step.to]!.fill(at, 0, length);
    if (step.kind === "length") length = step.length;
    if (step.kind === "jump" || (step.kind === "branch" && takes())) at = step.target;
    else at++;
  }
}

describe("warnings", () => {
  test("of dead writes and of unreachable code hold on every path", () => {
    let dead = 0;
    let unreachable = 0;
    fc.assert(
      fc.property(anyProgram(), fc.infiniteStream(fc.boolean()), (steps, choices) => {
        const { image, diagnostics } = assemble("s.tasm", written(steps), {
          readFile: () => undefined,
        });
        expect(image).toBeDefined();
        const read = new Set<number>();
        const ran = new Set<number>();
        for (let path = 0; path < 20; path++) run(steps, () => choices.next().value, read, ran);
        for (const { message, span } of diagnostics) {
          const index = span!.line - 1;
          if (message.includes("never reached")) {
            unreachable++;
            expect(ran.has(index), message).toBe(false);
          } else if (!message.includes("no instruction writes it")) {
            dead++;
            expect(message).toMatch(/never read|before it is read/);
            expect(read.has(index), message).toBe(false);
          }
        }
      }),
      { numRuns: 1500 },
    );
    expect(dead).toBeGreaterThan(100);
    expect(unreachable).toBeGreaterThan(100);
  });

  test("say nothing where a computed jump may lead anywhere", () => {
    const source =
      "    la x5, here\n    jalr x0, 0(x5)\n    nop\nhere:\n    splat v0, x5\n    ret\n";
    expect(assemble("s.tasm", source, { readFile: () => undefined }).diagnostics).toEqual([]);
  });
});
