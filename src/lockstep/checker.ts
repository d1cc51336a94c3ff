import { REGISTERS } from "../isa/index.js";
import type { RetirementEvent } from "../rtl/index.js";
import type { Difference } from "./difference.js";
import { type Effect, isQueued } from "./effects.js";

/** An instruction that goes on after its retirement. */
interface Open {
  readonly effect: Effect;
  /** Nothing but its scalar register is missing. */
  readonly done: boolean;
}

const hex = (hash: bigint) => `content ${hash.toString(16)}`;

/**
 * Compares events of the core with effects of the emulator, one by one. The emulator is ahead: an
 * instruction's effect is expected before the core tells of it.
 */
export class Checker {
  readonly #expected: Effect[] = [];
  /** How many of them have been retired. */
  #retired = 0;
  readonly #open = new Map<number, Open>();
  /** The core's scalar registers, as its events say. */
  readonly #x = new BigInt64Array(REGISTERS.x.count);
  #clock = 0;
  /** What ended last, if it may write scalar registers: events of those follow. */
  #ended: Effect | undefined;

  expect(effect: Effect): void {
    this.#expected.push(effect);
  }

  /** @returns what differs, once */
  check(event: RetirementEvent): Difference | undefined {
    const late = this.#ended;
    if (late && !(event.kind === "scalar" && event.sequence === late.sequence)) {
      this.#ended = undefined;
      const difference = this.#compareScalars(late, undefined);
      if (difference) return difference;
    }
    this.#clock = event.clock;
    switch (event.kind) {
      case "retired":
        return this.#checkRetired(event);
      case "scalar":
        return this.#checkScalar(event);
      case "done":
        return this.#checkDone(event);
    }
  }

  /** What is missing now that the core has stopped and everything in it has ended. */
  checkStopped(): Difference | undefined {
    const ended = this.#ended;
    this.#ended = undefined;
    const difference = ended && this.#compareScalars(ended, undefined);
    if (difference) return difference;
    const effect = this.#expected[this.#retired];
    if (effect) return this.#difference("order", "it retires", "it did not", effect);
    const [open] = this.#open.values();
    if (open) return this.#difference("order", "it ends", "it never ended", open.effect);
    this.#forgetRetired();
    return undefined;
  }

  /** The core's scalar register. */
  scalar(register: number): bigint {
    return this.#x[register]!;
  }

  #forgetRetired(): void {
    this.#expected.splice(0, this.#retired);
    this.#retired = 0;
  }

  #checkRetired(event: RetirementEvent & { kind: "retired" }): Difference | undefined {
    const effect = this.#expected[this.#retired];
    if (!effect)
      return this.#difference(
        "order",
        "no more instructions",
        `instruction ${event.index} retires`,
      );
    this.#retired++;
    // Taken off in large pieces: taking each off the front of a long list is slow.
    if (this.#retired > 4096) this.#forgetRetired();
    if (event.sequence !== effect.sequence)
      return this.#difference(
        "order",
        `it is number ${effect.sequence}`,
        `number ${event.sequence}`,
        effect,
      );
    if (event.index !== effect.index)
      return this.#difference("pc", `index ${effect.index}`, `index ${event.index}`, effect);
    if (event.scalar) this.#x[event.scalar.register] = event.scalar.value;
    const queued = isQueued(effect.instruction);
    if (event.queued !== queued)
      return this.#difference("order", String(queued), `queued: ${event.queued}`, effect);
    if (queued || effect.instruction.spec.timing === "scalar_load") {
      // A load into x0 leaves no trace.
      if (queued || effect.scalars.size > 0)
        this.#open.set(effect.sequence, { effect, done: !queued });
      return undefined;
    }
    return this.#compareScalars(effect, event.scalar?.register);
  }

  #checkScalar(event: RetirementEvent & { kind: "scalar" }): Difference | undefined {
    if (event.register !== 0) this.#x[event.register] = event.value;
    const open = this.#open.get(event.sequence);
    const effect = open?.effect ?? this.#ended;
    if (!effect) return undefined;
    if (event.register !== 0 && !effect.scalars.has(event.register))
      return this.#difference(`x${event.register}`, "not written", String(event.value), effect);
    // An instruction of a unit may write more; it is compared when all have come.
    if (!open?.done) return undefined;
    this.#open.delete(event.sequence);
    return this.#compareScalars(effect, undefined);
  }

  #checkDone(event: RetirementEvent & { kind: "done" }): Difference | undefined {
    const open = this.#open.get(event.sequence);
    if (!open)
      return this.#difference("order", "it has ended", `number ${event.sequence} ends again`);
    this.#open.delete(event.sequence);
    const { effect } = open;
    const { place, hash } = effect;
    if (place?.kind === "memory") {
      const { first, bytes } = place.range;
      if (event.address !== first || event.length !== bytes)
        return this.#difference(
          "address",
          `${bytes} bytes at 0x${first.toString(16)}`,
          `${event.length} bytes at 0x${event.address.toString(16)}`,
          effect,
        );
    }
    if (place && hash !== event.hash) {
      const what =
        place.kind === "memory"
          ? `M[0x${place.range.first.toString(16)}]`
          : `${place.kind}${place.register}`;
      return this.#difference(what, hex(hash!), hex(event.hash), effect);
    }
    if (effect.scalars.size > 0) this.#ended = effect;
    return undefined;
  }

  #compareScalars(effect: Effect, written: number | undefined): Difference | undefined {
    if (written !== undefined && !effect.scalars.has(written))
      return this.#difference(`x${written}`, "not written", String(this.#x[written]), effect);
    for (const [register, value] of effect.scalars)
      if (this.#x[register] !== value)
        return this.#difference(`x${register}`, String(value), String(this.#x[register]), effect);
    return undefined;
  }

  #difference(what: string, expected: string, actual: string, effect?: Effect): Difference {
    return { what, expected, actual, clock: this.#clock, ...(effect && { effect }) };
  }
}
