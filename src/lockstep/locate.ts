import { formatInstruction } from "../disassembler/index.js";
import type { Emulator } from "../emulator/index.js";
import type { Machine } from "../emulator/machine.js";
import type { HostPlan } from "../fuzz/index.js";
import { registerOperands } from "../fuzz/index.js";
import type { Image } from "../image/image.js";
import { INSTRUCTION_BYTES } from "../isa/codec.js";
import { type FieldName, MEMORY } from "../isa/index.js";
import type { Target } from "../target/target.js";
import type { Difference, ElementDifference, LocatedDifference } from "./difference.js";
import type { Effect, Place } from "./effects.js";
import { Host } from "./host.js";

/** Elements of a vector that a report shows. */
const SHOWN = 8;

function list(values: ArrayLike<number>, length: number): string {
  const shown = Array.from({ length: Math.min(SHOWN, length) }, (_, i) => values[i]);
  return `[${shown.join(" ")}${length > SHOWN ? ` ... ${length} in all` : ""}]`;
}

/** The operands that an instruction reads, such as `x5 = 3`, and the vector length. */
function operandTexts(machine: Machine, { instruction }: Effect): string[] {
  const { spec, fields } = instruction;
  const texts = (["v", "q", "x"] as const).flatMap((file) =>
    registerOperands(spec, file, "r").map(({ field }) => {
      const register = fields[field as FieldName] ?? 0;
      const name = `${file}${register}`;
      if (file === "x") return `${name} = ${machine.x[register]}`;
      if (file === "v") return `${name} = ${list(machine.v[register]!, machine.vl)}`;
      const { values, length, absmax } = machine.q[register]!;
      return `${name} = ${list(values, length)} absmax ${absmax}`;
    }),
  );
  return [...new Set(texts), `vl = ${machine.vl}`];
}

/** The bytes of a place, as `contentsOf` gives what the emulator has there. */
export function contentsFrom(bytes: Uint8Array, place: Place): ArrayLike<number> {
  // A copy with a buffer of its own: of a Buffer, slice() would give a view.
  const { buffer } = new Uint8Array(bytes);
  if (place.kind === "v") return new Int32Array(buffer);
  return place.kind === "q" ? new Int8Array(buffer) : bytes;
}

/** The contents of a place: elements, values (without length and absmax), or bytes. */
export function contentsOf(machine: Machine, place: Place): ArrayLike<number> {
  switch (place.kind) {
    case "v":
      return machine.v[place.register]!.slice();
    case "q": {
      const { values, length } = machine.q[place.register]!;
      return values.slice(0, length);
    }
    case "memory":
      return machine.memory.read(place.range.first, place.range.bytes);
  }
}

/** Where two contents differ first. */
export function firstDifference(
  expected: ArrayLike<number>,
  actual: ArrayLike<number>,
): ElementDifference | undefined {
  let index = -1;
  let count = 0;
  for (let i = 0; i < Math.max(expected.length, actual.length); i++) {
    if (expected[i] === actual[i]) continue;
    if (count++ === 0) index = i;
  }
  if (count === 0) return undefined;
  return { index, expected: expected[index] ?? NaN, actual: actual[index] ?? NaN, count };
}

/** What ran on the emulator, to be run again. */
export interface Rerun {
  readonly emulator: Emulator;
  readonly image: Image;
  readonly plan: HostPlan;
  readonly prepare?: (target: Target) => Promise<void>;
}

/** Run the emulator again until so many instructions have retired. */
async function runTo({ emulator, image, plan, prepare }: Rerun, sequence: number): Promise<void> {
  await emulator.load(image);
  await prepare?.(emulator);
  const detach = emulator.attach({ before: (machine) => machine.retired === sequence });
  const host = new Host(plan);
  for (;;) {
    const { stop, isLast } = await host.step(emulator);
    if (stop.reason === "break" || isLast) break;
  }
  detach();
}

/**
 * Add to a difference what its instruction is, where it comes from and what it read.
 * @param actual what the core has at the instruction's place; undefined when nobody knows
 */
export async function locateDifference(
  difference: Difference,
  rerun: Rerun,
  actual: (effect: Effect) => Promise<ArrayLike<number> | undefined>,
): Promise<LocatedDifference> {
  const { emulator, image } = rerun;
  const { effect } = difference;
  if (!effect) return difference;
  const address = MEMORY.instruction_base + INSTRUCTION_BYTES * effect.index;
  const source = image.lines[effect.index];
  await runTo(rerun, effect.sequence);
  const operands = operandTexts(emulator.machine, effect);
  const { place } = effect;
  const core =
    place && difference.expected.startsWith("content") ? await actual(effect) : undefined;
  emulator.execute(1);
  const element = place && core && firstDifference(contentsOf(emulator.machine, place), core);
  return {
    ...difference,
    text: formatInstruction(effect.instruction, { address }),
    ...(source && { source }),
    operands,
    ...(element && { element }),
  };
}

/** A difference as several lines of text. */
export function formatDifference(difference: LocatedDifference): string {
  const { what, expected, actual, clock, effect, text, source, operands, element } = difference;
  const lines: string[] = [];
  if (effect) {
    const place = source ? ` (${source.file}:${source.line})` : "";
    lines.push(`instruction ${effect.sequence}, index ${effect.index}: ${text}${place}`);
  }
  if (operands) lines.push(`  reads      ${operands.join(", ")}`);
  lines.push(`  differs    ${what}`);
  if (element) {
    lines.push(
      `  element    ${element.index}, the first of ${element.count}`,
      `  emulator   ${element.expected}`,
      `  core       ${element.actual}`,
    );
  } else lines.push(`  emulator   ${expected}`, `  core       ${actual}`);
  if (clock !== undefined) lines.push(`  clock      ${clock}`);
  return lines.join("\n");
}
