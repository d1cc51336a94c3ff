import type { Image, SourceLocation } from "../image/image.js";
import type { Configuration } from "../isa/spec.js";

/** Why a machine stopped running. */
export type Stop =
  /** It ran `halt`. */
  | { readonly reason: "halted" }
  /** It waits at `deq` for an entry; push one (or close the queue) and run again. */
  | { readonly reason: "input" }
  /** It waits at `enq` for room; take entries and run again. */
  | { readonly reason: "output" }
  /** It retired as many instructions as it was allowed. */
  | { readonly reason: "steps" }
  /** A breakpoint, or another observer, asked for it before the instruction at pc. */
  | { readonly reason: "break" }
  | {
      readonly reason: "trap";
      /** Name in isa/machine.yaml, such as `address_misaligned`. */
      readonly trap: string;
      readonly value: bigint;
      readonly pc: number;
      readonly source?: SourceLocation;
    };

export interface RunOptions {
  /** Most instructions to retire. */
  readonly maxSteps?: number;
  /**
   * Come back with reason `steps` after about so many instructions, so that the caller can take what
   * was put out. A machine comes back where that does not disturb it.
   */
  readonly slice?: number;
}

/**
 * Something that runs images: the emulator, the simulated core, later the card. The host talks
 * to a running program through its queues and its DRAM only.
 */
export interface Target {
  readonly configuration: Configuration;
  /**
   * Load an image and reset the machine.
   * @throws UserError that names the limit when the image needs more than the configuration has
   */
  load(image: Image): Promise<void>;
  /** Append entries (64 bits each, two's complement) to the input queue; returns how many fitted. */
  pushInput(entries: readonly bigint[]): Promise<number>;
  /** State that no more input follows: `deq` on the empty queue then traps. */
  closeInput(): Promise<void>;
  /** Take all entries of the output queue, oldest first. */
  takeOutput(): Promise<bigint[]>;
  /** Run until something stops it. */
  run(options?: RunOptions): Promise<Stop>;
  /** Bytes of DRAM. @throws RangeError outside DRAM */
  readMemory(address: number, length: number): Promise<Uint8Array>;
  writeMemory(address: number, bytes: Uint8Array): Promise<void>;
  /** Instructions retired since the last load. */
  instructionsRetired(): Promise<number>;
  close(): Promise<void>;
}
