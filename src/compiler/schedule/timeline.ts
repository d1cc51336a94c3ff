import type { Cost } from "./cost.js";

/** Something that the machine issues: its cost, and what it reads or writes. */
export interface Issued<Name> {
  readonly cost: Cost;
  /** Registers (or values) that belong to it while it runs. */
  readonly holds: readonly Name[];
}

/**
 * The machine's issue rule: in order, one a clock, each when its unit and all of its registers are
 * free. A register is lent to one instruction at a time, readers included.
 */
export class Timeline<Name> {
  readonly #unitFree = new Map<string, number>();
  readonly #free = new Map<Name, number>();
  /** The clock after the newest issue. */
  now = 0;
  /** When everything that was issued is done. */
  end = 0;

  /** When an instruction would start if it were the next one. */
  startOf({ cost, holds }: Issued<Name>): number {
    let start = Math.max(this.now, this.#unitFree.get(cost.unit) ?? 0);
    for (const name of holds) start = Math.max(start, this.#free.get(name) ?? 0);
    return start;
  }

  /** @returns when it starts */
  issue(instruction: Issued<Name>): number {
    const start = this.startOf(instruction);
    const done = start + instruction.cost.clocks;
    this.#unitFree.set(instruction.cost.unit, done);
    for (const name of instruction.holds) this.#free.set(name, done);
    this.now = start + 1;
    this.end = Math.max(this.end, done);
    return start;
  }
}
