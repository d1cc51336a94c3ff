import { crc32 } from "node:zlib";
import { UserError } from "../diagnostics/diagnostic.js";
import {
  CODE_DESCRIPTIONS,
  CODES,
  COMPLETION,
  COMPLETION_LINES,
  COPY_QUEUE,
  HOST_LINE_BYTES,
} from "./generated.js";
import { GoneError, type ResetMark } from "./gone.js";
import { allocateRing, type HostRing } from "./host-ring.js";
import type { FpgaHandle, HostBuffer } from "./library.js";
import { Patience } from "./patience.js";
import { isGone, type Registers } from "./registers.js";
import { FAULTY, MEMORY, RESET } from "./remedies.js";

const COMPLETION_BYTES = COMPLETION_LINES * HOST_LINE_BYTES;
type CopyStatus = keyof typeof CODES.copy_status;
const STATUS_NAMES = Object.keys(CODES.copy_status) as CopyStatus[];
/** Looks at host memory after the engine said that a copy has ended. */
const LATE = 100;
/** Milliseconds that host memory is looked at between two looks at a register. */
const LOOK_MS = 0.1;
/** Milliseconds that copies may take to end after one of them failed. */
const ABANDON_MS = 1000;

/**
 * What a copy does. `check` reads the card's memory for its CRC and `zero` clears it; both move nothing over
 * the link, and may be of any length.
 */
type Direction = "to card" | "to host" | "check" | "zero";

/** Bits of `copy_go`. */
const GO = {
  "to card": {},
  "to host": { to_host: 1 },
  check: { to_host: 1, check: 1 },
  zero: { zero: 1 },
} as const satisfies Record<Direction, object>;

/** A copy; one over the link fits into a buffer. */
interface Job {
  readonly direction: Direction;
  /** Of the card. */
  readonly address: number;
  readonly length: number;
  /** Fill the buffer before the copy. */
  fill?(buffer: Uint8Array): void;
  /** Called after it with what came, and its CRC. */
  done?(buffer: Uint8Array, crc: number): void;
}

/** A job under way. */
interface Running extends Job {
  readonly number: number;
  readonly buffer: HostBuffer;
  /** CRC of what was sent. */
  readonly sent: number | undefined;
}

/** Whole lines of the card's memory. */
export interface CardRange {
  readonly address: number;
  readonly length: number;
}

/** Bytes that went over the link. */
export interface CopyTotals {
  toCard: number;
  toHost: number;
}

/** Moves bytes between host memory and the card's, in whole lines, and checks the CRC of every copy. */
export class CopyEngine {
  readonly totals: CopyTotals = { toCard: 0, toHost: 0 };
  readonly #registers: Registers;
  readonly #mark: ResetMark;
  readonly #patience: Patience;
  readonly #ring: HostRing;
  readonly #completions: HostBuffer;
  readonly #running: Running[] = [];
  /** Number of the copy that was given last. */
  #number: number;
  #turn = 0;

  /**
   * @param timeoutMs milliseconds that a copy may take
   * @throws UserError when there is no memory that the card can reach
   */
  constructor(handle: FpgaHandle, registers: Registers, mark: ResetMark, timeoutMs: number) {
    this.#registers = registers;
    this.#mark = mark;
    this.#patience = new Patience(timeoutMs);
    const completions = handle.allocate(COMPLETION_BYTES);
    if (!completions)
      throw new UserError("there is no page of memory that the card can reach", MEMORY);
    completions.bytes.fill(0);
    this.#completions = completions;
    this.#ring = allocateRing(handle);
    this.#number = registers.readNumber("copy_completed");
    registers.write("copy_completion_address", completions.ioAddress);
  }

  /** What is not as it should be: no hugepages. */
  get warning(): string | undefined {
    return this.#ring.warning;
  }

  /**
   * Write to the card's memory.
   * @param pieces each with a multiple of a line as address and length
   */
  async write(
    pieces: Iterable<{ readonly address: number; readonly bytes: Uint8Array }>,
    onProgress?: (bytes: number) => void,
  ): Promise<void> {
    await this.#run(this.#writes(pieces, onProgress));
  }

  *#writes(
    pieces: Iterable<{ readonly address: number; readonly bytes: Uint8Array }>,
    onProgress: ((bytes: number) => void) | undefined,
  ): Generator<Job> {
    for (const { address, bytes } of pieces)
      for (const [at, length] of this.#parts(bytes.length))
        yield {
          direction: "to card",
          address: address + at,
          length,
          fill: (buffer) => buffer.set(bytes.subarray(at, at + length)),
          done: () => onProgress?.(length),
        };
  }

  /** Set ranges of the card's memory to zero. */
  async clear(ranges: readonly CardRange[]): Promise<void> {
    await this.#run(ranges.map((range): Job => ({ ...range, direction: "zero" })));
  }

  /** Read the card's memory. @param address and length: multiples of a line */
  async read(address: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    await this.readEach([{ address, length }], (part, _, at) => bytes.set(part, at));
    return bytes;
  }

  /**
   * Read ranges of the card's memory, and look at some while others are on their way.
   * @param look called with bytes, which are there until it returns, of a range from offset `at` on
   */
  async readEach<Range extends CardRange>(
    ranges: Iterable<Range>,
    look: (bytes: Uint8Array, range: Range, at: number) => void,
  ): Promise<void> {
    await this.#run(this.#looks(ranges, look));
  }

  *#looks<Range extends CardRange>(
    ranges: Iterable<Range>,
    look: (bytes: Uint8Array, range: Range, at: number) => void,
  ): Generator<Job> {
    for (const range of ranges)
      for (const [at, length] of this.#parts(range.length))
        yield {
          direction: "to host",
          address: range.address + at,
          length,
          done: (buffer) => look(buffer.subarray(0, length), range, at),
        };
  }

  /** CRC-32 of ranges of the card's memory, one after the other. */
  async checksums(ranges: readonly CardRange[]): Promise<number[]> {
    const crcs: number[] = [];
    const jobs = ranges.map(
      ({ address, length }): Job => ({
        direction: "check",
        address,
        length,
        done: (_, crc) => crcs.push(crc),
      }),
    );
    await this.#run(jobs);
    return crcs;
  }

  *#parts(length: number): Generator<[at: number, length: number]> {
    for (let at = 0; at < length; at += this.#ring.bytes)
      yield [at, Math.min(this.#ring.bytes, length - at)];
  }

  /** Run jobs, as many at a time as there are buffers; they end in their order. */
  async #run(jobs: Iterable<Job>): Promise<void> {
    const { buffers } = this.#ring;
    const most = Math.min(buffers.length, COPY_QUEUE);
    try {
      for (const job of jobs) {
        if (this.#running.length === most) await this.#finishOldest();
        this.#start(job, buffers[this.#turn++ % buffers.length]!);
      }
      while (this.#running.length > 0) await this.#finishOldest();
    } catch (error) {
      // What goes wrong here says less than what led here.
      await this.#abandon().catch(() => {});
      throw error;
    }
  }

  /** After a failure: let the copies end that still run, whatever becomes of them. */
  async #abandon(): Promise<void> {
    this.#running.length = 0;
    await new Patience(ABANDON_MS).wait(() => (this.busy ? undefined : true));
    this.#number = this.#registers.readNumber("copy_completed");
  }

  #start(job: Job, buffer: HostBuffer): void {
    const { direction, address, length } = job;
    job.fill?.(buffer.bytes);
    const sent = direction === "to card" ? crc32(buffer.bytes.subarray(0, length)) : undefined;
    this.#registers.write("copy_host_address", buffer.ioAddress);
    this.#registers.write("copy_card_address", BigInt(address));
    this.#registers.write("copy_length", BigInt(length));
    this.#registers.writeFields("copy_go", GO[direction]);
    this.#running.push({ ...job, number: ++this.#number, buffer, sent });
  }

  async #finishOldest(): Promise<void> {
    const job = this.#running[0]!;
    const { status, crc } = await this.#completion(job);
    this.#running.shift();
    if (status !== "done") throw failedError(job, status);
    const { buffer, direction, length, sent } = job;
    const expected =
      sent ?? (direction === "to host" ? crc32(buffer.bytes.subarray(0, length)) : crc);
    if (crc !== expected)
      throw new UserError(
        `${describe(job)} damaged the data: CRC ${hex(crc)} on the card, ${hex(expected)} in host memory`,
        FAULTY,
      );
    if (direction === "to card") this.totals.toCard += length;
    if (direction === "to host") this.totals.toHost += length;
    job.done?.(buffer.bytes, crc);
  }

  /** Wait for the line that a copy leaves in host memory. */
  async #completion(job: Running): Promise<{ status: CopyStatus | undefined; crc: number }> {
    const { number } = job;
    const at = ((number - 1) % COMPLETION_LINES) * HOST_LINE_BYTES;
    const { bytes } = this.#completions;
    const line = new DataView(bytes.buffer, bytes.byteOffset + at, HOST_LINE_BYTES);
    const word = (name: keyof typeof COMPLETION) => line.getBigUint64(8 * COMPLETION[name], true);
    const doing = `${describe(job)} was under way`;
    let completed = 0n;
    let late = 0;
    const arrives = () => {
      const until = performance.now() + LOOK_MS;
      do {
        if (word("number") === BigInt(number)) return true;
      } while (performance.now() < until);
      return false;
    };
    const answer = await this.#patience.wait(
      () => {
        if (arrives()) return "arrived";
        // What tells that the card is there; and lets time go on where it is simulated.
        completed = this.#registers.read("copy_completed");
        if (isGone(completed) || completed < BigInt(number - 1)) return "gone";
        // The line was written before the register counted it, so that it is here, or never comes.
        if (completed >= BigInt(number) && ++late > LATE) return "lost";
        return undefined;
      },
      () => {
        this.#mark.check(doing);
        return completed;
      },
    );
    if (answer === "gone") throw new GoneError(doing, completed);
    if (answer === "lost") throw this.#lostError(job, completed);
    if (answer === undefined)
      throw new UserError(
        `${describe(job)} does not end: nothing came in ${this.#patience.limitMs / 1000} s`,
        RESET,
      );
    return { status: STATUS_NAMES[Number(word("status"))], crc: Number(word("crc")) };
  }

  /** A copy has ended, but host memory does not tell: its status may still be in a register. */
  #lostError(job: Running, completed: bigint): UserError {
    const last = completed === BigInt(job.number);
    const status = last ? STATUS_NAMES[this.#registers.readFields("copy_result").status] : "done";
    return status && status !== "done"
      ? failedError(job, status)
      : new UserError(
          `${describe(job)} ended, but its completion in host memory is missing or damaged`,
          FAULTY,
        );
  }

  /** Whether the engine may still touch host memory. */
  get busy(): boolean {
    const state = this.#registers.read("copy_state");
    return !isGone(state) && (state & 1n) === 1n;
  }
}

function failedError(job: Job, status: CopyStatus | undefined): UserError {
  const meaning = status && CODE_DESCRIPTIONS.copy_status[status];
  return new UserError(`${describe(job)} failed: ${meaning ?? "an unknown status"}`, FAULTY);
}

function describe({ direction, address, length }: Job): string {
  const what = {
    "to card": "a copy to the card",
    "to host": "a copy from the card",
    check: "a check on the card",
    zero: "clearing the card's memory",
  };
  return `${what[direction]} (${length} bytes at DRAM ${hex(address)})`;
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
