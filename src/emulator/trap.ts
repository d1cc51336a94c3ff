import type { TRAPS } from "../isa/index.js";

export type TrapName = keyof typeof TRAPS;

/** Thrown by an instruction's semantics before it has any effect; caught by the run loop only. */
export class Trap {
  constructor(
    readonly name: TrapName,
    /** What machine.yaml says of this trap's value. */
    readonly value: bigint,
  ) {}
}
