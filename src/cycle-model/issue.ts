import { REGISTERS } from "../isa/index.js";
import type { Transfer } from "./load-store.js";
import { ISSUE_UNITS, type MicroOperation } from "./micro-operation.js";
import { UNKNOWN } from "./unknown.js";

/** Why the issue stage lost a clock, in the words of stall_e. */
export const ISSUE_STALLS = ["empty", "unit", "register", "memory order"] as const;
export type IssueStall = (typeof ISSUE_STALLS)[number];
/** Their indices. */
const CAUSE = { empty: 0, unit: 1, register: 2, memoryOrder: 3 };
const UNITS = ISSUE_UNITS.length;

/** An instruction in the issue queue, and then in its unit. The stage uses the objects again. */
export interface Queued extends Transfer {
  /** Undefined before its first use. */
  operation: MicroOperation | undefined;
  /** Its position in program order. */
  sequence: number;
  /** Index in ISSUE_UNITS. */
  unit: number;
  /** Registers that it holds while it runs: a bit each. */
  vectors: number;
  activations: number;
  /** The clock in which the front end pushed it. */
  pushed: number;
  /** The clock in which it started. */
  started: number;
  /** Number of a store; -1 for what is none. */
  store: number;
  /** Older matrices that a store overlaps: a bit each, the lowest one is `newestMatrix`. */
  overlapped: number;
  newestMatrix: number;
}

function newQueued(): Queued {
  return {
    operation: undefined,
    sequence: 0,
    unit: 0,
    vectors: 0,
    activations: 0,
    pushed: 0,
    started: 0,
    store: -1,
    overlapped: 0,
    newestMatrix: 0,
    address: 0,
    bytes: 0,
    isStore: false,
    elements: 0,
    words: 0,
  };
}

/** What the issue stage needs of the rest of the core. */
export interface Execution {
  /** Start an instruction in its unit; `end` of the stage must be called once its end is known. */
  start(queued: Queued, clock: number): void;
  /** When the matrices have arrived that a store overlaps; Infinity while that is unknown. */
  arrived(queued: Queued): number;
}

/**
 * The issue stage: in order, one a clock, each when its unit and all of its registers are free; a
 * register belongs to one instruction at a time.
 */
export class IssueStage {
  readonly #capacity: number;
  readonly #execution: Execution;
  /** A ring, the places of its head and of what is pushed next, and how many wait. */
  readonly #queue: Queued[];
  #head = 0;
  #tail = 0;
  #length = 0;
  /** What runs in each unit, or ran last. */
  readonly #running = ISSUE_UNITS.map(newQueued);
  /** The first clock in which each is free again; Infinity while its end is unknown. */
  readonly #unitFree = new Float64Array(UNITS);
  readonly #vectorFree = new Float64Array(REGISTERS.v.count);
  readonly #activationFree = new Float64Array(REGISTERS.q.count);
  #now = 0;
  /** What `nextIssue` is, if it has been found since the last change. */
  #nextIssue = UNKNOWN;
  #isFound = false;
  /** When an instruction left each place of the queue. */
  readonly #issued: Float64Array;
  /** Clocks without issue, by cause; and of each unit's idle clocks, by the cause at that time. */
  readonly #stalls = new Float64Array(ISSUE_STALLS.length);
  readonly #idle = new Float64Array(UNITS * ISSUE_STALLS.length);
  readonly #busy = new Float64Array(UNITS);

  constructor(capacity: number, execution: Execution) {
    this.#capacity = capacity;
    this.#execution = execution;
    this.#queue = Array.from({ length: capacity }, newQueued);
    this.#issued = new Float64Array(capacity).fill(-1);
  }

  /** Clocks without issue, by cause. */
  get stalls(): Record<IssueStall, number> {
    return byCause(this.#stalls);
  }

  /** Clocks in which a unit was busy. */
  busy(unit: number): number {
    return this.#busy[unit]!;
  }

  /** Clocks in which a unit was idle up to the last issue, by what the issue stage waited for then. */
  idle(unit: number): Record<IssueStall, number> {
    const causes = ISSUE_STALLS.length;
    return byCause(this.#idle.subarray(unit * causes, (unit + 1) * causes));
  }

  /** The clock in which there is room for another one; Infinity while that is unknown. */
  get roomFrom(): number {
    return this.#length === this.#capacity ? UNKNOWN : this.#issued[this.#tail]! + 1;
  }

  /** The place in the queue for the next instruction, to be filled in and pushed, when there is room. */
  get tail(): Queued {
    return this.#queue[this.#tail]!;
  }

  push(): void {
    this.#tail = this.#following(this.#tail);
    if (this.#length++ === 0) this.#isFound = false;
  }

  #following(place: number): number {
    return place + 1 === this.#capacity ? 0 : place + 1;
  }

  /** What runs in a unit. */
  running(unit: number): Queued {
    return this.#running[unit]!;
  }

  /** When the head issues; Infinity when that depends on an event to come, or nothing waits. */
  get nextIssue(): number {
    return this.#isFound ? this.#nextIssue : this.#findNextIssue();
  }

  #findNextIssue(): number {
    let clock = UNKNOWN;
    let isFound = true;
    if (this.#length > 0) {
      const head = this.#queue[this.#head]!;
      clock = Math.max(this.#arrival(head), this.#freeFrom(head));
      if (head.overlapped !== 0) {
        const arrived = this.#execution.arrived(head);
        // That can change by what happens elsewhere.
        isFound = arrived !== UNKNOWN;
        if (arrived > clock) clock = arrived;
      }
    }
    this.#nextIssue = clock;
    this.#isFound = isFound;
    return clock;
  }

  #arrival({ pushed }: Queued): number {
    return Math.max(this.#now, pushed + 1);
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
    const place = this.#head;
    const head = this.#queue[place]!;
    const { unit } = head;
    this.#attribute(head, clock);
    this.#head = this.#following(place);
    this.#length--;
    this.#issued[place] = clock;
    this.#queue[place] = this.#running[unit]!;
    this.#running[unit] = head;
    head.started = clock;
    this.#now = clock + 1;
    this.#isFound = false;
    this.#hold(head, UNKNOWN);
    this.#execution.start(head, clock);
  }

  /** The end of what runs in a unit is known: it holds the unit and its registers up to and including `clock`. */
  end(unit: number, clock: number): void {
    const queued = this.#running[unit]!;
    this.#isFound = false;
    this.#hold(queued, clock + 1);
    this.#busy[unit]! += clock + 1 - queued.started;
  }

  #hold({ unit, vectors, activations }: Queued, until: number): void {
    this.#unitFree[unit] = until;
    for (let bits = vectors, i = 0; bits !== 0; bits >>= 1, i++)
      if (bits & 1) this.#vectorFree[i] = until;
    for (let bits = activations, i = 0; bits !== 0; bits >>= 1, i++)
      if (bits & 1) this.#activationFree[i] = until;
  }

  /** The first clock in which nothing waits or runs; Infinity while that is unknown. */
  get drainedFrom(): number {
    if (this.#length > 0) return UNKNOWN;
    let drained = this.#now;
    for (let unit = 0; unit < UNITS; unit++)
      if (this.#unitFree[unit]! > drained) drained = this.#unitFree[unit]!;
    return drained;
  }

  /** Name the causes of the clocks since the last issue. */
  #attribute(head: Queued, clock: number): void {
    if (clock === this.#now) return;
    const arrival = this.#arrival(head);
    const unit = Math.max(arrival, Math.min(clock, this.#unitFree[head.unit]!));
    const register = Math.max(unit, Math.min(clock, this.#freeFrom(head)));
    if (arrival > this.#now) this.#count(CAUSE.empty, this.#now, arrival);
    if (unit > arrival) this.#count(CAUSE.unit, arrival, unit);
    if (register > unit) this.#count(CAUSE.register, unit, register);
    if (clock > register) this.#count(CAUSE.memoryOrder, register, clock);
  }

  #count(cause: number, from: number, to: number): void {
    this.#stalls[cause]! += to - from;
    for (let unit = 0; unit < UNITS; unit++) {
      const idle = to - Math.max(from, this.#unitFree[unit]!);
      if (idle > 0) this.#idle[unit * ISSUE_STALLS.length + cause]! += idle;
    }
  }
}

function byCause(clocks: Float64Array): Record<IssueStall, number> {
  const named = ISSUE_STALLS.map((cause, i) => [cause, clocks[i]!] as const);
  return Object.fromEntries(named) as Record<IssueStall, number>;
}
