import type { Machine } from "../emulator/machine.js";
import type { Observer } from "../emulator/observer.js";
import { INSTRUCTION_BYTES } from "../isa/codec.js";
import { LATENCIES, MEMORY, REGISTERS } from "../isa/generated.js";
import type { Instruction } from "../isa/index.js";
import type { Configuration, CoreConfiguration } from "../isa/spec.js";
import { DramChannel } from "./dram.js";
import { IssueStage, type Queued } from "./issue.js";
import { LoadStore } from "./load-store.js";
import { ISSUE_UNITS, type MicroOperation, microOperation } from "./micro-operation.js";
import { RangeTable, TABLE } from "./range-table.js";
import { type CycleReport, cycleReport } from "./report.js";
import { UNKNOWN } from "./unknown.js";
import { WeightStream } from "./weight-stream.js";

const LINE = MEMORY.line_bytes;
const TWO32 = 2 ** 32;

/** Why the front end lost a clock, in the words of stall_e. */
export const FRONT_STALLS = ["scalar pending", "queue full", "memory order", "drain"] as const;
export type FrontStall = (typeof FRONT_STALLS)[number];
/** Their indices. */
const STALL = { scalarPending: 0, queueFull: 1, memoryOrder: 2, drain: 3 };

/** From the clock in which a value comes to the clock in which its register can be used. */
const PENDING = 2;
const [LSU, TMATMUL] = [ISSUE_UNITS.indexOf("lsu"), ISSUE_UNITS.indexOf("tmatmul")];

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

/**
 * Predicts the clocks that the core takes for what an emulator runs: attach it as an observer. It knows
 * the core's rules (docs/core.md, "Timing") and the DRAM's (docs/dram-model.md), and goes from event to
 * event: a request to the DRAM, the start of an instruction.
 */
export class CycleModel implements Observer {
  readonly #core: CoreConfiguration;
  /** By the place in the program. */
  readonly #operations: (MicroOperation | undefined)[];
  readonly #dram: readonly DramChannel[];
  readonly #weights: WeightStream;
  readonly #issue: IssueStage;
  readonly #loadStore: LoadStore;
  /** The clock in which the front end fetches the next instruction; clock 0 is that of `start_i`. */
  #front = 1;
  /** The first clock in which each scalar register can be used; Infinity until that is known. */
  readonly #scalarReady = new Float64Array(REGISTERS.x.count);
  /** The first clock in which all can be that this is known of. */
  #allReady = 0;
  /** Lines of the newest stores, and when each is acknowledged; Infinity until that is known. */
  readonly #stores = new RangeTable();
  readonly #stored = new Float64Array(TABLE);
  /** The first clock in which all stores are that this is known of. */
  #allStored = 0;
  /** Lines of the newest matrices, which have the same numbers for the weight stream. */
  readonly #matrices = new RangeTable();
  /** The first clock in which no scalar load is under way. */
  #loaded = 0;
  /** The instruction that runs, and the address of its memory operand. */
  #operation: MicroOperation | undefined;
  #address = 0;
  #instructions = 0;
  readonly #listener: ((event: CycleEvent) => void) | undefined;
  /** Clocks that the front end waited, by cause. */
  readonly #stalls = new Float64Array(FRONT_STALLS.length);

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
    this.#operations = Array.from({ length: configuration.instructions }, () => undefined);
    this.#dram = Array.from(
      { length: core.channels },
      (_, channel) => new DramChannel(core, channel),
    );
    this.#weights = new WeightStream(core, this.#dram, (clock) => this.#ended(TMATMUL, clock));
    this.#loadStore = new LoadStore(configuration, this.#dram, (clock) => this.#ended(LSU, clock));
    this.#issue = new IssueStage(core.issue_queue, {
      start: (queued, clock) => this.#start(queued, clock),
      arrived: (queued) => this.#arrived(queued),
    });
  }

  before(machine: Machine, instruction: Instruction): boolean {
    const operation = this.#find(machine, instruction);
    this.#operation = operation;
    const { base } = operation;
    // An instruction may overwrite the base of its own address, so it is taken before.
    if (base >= 0) {
      const { xWords } = machine;
      this.#address = xWords[2 * base + 1]! * TWO32 + (xWords[2 * base]! >>> 0) + operation.offset;
    }
    return false;
  }

  after(machine: Machine, instruction: Instruction): void {
    let operation = this.#operation;
    // Whoever attaches a model to a machine that waits for its host has it see an end without a beginning.
    if (operation?.instruction !== instruction) operation = this.#find(machine, instruction);
    // The last clock of an instruction that waits for nothing.
    let clock = this.#front + LATENCIES.front.instruction - 1;
    const { scalars } = operation;
    for (let i = 0; i < scalars.length; i++) clock = this.#waitForScalar(clock, scalars[i]!);
    clock += operation.frontClocks;
    if (operation.place === "front") {
      if (operation.drains) clock = this.#waitForAll(clock);
      else if (operation.isBranch && machine.nextPc !== machine.pc + INSTRUCTION_BYTES)
        clock += LATENCIES.front.jump;
    } else if (operation.place === "scalar load") clock = this.#load(operation, clock);
    else if (operation.trits > 0) clock = this.#queueMatrix(machine, operation, clock);
    else if (operation.width > 0) clock = this.#queueTransfer(machine, operation, clock);
    else clock = this.#queueVector(machine, operation, clock);
    this.#front = clock + 1;
    this.#listener?.({ kind: "retired", sequence: this.#instructions, clock });
    this.#instructions++;
  }

  /** What it took until everything that has been observed has ended. */
  report(): CycleReport {
    while (this.#drained() === UNKNOWN) this.#next();
    return cycleReport(this.configuration, {
      clocks: Math.max(this.#front, this.#drained()),
      instructions: this.#instructions,
      frontStalls: Object.fromEntries(
        FRONT_STALLS.map((stall, i) => [stall, this.#stalls[i]!]),
      ) as Record<FrontStall, number>,
      issue: this.#issue,
      weights: this.#weights,
      dram: this.#dram,
    });
  }

  #find({ pc, codeStart }: Machine, instruction: Instruction): MicroOperation {
    const place = (pc - codeStart) / INSTRUCTION_BYTES;
    let operation = this.#operations[place];
    // Another program may have been loaded.
    if (operation?.instruction !== instruction) {
      operation = microOperation(instruction);
      this.#operations[place] = operation;
    }
    return operation;
  }

  // ---- the front end -------------------------------------------------------------------------------

  /** Hand a matrix to the weight fetch, and its product to the issue queue. */
  #queueMatrix(machine: Machine, operation: MicroOperation, dispatch: number): number {
    const { vl } = machine;
    const address = this.#address;
    const columns = machine.q[operation.source]!.length;
    const bytes = Math.ceil(vl / operation.trits) * Math.ceil(columns / LINE) * LINE;
    const first = address / LINE;
    const last = (address + bytes) / LINE - 1;
    let clock = this.#waitForStores(dispatch, first, last);
    clock = this.#waitForMatrices(clock);
    clock = this.#waitForRoom(clock);
    this.#matrices.push(first, last);
    this.#weights.push(address, vl, columns, operation.trits, clock);
    this.#push(operation, clock);
    return clock;
  }

  /** A load or store of the load/store unit. */
  #queueTransfer({ vl }: Machine, operation: MicroOperation, dispatch: number): number {
    const { isStore, isScalar } = operation;
    const address = this.#address;
    const elements = isScalar ? 1 : vl;
    const bytes = elements * operation.width;
    let clock = dispatch;
    if (isStore) {
      clock = this.#lose(STALL.memoryOrder, clock, this.#loaded);
      clock = this.#waitForTable(clock);
    }
    clock = this.#waitForRoom(clock);
    const { tail } = this.#issue;
    tail.address = address;
    tail.bytes = bytes;
    tail.isStore = isStore;
    tail.elements = elements;
    tail.words = isScalar ? 0 : Math.ceil(vl / this.#core.lanes);
    if (isStore) this.#pushStore(tail);
    this.#push(operation, clock);
    return clock;
  }

  /** An instruction of the other units. */
  #queueVector({ vl }: Machine, operation: MicroOperation, dispatch: number): number {
    const clock = this.#waitForRoom(dispatch);
    const { pending } = operation;
    for (let i = 0; i < pending.length; i++) this.#scalarReady[pending[i]!] = UNKNOWN;
    this.#issue.tail.words = Math.ceil(vl / this.#core.lanes);
    this.#push(operation, clock);
    return clock;
  }

  /** Into the issue queue, at its tail. */
  #push(operation: MicroOperation, clock: number): void {
    const { tail } = this.#issue;
    tail.operation = operation;
    tail.sequence = this.#instructions;
    tail.unit = operation.unit;
    tail.vectors = operation.vectors;
    tail.activations = operation.activations;
    tail.pushed = clock;
    if (!operation.isStore) tail.overlapped = 0;
    this.#issue.push();
  }

  /** Into the table of stores, with the older matrices that it overlaps. */
  #pushStore(store: Queued): void {
    const first = Math.floor(store.address / LINE);
    const last = Math.floor((store.address + store.bytes - 1) / LINE);
    store.store = this.#stores.count;
    this.#stored[store.store % TABLE] = UNKNOWN;
    this.#stores.push(first, last);
    const newest = this.#matrices.count - 1;
    store.newestMatrix = newest;
    store.overlapped = 0;
    for (let ago = 0; ago < TABLE && ago <= newest; ago++)
      if (this.#matrices.overlaps(newest - ago, first, last)) store.overlapped |= 1 << ago;
  }

  #load({ width, pending }: MicroOperation, dispatch: number): number {
    const address = this.#address;
    const { beat_bytes: beat, channels, burst } = this.#core;
    const last = Math.floor((address + width - 1) / LINE);
    let clock = this.#waitForStores(dispatch, Math.floor(address / LINE), last);
    // One load at a time; the next one can go in the clock in which the value comes.
    clock = this.#lose(STALL.queueFull, clock, this.#loaded - 1);
    const request = clock + LATENCIES.scalar_load.request;
    // Of requests in one clock the scalar load's goes first.
    this.#advance(request);
    const granule = Math.floor(address / beat);
    const dram = this.#dram[granule % channels]!;
    const accepted = request + LATENCIES.memory_port.request;
    let comes = 0;
    const beats = Math.max(1, width / beat);
    for (let done = 0; done < beats; done += burst)
      comes = dram.read(
        accepted + done / burst,
        "scalars",
        Math.floor(granule / channels) + done,
        Math.min(burst, beats - done),
      ).last;
    this.#loaded = comes + LATENCIES.scalar_load.result + 1;
    this.#ready(pending, this.#loaded - 1);
    return clock;
  }

  #waitForScalar(clock: number, register: number): number {
    if (this.#scalarReady[register]! <= clock) return clock;
    while (this.#scalarReady[register] === UNKNOWN) this.#next();
    return this.#lose(STALL.scalarPending, clock, this.#scalarReady[register]!);
  }

  /** For older stores to these lines. */
  #waitForStores(clock: number, first: number, last: number): number {
    const { count, oldest } = this.#stores;
    let result = clock;
    for (let store = Math.max(0, oldest); store < count; store++)
      if (this.#stores.overlaps(store, first, last)) result = this.#waitForStore(store, result);
    return result;
  }

  #waitForStore(store: number, clock: number, stall = STALL.memoryOrder): number {
    const slot = store % TABLE;
    while (this.#stored[slot] === UNKNOWN) this.#next();
    return this.#lose(stall, clock, this.#stored[slot]! + 1);
  }

  /** For a place in the table of stores. */
  #waitForTable(clock: number): number {
    const { oldest } = this.#stores;
    return oldest < 0 ? clock : this.#waitForStore(oldest, clock, STALL.queueFull);
  }

  /** For a place in the table of matrices, which the weight fetch has as well. */
  #waitForMatrices(clock: number): number {
    const { oldest } = this.#matrices;
    if (oldest < 0) return clock;
    while (this.#weights.fetched(oldest) === UNKNOWN) this.#next();
    return this.#lose(STALL.queueFull, clock, this.#weights.fetched(oldest) + 1);
  }

  /** For a place in the issue queue. */
  #waitForRoom(clock: number): number {
    while (this.#issue.roomFrom === UNKNOWN) this.#next();
    return this.#lose(STALL.queueFull, clock, this.#issue.roomFrom);
  }

  #waitForAll(clock: number): number {
    while (this.#drained() === UNKNOWN) this.#next();
    return this.#lose(STALL.drain, clock, this.#drained());
  }

  /** @returns the later of `clock` and `until`, whose difference is lost to `stall` */
  #lose(stall: number, clock: number, until: number): number {
    if (until <= clock) return clock;
    this.#stalls[stall]! += until - clock;
    return until;
  }

  /** The first clock in which the core is drained; Infinity until that is known. */
  #drained(): number {
    const issued = this.#issue.drainedFrom;
    if (issued === UNKNOWN) return UNKNOWN;
    return Math.max(issued, this.#allStored, this.#loaded, this.#allReady);
  }

  // ---- the units -----------------------------------------------------------------------------------

  #start(queued: Queued, clock: number): void {
    const { unit, words } = queued;
    if (unit === TMATMUL) this.#weights.start(clock);
    else if (unit === LSU) this.#loadStore.start(clock, queued);
    else {
      const { wordClocks, unitClocks, pending } = queued.operation!;
      const end = clock + words * wordClocks + unitClocks;
      this.#ended(unit, end);
      this.#ready(pending, end);
    }
  }

  /** A value comes for these registers. */
  #ready(registers: readonly number[], clock: number): void {
    for (let i = 0; i < registers.length; i++) this.#scalarReady[registers[i]!] = clock + PENDING;
    if (registers.length > 0 && clock + PENDING > this.#allReady) this.#allReady = clock + PENDING;
  }

  #ended(unit: number, clock: number): void {
    const { operation, sequence, started, store } = this.#issue.running(unit);
    if (operation!.isStore) {
      this.#stored[store % TABLE] = clock;
      if (clock >= this.#allStored) this.#allStored = clock + 1;
    }
    this.#issue.end(unit, clock);
    this.#listener?.({ kind: "ran", sequence, start: started, clock });
  }

  /** When the matrices have arrived that a store overlaps. */
  #arrived({ overlapped, newestMatrix }: Queued): number {
    let arrived = 0;
    for (let bits = overlapped, matrix = newestMatrix; bits !== 0; bits >>= 1, matrix--)
      if (bits & 1) arrived = Math.max(arrived, this.#weights.fetched(matrix) + 1);
    return arrived;
  }

  // ---- events --------------------------------------------------------------------------------------

  /** The next event; whatever is unknown is known after as many of them as it takes. */
  #next(): void {
    if (!this.#step(UNKNOWN)) throw new Error("the cycle model is stuck");
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
