import { UserError } from "../diagnostics/diagnostic.js";
import { INSTRUCTION_BYTES } from "../isa/codec.js";
import { CODES, HOST_QUEUE, WINDOWS } from "./generated.js";
import { GoneError, type ResetMark } from "./gone.js";
import type { FpgaHandle } from "./library.js";
import { Patience } from "./patience.js";
import { fieldsOf, isGone, type Registers } from "./registers.js";
import { RESET } from "./remedies.js";

const STATES = Object.keys(CODES.core_state) as (keyof typeof CODES.core_state)[];
const NEVER = 2n ** 64n - 1n;

/** What the core is doing. */
export interface CoreStatus {
  readonly state: keyof typeof CODES.core_state;
  /** It waits for an entry of the host, and there is none on the way to it. */
  readonly waitingInput: boolean;
  readonly waitingOutput: boolean;
  readonly paused: boolean;
  readonly trapCause: number;
  /** Entries that can be taken. */
  readonly outputCount: number;
  /** Entries that can be given. */
  readonly inputRoom: number;
}

/** The core and its queues, through registers. */
export class Core {
  readonly #patience: Patience;

  constructor(
    private readonly handle: FpgaHandle,
    private readonly registers: Registers,
    private readonly mark: ResetMark,
    timeoutMs: number,
  ) {
    this.#patience = new Patience(timeoutMs);
  }

  /** @param doing for the message when the card is gone @throws GoneError */
  #status(doing: string): CoreStatus {
    const word = this.registers.read("core_status");
    if (isGone(word)) throw new GoneError(doing, word);
    const fields = fieldsOf("core_status", word);
    return {
      state: STATES[fields.state]!,
      waitingInput: fields.waiting_input === 1 && fields.input_room >= HOST_QUEUE,
      waitingOutput: fields.waiting_output === 1,
      paused: fields.paused === 1,
      trapCause: fields.trap_cause,
      outputCount: fields.output_count,
      inputRoom: fields.input_room,
    };
  }

  /** Stop whatever runs, and empty the queues. */
  async reset(): Promise<void> {
    this.registers.writeFields("core_control", { reset: 1 });
    const ready = await this.#patience.wait(
      () => this.#status("the core was reset").state === "ready" || undefined,
    );
    if (!ready)
      throw new UserError(
        `the core's reset does not end: nothing came in ${this.#patience.limitMs / 1000} s`,
        RESET,
      );
    this.registers.write("pause_at", NEVER);
  }

  /**
   * Write a program and say where it begins.
   * @param code instruction words
   * @param entry index of the first instruction to run
   */
  writeProgram(code: Uint8Array, entry: number): void {
    const view = new DataView(code.buffer, code.byteOffset, code.byteLength);
    for (let at = 0; at < code.length; at += INSTRUCTION_BYTES)
      this.handle.writeMmio64(WINDOWS.program.offset + at, view.getBigUint64(at, true));
    this.registers.write("entry", BigInt(entry));
    this.registers.write("program_length", BigInt(code.length / INSTRUCTION_BYTES));
  }

  start(): void {
    this.registers.writeFields("core_control", { start: 1 });
    const errors = this.registers.read("errors");
    this.mark.check("a program was started");
    if (fieldsOf("errors", errors).not_ready)
      throw new UserError("the core refuses to start the program that was loaded", RESET);
  }

  /** Stop before an instruction, by its number since the start; undefined: never. */
  pauseAt(instruction: bigint | undefined): void {
    this.registers.write("pause_at", instruction ?? NEVER);
  }

  closeInput(): void {
    this.registers.writeFields("core_control", { close_input: 1 });
  }

  push(entries: readonly bigint[]): number {
    const count = Math.min(entries.length, this.#status("the program was given input").inputRoom);
    for (const entry of entries.slice(0, count)) this.registers.write("input_push", entry);
    return count;
  }

  take(): bigint[] {
    const doing = "the program's output was read";
    const entries: bigint[] = [];
    for (let left = this.#status(doing).outputCount; left > 0; left--) {
      entries.push(BigInt.asIntN(64, this.registers.read("output_head")));
      this.registers.write("output_pop", 0n);
    }
    this.mark.check(doing);
    return entries;
  }

  get retired(): number {
    return this.registers.readNumber("instret");
  }

  get trap() {
    return {
      pc: this.registers.readNumber("trap_pc"),
      value: this.registers.read("trap_value"),
    };
  }

  /**
   * Wait until the core stands, or something else ends the wait.
   * @param enough asked with every status: true ends the wait
   * @throws UserError when the card is gone, was reset by somebody, or no instruction retires any more
   */
  async wait(enough: (status: CoreStatus) => boolean): Promise<CoreStatus> {
    const doing = "the program ran";
    let waiting = 0;
    const status = await this.#patience.wait(
      () => {
        const now = this.#status(doing);
        // Twice: an entry that was just pushed may be on its way.
        waiting = now.waitingInput ? waiting + 1 : 0;
        const stands = now.state !== "running" || now.waitingOutput || now.paused || waiting > 1;
        return stands || enough(now) ? { ...now, waitingInput: waiting > 1 } : undefined;
      },
      () => this.registers.read("instret"),
    );
    if (status) {
      this.mark.check(doing);
      if (status.state === "ready" || status.state === "resetting") throw new GoneError(doing, 0n);
      return status;
    }
    throw new UserError(
      `the core hangs: no instruction ended in ${this.#patience.limitMs / 1000} s`,
      RESET,
    );
  }
}
