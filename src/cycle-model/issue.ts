import { REGISTERS } from "../isa/index.js";
import { ISSUE_UNITS } from "./micro-operation.js";

/** Why the issue stage lost a clock, in the words of stall_e. */
export const ISSUE_STALLS = ["empty", "unit", "register", "memory order"] as const;
export type IssueStall = (typeof ISSUE_STALLS)[number];

/** An instruction in the issue queue. */
export interface Queued {
  /** Index in ISSUE_UNITS. */
  readonly unit: number;
  /** Registers that it holds while it runs: a bit each. */
  readonly vectors: number;
  readonly activations: number;
  /** The clock in which the front end pushed it. */
  readonly pushed: number;
  /** When the newest older matrix that it overlaps has arrived, if it is a store. */
  readonly after?: () => number;
  /** Start it; it must call `end` of the stage once its end is known. */
  readonly start: (clock: number) => void;
}

const UNKNOWN = Number.POSITIVE_INFINITY;

/**
 * The issue stage: in order, one a clock, each when its unit and all of its registers are free; a
 * register belongs to one instruction at a time.
 */
export class IssueStage {
  readonly #capacity: number;
  readonly #queue: Queued[] = [];
  #head = 0;
  /** The first clock in which each is free again; Infinity while its end is unknown. */
  readonly #unitFree = ISSUE_UNITS.map(() => 0);
  readonly #vectorFree = Array.from({ length: REGISTERS.v.count }, () => 0);
  readonly #activationFree = Array.from({ length: REGISTERS.q.count }, () => 0);
  #now = 0;
  /** What `nextIssue` is; NaN when it must be found again. */
  #nextIssue = Number.NaN;
  /** When each of the newest `capacity` instructions left the queue, by its number. */
  readonly #issued: number[] = [];
  #pushes = 0;
  /** Clocks without issue, by cause; and of each unit's idle clocks, by the cause at that time. */
  readonly stalls: Record<IssueStall, number> = {
    empty: 0,
    unit: 0,
    register: 0,
    "memory order": 0,
  };
  readonly idle = ISSUE_UNITS.map(
    (): Record<IssueStall, number> => ({ empty: 0, unit: 0, register: 0, "memory order": 0 }),
  );
  readonly busy = ISSUE_UNITS.map(() => 0);

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get length(): number {
    return this.#queue.length - this.#head;
  }

  /** The clock in which there is room for another one; Infinity while that is unknown. */
  get roomFrom(): number {
    if (this.length < this.#capacity) {
      // The slot of the instruction `capacity` before this one.
      return (this.#issued[this.#pushes % this.#capacity] ?? -1) + 1;
    }
    return UNKNOWN;
  }

  push(queued: Queued): void {
    this.#queue.push(queued);
    this.#pushes++;
    if (this.length === 1) this.#nextIssue = Number.NaN;
  }

  /** When the head issues; Infinity when that depends on an event to come, or nothing waits. */
  get nextIssue(): number {
    if (!Number.isNaN(this.#nextIssue)) return this.#nextIssue;
    const head = this.#queue[this.#head];
    if (!head) return UNKNOWN;
    const clock = Math.max(this.#arrival(head), this.#freeFrom(head), head.after?.() ?? 0);
    // A store's `after` can change by what happens elsewhere.
    if (!head.after) this.#nextIssue = clock;
    return clock;
  }

  #arrival(head: Queued): number {
    return Math.max(this.#now, head.pushed + 1);
  }

  #freeFrom({ unit, vectors, activations }: Queued): number {
    let free = this.#unitFree[unit]!;
    for (let bits = vectors, i = 0; bits !== 0; bits >>= 1, i++)
      if (bits & 1 && this.#vectorFree[i]! > free) free = this.#vectorFree[i]!;
    for (let bits = activations, i = 0; bits !== 0; bits >>= 1, i++)
      if (bits & 1 && this.#activationFree[i]! > free) free = this.#activationFree[i]!;
    return free;
  }

  /** Issue the head. @param clock that of `nextIssue` */
  issue(clock: number): void {
    const head = this.#queue[this.#head++]!;
    this.#attribute(head, clock);
    if (this.#head > 256) {
      this.#queue.splice(0, this.#head);
      this.#head = 0;
    }
    this.#now = clock + 1;
    this.#nextIssue = Number.NaN;
    this.#issued[(this.#pushes - this.length - 1) % this.#capacity] = clock;
    this.#unitFree[head.unit] = UNKNOWN;
    this.#hold(head, UNKNOWN);
    head.start(clock);
  }

  /** An instruction's end is known: it holds its unit and registers up to and including `clock`. */
  end(queued: Queued, start: number, clock: number): void {
    this.#nextIssue = Number.NaN;
    this.#unitFree[queued.unit] = clock + 1;
    this.#hold(queued, clock + 1);
    this.busy[queued.unit]! += clock + 1 - start;
  }

  #hold({ vectors, activations }: Queued, until: number): void {
    for (let bits = vectors, i = 0; bits !== 0; bits >>= 1, i++)
      if (bits & 1) this.#vectorFree[i] = until;
    for (let bits = activations, i = 0; bits !== 0; bits >>= 1, i++)
      if (bits & 1) this.#activationFree[i] = until;
  }

  /** The first clock in which nothing waits or runs; Infinity while that is unknown. */
  get drainedFrom(): number {
    if (this.length > 0) return UNKNOWN;
    return Math.max(this.#now, ...this.#unitFree);
  }

  /** Name the causes of the clocks since the last issue. */
  #attribute(head: Queued, clock: number): void {
    const arrival = this.#arrival(head);
    const unit = Math.max(arrival, Math.min(clock, this.#unitFree[head.unit]!));
    const register = Math.max(unit, Math.min(clock, this.#freeFrom(head)));
    this.#count("empty", this.#now, arrival);
    this.#count("unit", arrival, unit);
    this.#count("register", unit, register);
    this.#count("memory order", register, clock);
  }

  #count(cause: IssueStall, from: number, to: number): void {
    if (to <= from) return;
    this.stalls[cause] += to - from;
    for (let unit = 0; unit < this.idle.length; unit++) {
      const idle = to - Math.max(from, this.#unitFree[unit]!);
      if (idle > 0) this.idle[unit]![cause] += idle;
    }
  }
}
