import { describe, expect, it } from "vitest";
import { Emulator } from "../../src/emulator/index.js";
import { generateProgram, programImage } from "../../src/fuzz/index.js";
import { findConfiguration } from "../../src/isa/index.js";
import { Checker } from "../../src/lockstep/checker.js";
import type { Difference } from "../../src/lockstep/difference.js";
import { type Effect, isQueued, recordEffects } from "../../src/lockstep/effects.js";
import { Host } from "../../src/lockstep/host.js";
import type { RetirementEvent } from "../../src/rtl/index.js";

const TINY = findConfiguration("tiny")!;

/** What a core that is right would tell of an instruction. */
function eventsOf(effect: Effect, clock: number): RetirementEvent[] {
  const { sequence, index, instruction, scalars, place, hash } = effect;
  const at = { sequence, index, clock };
  const queued = isQueued(instruction);
  const written = [...scalars].map(([register, value]) => ({ register, value }));
  const isLoad = instruction.spec.timing === "scalar_load";
  const direct = !queued && !isLoad ? written[0] : undefined;
  const events: RetirementEvent[] = [
    { kind: "retired", ...at, queued, ...(direct && { scalar: direct }) },
  ];
  if (queued)
    events.push({
      kind: "done",
      ...at,
      unit: 0,
      destination: "none",
      register: 0,
      length: place?.kind === "memory" ? place.range.bytes : 0,
      address: place?.kind === "memory" ? place.range.first : 0,
      hash: hash ?? 0n,
    });
  if (queued || isLoad)
    for (const scalar of written) events.push({ kind: "scalar", ...at, ...scalar });
  return events;
}

/** The instructions of random programs that run long enough to have some of every kind. */
async function effectsOf(seed: bigint): Promise<Effect[]> {
  const effects: Effect[] = [];
  const emulator = new Emulator({ configuration: TINY, threads: 1 });
  const program = generateProgram(seed, TINY);
  await emulator.load(programImage(program));
  emulator.attach(recordEffects((effect) => effects.push(effect)));
  const host = new Host(program.host);
  while (!(await host.step(emulator)).isLast);
  return effects;
}

function check(
  effects: readonly Effect[],
  events: readonly RetirementEvent[],
): Difference | undefined {
  const checker = new Checker();
  for (const effect of effects) checker.expect(effect);
  for (const event of events) {
    const difference = checker.check(event);
    if (difference) return difference;
  }
  return checker.checkStopped();
}

/** Each way in which an event can be wrong. */
const CORRUPTIONS: readonly [string, (event: RetirementEvent) => RetirementEvent[] | undefined][] =
  [
    ["a content", (e) => (e.kind === "done" ? [{ ...e, hash: e.hash ^ 1n }] : undefined)],
    ["an index", (e) => (e.kind === "retired" ? [{ ...e, index: e.index + 1 }] : undefined)],
    [
      "a position",
      (e) => (e.kind === "retired" ? [{ ...e, sequence: e.sequence + 1 }] : undefined),
    ],
    ["a scalar value", (e) => (e.kind === "scalar" ? [{ ...e, value: e.value ^ 1n }] : undefined)],
    [
      "a scalar value of the front end",
      (e) =>
        e.kind === "retired" && e.scalar
          ? [{ ...e, scalar: { ...e.scalar, value: ~e.scalar.value } }]
          : undefined,
    ],
    [
      "a scalar register",
      (e) => (e.kind === "scalar" ? [{ ...e, register: (e.register + 1) % 32 || 5 }] : undefined),
    ],
    ["queued or not", (e) => (e.kind === "retired" ? [{ ...e, queued: !e.queued }] : undefined)],
    ["an instruction that is missing", (e) => (e.kind === "retired" ? [] : undefined)],
    ["an end that is missing", (e) => (e.kind === "done" ? [] : undefined)],
    ["an end that comes twice", (e) => (e.kind === "done" ? [e, e] : undefined)],
    [
      "an address",
      (e) => (e.kind === "done" && e.length > 0 ? [{ ...e, address: e.address + 64 }] : undefined),
    ],
    [
      "a number of bytes",
      (e) => (e.kind === "done" && e.length > 0 ? [{ ...e, length: e.length + 4 }] : undefined),
    ],
  ];

describe("the comparison", () => {
  it("has nothing to say of a core that does what the emulator does", async () => {
    for (let seed = 0n; seed < 20n; seed++) {
      const effects = await effectsOf(seed);
      expect(check(effects, effects.flatMap(eventsOf))).toBeUndefined();
    }
  });

  it.each(CORRUPTIONS)("finds %s, wherever it is", async (_, corrupt) => {
    let tried = 0;
    for (let seed = 0n; seed < 6n; seed++) {
      const effects = await effectsOf(seed);
      const events = effects.flatMap(eventsOf);
      for (const [i, event] of events.entries()) {
        // Without a destination there is no content.
        const effect = effects.find(({ sequence }) => sequence === event.sequence)!;
        if (event.kind === "done" && !effect.place) continue;
        const instead = corrupt(event);
        if (!instead) continue;
        // Both registers of argmax may hold already what it writes: then it does not matter which one it names.
        const [other] = instead;
        if (
          other?.kind === "scalar" &&
          event.kind === "scalar" &&
          other.register !== event.register &&
          effect.scalars.has(other.register)
        )
          continue;
        if (tried++ > 150) continue;
        const difference = check(effects, [
          ...events.slice(0, i),
          ...instead,
          ...events.slice(i + 1),
        ]);
        expect(difference, `seed ${seed}, event ${i}`).toBeDefined();
      }
    }
    expect(tried).toBeGreaterThan(5);
  });
});
