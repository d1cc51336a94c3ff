import type { Emulator } from "../emulator/index.js";
import type { HostPlan } from "../fuzz/index.js";
import type { Image } from "../image/image.js";
import type { RetirementEvent, RtlTarget } from "../rtl/index.js";
import { describeStop } from "../target/stop.js";
import type { Stop, Target } from "../target/target.js";
import { Checker } from "./checker.js";
import type { Coverage } from "./coverage.js";
import type { Difference, LocatedDifference } from "./difference.js";
import { type Effect, recordEffects } from "./effects.js";
import { Host, type HostStep } from "./host.js";
import { contentsFrom, firstDifference, locateDifference } from "./locate.js";

export interface LockstepOptions {
  readonly image: Image;
  readonly emulator: Emulator;
  /** Its queues must be exact. */
  readonly core: RtlTarget;
  readonly plan: HostPlan;
  readonly coverage?: Coverage | undefined;
  /** Change the DRAM of a machine, before it runs. */
  readonly prepare?: (target: Target) => Promise<void>;
  /** Find out more about a difference, for which both run again. Default: true. */
  readonly locate?: boolean;
  /** Called whenever both have stopped without a difference. */
  readonly onStep?: (step: HostStep) => Promise<void>;
}

export interface LockstepResult {
  readonly stop: Stop;
  readonly instructions: number;
  readonly clocks: number;
  /** The first difference, if there is one. */
  readonly difference?: LocatedDifference;
}

function stopDifference(expected: Stop, actual: Stop): Difference | undefined {
  const key = (stop: Stop) =>
    stop.reason === "trap"
      ? [stop.trap, BigInt.asUintN(64, stop.value), stop.pc].join()
      : stop.reason;
  if (key(expected) === key(actual)) return undefined;
  return {
    what: "how the program stopped",
    expected: describeStop(expected),
    actual: describeStop(actual),
    clock: undefined,
  };
}

function stepDifference(expected: HostStep, actual: HostStep): Difference | undefined {
  const stop = stopDifference(expected.stop, actual.stop);
  if (stop) return stop;
  if (expected.pushed !== actual.pushed)
    return {
      what: "input queue",
      expected: `takes ${expected.pushed} entries`,
      actual: `takes ${actual.pushed}`,
      clock: undefined,
    };
  const [want, got] = [expected.output, actual.output].map(String);
  if (want !== got)
    return { what: "output queue", expected: want!, actual: got!, clock: undefined };
  return undefined;
}

/** Bytes that are compared at once: a chunk of the emulator's memory. */
const PIECE = 2 ** 20;

/** DRAM that either of them holds, compared at the end: what stores wrote where they should not. */
async function memoryDifference({
  emulator,
  core,
}: LockstepOptions): Promise<Difference | undefined> {
  const pieces = new Set(emulator.snapshot().memory.keys());
  for (const page of await core.writtenPages()) pieces.add(Math.floor(page / PIECE));
  for (const start of [...pieces].sort((a, b) => a - b).map((piece) => piece * PIECE)) {
    const length = Math.min(PIECE, emulator.configuration.dram - start);
    const expected = await emulator.readMemory(start, length);
    const actual = await core.readMemory(start, length);
    if (Buffer.compare(expected, actual) === 0) continue;
    const { index, count, ...values } = firstDifference(expected, actual)!;
    return {
      what: `M[0x${(start + index).toString(16)}] at the end, the first of ${count} bytes`,
      expected: String(values.expected),
      actual: String(values.actual),
      clock: undefined,
    };
  }
  return undefined;
}

/** One step of both, compared. */
async function step(
  options: LockstepOptions,
  hosts: readonly [Host, Host],
  checker: Checker,
  events: RetirementEvent[],
): Promise<HostStep | Difference> {
  const { emulator, core } = options;
  const expected = await hosts[0].step(emulator);
  options.coverage?.stopped(expected.stop);
  let actual: HostStep;
  try {
    actual = await hosts[1].step(core);
  } catch (error) {
    return { what: "the core", expected: "runs", actual: String(error), clock: undefined };
  }
  for (const event of events.splice(0)) {
    const difference = checker.check(event);
    if (difference) return difference;
  }
  const difference = stepDifference(expected, actual) ?? checker.checkStopped();
  if (difference) return difference;
  const [instructions, retired] = [
    await emulator.instructionsRetired(),
    await core.instructionsRetired(),
  ];
  if (instructions !== retired)
    return {
      what: "instructions retired",
      expected: String(instructions),
      actual: String(retired),
      clock: undefined,
    };
  if (!expected.isLast) return expected;
  return (await memoryDifference(options)) ?? expected;
}

/**
 * Run a program on the emulator and on the core, and compare them instruction by instruction: the order
 * in which they retire, scalar registers, the content of every destination, traps, queues, and DRAM
 * at the end. Stops at the first difference.
 * @throws UserError when one of them refuses the image
 */
export async function runLockstep(options: LockstepOptions): Promise<LockstepResult> {
  const { emulator, core, plan, coverage } = options;
  await loadBoth(options);
  const checker = new Checker();
  const events: RetirementEvent[] = [];
  await core.setEventListener((more) => {
    for (const event of more) events.push(event);
  });
  const observers = [emulator.attach(recordEffects((effect) => checker.expect(effect)))];
  if (coverage) {
    coverage.begin();
    observers.push(emulator.attach(coverage));
  }
  const hosts = [new Host(plan), new Host(plan)] as const;
  let last: HostStep | Difference;
  do {
    last = await step(options, hosts, checker, events);
    if ("what" in last) break;
    await options.onStep?.(last);
  } while (!last.isLast);
  for (const detach of observers) detach();
  const instructions = await emulator.instructionsRetired();
  if (!("what" in last)) return { stop: last.stop, instructions, clocks: await core.cycles() };
  if (options.locate === false)
    return { stop: { reason: "break" }, instructions, clocks: last.clock ?? 0, difference: last };
  const difference = await locateDifference(last, options, (effect) =>
    capturedContent(options, effect),
  );
  return { stop: { reason: "break" }, instructions, clocks: last.clock ?? 0, difference };
}

async function loadBoth({ image, emulator, core, prepare }: LockstepOptions): Promise<void> {
  for (const target of [emulator, core]) {
    await target.load(image);
    await prepare?.(target);
  }
}

/** What the core leaves at an instruction's place: it runs again, as before, up to there. */
async function capturedContent(
  { core, image, plan, prepare }: LockstepOptions,
  { sequence, place }: Effect,
): Promise<ArrayLike<number> | undefined> {
  await core.load(image);
  await prepare?.(core);
  await core.capture(sequence);
  await core.setEventListener(() => {});
  const host = new Host(plan);
  let bytes: Uint8Array | undefined;
  try {
    for (let isLast = false; !isLast && !bytes; bytes = await core.captured())
      ({ isLast } = await host.step(core));
    await core.capture(undefined);
  } catch {
    // It may run into an assertion, which ends the simulator.
  }
  return bytes && place && contentsFrom(bytes, place);
}
