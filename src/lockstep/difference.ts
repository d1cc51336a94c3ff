import type { SourceLocation } from "../image/image.js";
import type { Effect } from "./effects.js";

/** Elements that differ between two contents. */
export interface ElementDifference {
  /** Index of the first one: an element of a register, a byte of memory. */
  readonly index: number;
  readonly expected: number;
  readonly actual: number;
  /** How many differ. */
  readonly count: number;
}

/** The first thing in which the core did not do what the emulator did. */
export interface Difference {
  /** What differs, such as `v3`, `x5`, `order`, `trap`. */
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
  /** Clock of the core. */
  readonly clock: number | undefined;
  /** The instruction, if it is that of one. */
  readonly effect?: Effect;
  readonly element?: ElementDifference;
}

/** A difference with what a reader needs of the program. */
export interface LocatedDifference extends Difference {
  /** The instruction as the assembler reads it. */
  readonly text?: string;
  readonly source?: SourceLocation;
  /** Values of its operands, before it ran, such as `x5 = 3`. */
  readonly operands?: readonly string[];
}
