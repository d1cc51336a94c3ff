import { randomBytes } from "node:crypto";
import { UserError } from "../diagnostics/diagnostic.js";
import { isGone, type Registers } from "./registers.js";
import { ALONE, GONE } from "./remedies.js";

/** The card does not answer any more, or has forgotten what it was doing. */
export class GoneError extends UserError {
  /**
   * @param what what was under way, as in `while a program ran`
   * @param word what a register read as that should have had something else
   */
  constructor(what: string, word: bigint) {
    super(
      isGone(word)
        ? `the card is gone while ${what}: its registers read as all ones`
        : `the accelerator was reset while ${what}`,
      isGone(word) ? GONE : ALONE,
    );
  }
}

/**
 * A number in a register without a meaning, which a reset clears: while it is there, the accelerator remembers
 * what this process told it. Without it, a reset between two accesses would look like a program that has no output,
 * or waits for input that it was given.
 */
export class ResetMark {
  readonly #mark = randomBytes(8).readBigUInt64LE() >> 1n || 1n;

  constructor(private readonly registers: Registers) {
    registers.write("scratch", this.#mark);
  }

  /** @throws GoneError when the accelerator was reset since, or does not answer */
  check(what: string): void {
    const word = this.registers.read("scratch");
    if (word !== this.#mark) throw new GoneError(what, word);
  }
}
