import type { Machine } from "../emulator/machine.js";
import type { Observer } from "../emulator/observer.js";
import { LATENCIES, MEMORY, REGISTERS } from "../isa/generated.js";
import type { Instruction } from "../isa/index.js";
import type { Configuration, CoreConfiguration } from "../isa/spec.js";
import { DramChannel } from "./dram.js";
import { IssueStage, type Queued } from "./issue.js";
import { LoadStore } from "./load-store.js";
import { type MicroOperation, microOperation } from "./micro-operation.js";
import { type CycleReport, cycleReport } from "./report.js";
import { unitClocks } from "./unit-clocks.js";
import { WeightStream } from "./weight-stream.js";

const LINE = MEMORY.line_bytes;
const TWO32 = 2 ** 32;
const INSTRUCTION_BYTES = 8;

/** Why the front end lost a clock, in the words of stall_e. */
export const FRONT_STALLS = ["scalar pending", "queue full", "memory order", "drain"] as const;
export type FrontStall = (typeof FRONT_STALLS)[number];

/** Entries of each table of ternac_memory_order. */
const TABLE = 8;
/** From the clock in which a value comes to the clock in which its register can be used. */
const PENDING = 2;

/** Lines that a store writes, or that a matrix has. */
interface Range {
  readonly first: number;
  readonly last: number;
}

interface Store extends Range {
  /** The clock in which it is acknowledged; Infinity until that is known. */
  done: number;
}

interface Matrix extends Range {
  /** For WeightStream.fetched. */
  readonly number: number;
}

/** What happens to an instruction, by its position in program order. */
export type CycleEvent =
  /** The front end is done with it. */
  | { readonly kind: "retired"; readonly sequence: number; readonly clock: number }
  /** A functional unit ran it from `start` to `clock`, both included. */
  | {
      readonly kind: "ran";
      readonly sequence: number;
      readonly start: number;
      readonly clock: number;
    };

function overlap(a: Range, b: Range): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/**
 * Predicts the clocks that the core takes for what an emulator runs: attach it as an observer. It knows
 * the core's rules (docs/core.md, "Timing") and the DRAM's (docs/dram-model.md), and goes from event to
 * event: a request to the DRAM, the start of an instruction.
 */
export class CycleModel implements Observer {
  readonly #core: CoreConfiguration;
  readonly #operations = new Map<Instruction, MicroOperation>();
  readonly #dram: readonly DramChannel[];
  readonly #weights: WeightStream;
  readonly #issue: IssueStage;
  readonly #loadStore: LoadStore;
  /** The clock in which the front end fetches the next instruction. */
  #front = 0;
  /** The first clock in which each scalar register can be used; Infinity until that is known. */
  readonly #scalarReady = Array.from({ length: REGISTERS.x.count }, () => 0);
  /** The newest stores and matrices, as many as the tables hold. */
  #stores: Store[] = [];
  #matrices: Matrix[] = [];
  /** The first clock in which no scalar load is under way. */
  #loaded = 0;
  /** Address of the memory operand of the instruction that runs. */
  #address = 0;
  #instructions = 0;
  readonly #listener: ((event: CycleEvent) => void) | undefined;
  readonly #stalls: Record<FrontStall, number> = {
    "scalar pending": 0,
    "queue full": 0,
    "memory order": 0,
    drain: 0,
  };

  /**
   * @param listener told when each instruction retires in the front end, and when it starts and ends in a
   *   functional unit, as soon as that is known; not in the order of clocks
   */
  constructor(
    readonly configuration: Configuration,
    listener?: (event: CycleEvent) => void,
  ) {
    this.#listener = listener;
    const { core } = configuration;
    this.#core = core;
    this.#dram = Array.from(
      { length: core.channels },
      (_, channel) => new DramChannel(core, channel),
    );
    this.#weights = new WeightStream(core, this.#dram);
    this.#issue = new IssueStage(core.issue_queue);
    this.#loadStore = new LoadStore(core, this.#dram);
  }

  before({ xWords }: Machine, instruction: Instruction): boolean {
    const { base, offset } = this.#operation(instruction);
    // An instruction may overwrite the base of its own address, so it is taken before.
    if (base >= 0)
      this.#address = xWords[2 * base + 1]! * TWO32 + (xWords[2 * base]! >>> 0) + offset;
    return false;
  }

  after(machine: Machine, instruction: Instruction): void {
    const operation = this.#operation(instruction);
    const clocks = LATENCIES.front;
    this.#instructions++;
    // The last clock of an instruction that waits for nothing.
    let clock = this.#front + clocks.instruction - 1;
    for (const register of operation.scalars)
      if (this.#scalarReady[register]! > clock)
        clock = this.#wait("scalar pending", clock, () => this.#scalarReady[register]!);
    if (operation.place === "front") clock = this.#runInFront(machine, operation, clock);
    else {
      if (operation.width > 0 || operation.trits > 0) clock += clocks.address;
      if (operation.trits > 0) clock += clocks.matrix;
      clock += clocks.dispatch;
      clock =
        operation.place === "unit"
          ? this.#queue(machine, operation, clock)
          : this.#load(operation, clock);
    }
    this.#front = clock + 1;
    this.#listener?.({ kind: "retired", sequence: this.#instructions - 1, clock });
  }

  /** What it took until everything that has been observed has ended. */
  report(): CycleReport {
    const end = Math.max(
      this.#front,
      this.#known(() => this.#drained()),
    );
    return cycleReport(this.configuration, {
      clocks: end,
      instructions: this.#instructions,
      frontStalls: this.#stalls,
      issue: this.#issue,
      weights: this.#weights,
      dram: this.#dram,
    });
  }

  #operation(instruction: Instruction): MicroOperation {
    let operation = this.#operations.get(instruction);
    if (!operation) {
      operation = microOperation(instruction);
      this.#operations.set(instruction, operation);
    }
    return operation;
  }

  // ---- the front end -------------------------------------------------------------------------------

  #runInFront(machine: Machine, { id, timing }: MicroOperation, clock: number): number {
    if (id === "mul") return clock + LATENCIES.front.multiply;
    if (id === "enq" || id === "halt") return this.#wait("drain", clock, () => this.#drained());
    const jumps = timing === "branch" && machine.nextPc !== machine.pc + INSTRUCTION_BYTES;
    return jumps || id === "jal" || id === "jalr" ? clock + LATENCIES.front.jump : clock;
  }

  /** Hand an instruction to the issue queue, and a matrix to the weight fetch. */
  #queue(machine: Machine, operation: MicroOperation, dispatch: number): number {
    const { vl } = machine;
    const address = this.#address;
    const { lanes } = this.#core;
    const words = Math.ceil(vl / lanes);
    let clock = dispatch;
    let start: (clock: number) => void;
    let after: (() => number) | undefined;

    if (operation.trits > 0) {
      const columns = machine.q[operation.source]!.length;
      const bytes = Math.ceil(vl / operation.trits) * Math.ceil(columns / LINE) * LINE;
      const range = { first: address / LINE, last: (address + bytes) / LINE - 1 };
      clock = this.#waitForStores(clock, range);
      clock = this.#waitForMatrices(clock);
      clock = this.#waitForRoom(clock);
      const number = this.#weights.push(address, vl, columns, operation.trits, clock);
      this.#matrices.push({ ...range, number });
      if (this.#matrices.length > TABLE) this.#matrices.shift();
      start = (at) => this.#weights.start(at, (end) => ended(at, end));
    } else if (operation.width > 0) {
      const elements = operation.timing.startsWith("scalar") ? 1 : vl;
      const bytes = elements * operation.width;
      const transfer = {
        address,
        bytes,
        elements,
        isStore: operation.isStore,
        words: operation.timing.startsWith("scalar") ? 0 : words,
      };
      let store: Store | undefined;
      if (operation.isStore) {
        clock = this.#wait("memory order", clock, () => this.#loaded);
        store = {
          first: Math.floor(address / LINE),
          last: Math.floor((address + bytes - 1) / LINE),
          done: Number.POSITIVE_INFINITY,
        };
        const oldest = this.#stores.length === TABLE ? this.#stores[0]! : undefined;
        if (oldest) clock = this.#wait("queue full", clock, () => oldest.done + 1);
      }
      clock = this.#waitForRoom(clock);
      if (store) {
        this.#stores.push(store);
        if (this.#stores.length > TABLE) this.#stores.shift();
        const overlapped = this.#matrices.filter((matrix) => overlap(matrix, store));
        if (overlapped.length > 0)
          after = () =>
            Math.max(...overlapped.map(({ number }) => this.#weights.fetched(number) + 1));
      }
      start = (at) =>
        this.#loadStore.start(at, transfer, (end) => {
          if (store) store.done = end;
          ended(at, end);
        });
    } else {
      clock = this.#waitForRoom(clock);
      for (const register of operation.pending)
        this.#scalarReady[register] = Number.POSITIVE_INFINITY;
      start = (at) => {
        const end = at + unitClocks(operation, words);
        ended(at, end);
        for (const register of operation.pending) this.#scalarReady[register] = end + PENDING;
      };
    }
    const sequence = this.#instructions - 1;
    const ended = (at: number, end: number) => {
      this.#issue.end(queued, at, end);
      this.#listener?.({ kind: "ran", sequence, start: at, clock: end });
    };
    const queued: Queued = {
      unit: operation.unit,
      vectors: operation.vectors,
      activations: operation.activations,
      pushed: clock,
      start,
      ...(after && { after }),
    };
    this.#issue.push(queued);
    return clock;
  }

  #load({ width, pending }: MicroOperation, dispatch: number): number {
    const address = this.#address;
    const { beat_bytes: beat } = this.#core;
    let clock = this.#waitForStores(dispatch, {
      first: Math.floor(address / LINE),
      last: Math.floor((address + width - 1) / LINE),
    });
    // One load at a time.
    clock = this.#wait("queue full", clock, () => this.#loaded);
    const request = clock + LATENCIES.scalar_load.request + LATENCIES.memory_port.request;
    this.#advance(request);
    const granule = Math.floor(address / beat);
    const { channels } = this.#core;
    const { last } = this.#dram[granule % channels]!.read(
      request,
      "scalars",
      Math.floor(granule / channels),
      Math.max(1, width / beat),
    );
    this.#loaded = last + LATENCIES.scalar_load.result + 1;
    for (const register of pending) this.#scalarReady[register] = this.#loaded - 1 + PENDING;
    return clock;
  }

  #waitForStores(clock: number, range: Range): number {
    let result = clock;
    for (const store of this.#stores)
      if (overlap(store, range)) result = this.#wait("memory order", result, () => store.done + 1);
    return result;
  }

  /** For a place in the table of matrices, which the weight fetch has as well. */
  #waitForMatrices(clock: number): number {
    const oldest = this.#matrices.length === TABLE ? this.#matrices[0]! : undefined;
    if (!oldest) return clock;
    return this.#wait("queue full", clock, () => this.#weights.fetched(oldest.number) + 1);
  }

  #waitForRoom(clock: number): number {
    if (this.#issue.roomFrom <= clock) return clock;
    return this.#wait("queue full", clock, () => this.#issue.roomFrom);
  }

  /** @returns the later of `clock` and `from()`, whose difference is lost to `stall` */
  #wait(stall: FrontStall, clock: number, from: () => number): number {
    const until = this.#known(from);
    if (until <= clock) return clock;
    this.#stalls[stall] += until - clock;
    return until;
  }

  /** The first clock in which the core is drained. */
  #drained(): number {
    const stored = this.#stores.reduce((latest, { done }) => Math.max(latest, done + 1), 0);
    const pending = this.#scalarReady.reduce((latest, ready) => Math.max(latest, ready), 0);
    return Math.max(this.#issue.drainedFrom, stored, pending, this.#loaded);
  }

  // ---- events --------------------------------------------------------------------------------------

  /** The value of `f`, after as many events as it takes. */
  #known(f: () => number): number {
    let value = f();
    while (value === Number.POSITIVE_INFINITY) {
      if (!this.#step(Number.POSITIVE_INFINITY)) throw new Error("the cycle model is stuck");
      value = f();
    }
    return value;
  }

  /** Everything that happens before a clock. */
  #advance(clock: number): void {
    while (this.#step(clock)) {
      // until nothing is left
    }
  }

  /** The next event before a clock. @returns whether there was one */
  #step(before: number): boolean {
    const weights = this.#weights.nextRequest;
    const loadStore = this.#loadStore.nextRequest;
    const issue = this.#issue.nextIssue;
    const next = Math.min(weights, loadStore, issue);
    if (next >= before) return false;
    if (issue === next) this.#issue.issue(issue);
    else if (loadStore === next) this.#loadStore.request(loadStore);
    else this.#weights.request(weights);
    return true;
  }
}
