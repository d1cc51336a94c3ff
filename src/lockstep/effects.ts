import type { Machine } from "../emulator/machine.js";
import type { Observer } from "../emulator/observer.js";
import { isStore } from "../fuzz/index.js";
import { INSTRUCTION_BYTES } from "../isa/codec.js";
import { type FieldName, type Instruction, MEMORY } from "../isa/index.js";
import { hashActivation, hashMemory, hashVector } from "../rtl/index.js";
import { type Range, rangeOfAccess } from "./ranges.js";

/** Where an instruction of a functional unit leaves its result. */
export type Place =
  | { readonly kind: "v"; readonly register: number }
  | { readonly kind: "q"; readonly register: number }
  | { readonly kind: "memory"; readonly range: Range };

/** What an instruction did. */
export interface Effect {
  /** Position in program order, from 0. */
  readonly sequence: number;
  /** Its index in the program. */
  readonly index: number;
  readonly instruction: Instruction;
  readonly vl: number;
  /** Scalar registers that it wrote, whether their values changed or not. */
  readonly scalars: ReadonlyMap<number, bigint>;
  readonly place?: Place;
  /** Of what is at the place afterwards. */
  readonly hash?: bigint;
}

/** Whether an instruction goes on in a functional unit after the front end has retired it. */
export function isQueued({ spec }: Instruction): boolean {
  return spec.unit !== "control" && spec.timing !== "scalar_load";
}

/** Of the content of a place, as the core's events have it. */
function hashOf({ v, q, memory }: Machine, place: Place): bigint {
  switch (place.kind) {
    case "v":
      return hashVector(v[place.register]!);
    case "q": {
      const { values, length, absmax } = q[place.register]!;
      return hashActivation(values, length, absmax);
    }
    case "memory":
      return hashMemory(memory.read(place.range.first, place.range.bytes));
  }
}

function placeOf({ spec, fields }: Instruction, range: Range | undefined): Place | undefined {
  if (isStore(spec) && range) return { kind: "memory", range };
  const written = spec.operands.find(
    ({ kind, access }) => (kind === "v" || kind === "q") && access === "w",
  );
  if (!written) return undefined;
  return {
    kind: written.kind as "v" | "q",
    register: fields[written.field as FieldName] ?? 0,
  };
}

function scalarsOf(machine: Machine, { spec, fields }: Instruction): Map<number, bigint> {
  const scalars = new Map<number, bigint>();
  for (const { kind, field, access } of spec.operands) {
    const register = fields[field as FieldName] ?? 0;
    if (kind === "x" && access !== "r" && register !== 0)
      scalars.set(register, machine.x[register]!);
  }
  return scalars;
}

/** Tells `emit` of every instruction that the emulator retires, and of what it did. */
export function recordEffects(emit: (effect: Effect) => void): Observer {
  let range: Range | undefined;
  return {
    before(machine, instruction) {
      range = isStore(instruction.spec) ? rangeOfAccess(machine, instruction) : undefined;
      return false;
    },
    after(machine, instruction) {
      const place = placeOf(instruction, range);
      emit({
        sequence: machine.retired - 1,
        index: (machine.pc - MEMORY.instruction_base) / INSTRUCTION_BYTES,
        instruction,
        vl: machine.vl,
        scalars: scalarsOf(machine, instruction),
        ...(place && { place, hash: hashOf(machine, place) }),
      });
    },
  };
}
