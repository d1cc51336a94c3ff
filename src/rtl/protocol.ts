/** What goes over the pipe to the simulator: rtl/sim/protocol.h, machine.h and trace.h in TypeScript. */
import { DDR4_2400, DRAM_QUEUE, type DramTiming } from "../dram/ddr4.js";
import type { Configuration } from "../isa/spec.js";
import { DRAM_MODES, type DramMode } from "./dram-modes.js";

/** Requests, by their number. */
export const REQUESTS = [
  "configure",
  "reset",
  "program",
  "start",
  "writeMemory",
  "readMemory",
  "clearMemory",
  "pushInput",
  "closeInput",
  "takeOutput",
  "run",
  "status",
  "counters",
  "setEvents",
  "takeEvents",
  "setWave",
  "setCapture",
  "captured",
  "pages",
] as const;

export type RequestName = (typeof REQUESTS)[number];

/** Why a run ended, by its number. `clocks`: it had no more; `events`: take them and go on. */
export const STOP_REASONS = [
  "clocks",
  "halted",
  "trap",
  "input",
  "output",
  "paused",
  "events",
] as const;

export interface SimulatorStatus {
  readonly reason: (typeof STOP_REASONS)[number];
  readonly trapCause: number;
  readonly trapPc: bigint;
  readonly trapValue: bigint;
  /** Instructions retired. */
  readonly instret: bigint;
  /** Clocks since the start in which the core had something to do. */
  readonly clocks: bigint;
}

/** Puts little-endian values one behind the other. */
export class PayloadWriter {
  readonly #chunks: Uint8Array[] = [];

  #put(size: number, set: (view: DataView) => void): this {
    const bytes = new Uint8Array(size);
    set(new DataView(bytes.buffer));
    this.#chunks.push(bytes);
    return this;
  }
  u8(value: number): this {
    return this.#put(1, (view) => view.setUint8(0, value));
  }
  u32(value: number): this {
    return this.#put(4, (view) => view.setUint32(0, value, true));
  }
  u64(value: bigint | number): this {
    return this.#put(8, (view) => view.setBigUint64(0, BigInt.asUintN(64, BigInt(value)), true));
  }
  bytes(bytes: Uint8Array): this {
    this.#chunks.push(bytes);
    return this;
  }

  get chunks(): readonly Uint8Array[] {
    return this.#chunks;
  }
}

/** What `configure` says. */
export interface SimulatorSettings {
  readonly configuration: Configuration;
  readonly exactQueues: boolean;
  readonly randomInitial: boolean;
  readonly dram: DramMode;
  readonly seed: bigint;
}

/** The DRAM's timing in the order of DramTiming in rtl/sim/ddr4.h. */
export const DRAM_TIMINGS: readonly (keyof DramTiming)[] = [
  ...(["cl", "cwl", "rcd", "rp", "ras", "ccdS", "ccdL", "rrdS", "rrdL", "faw"] as const),
  ...(["rtp", "wr", "wtrS", "wtrL", "rfc", "refi", "request", "response"] as const),
];

export function configurePayload(settings: SimulatorSettings): PayloadWriter {
  const { configuration, exactQueues, randomInitial, dram, seed } = settings;
  const payload = new PayloadWriter()
    .u64(configuration.dram)
    .u8(exactQueues ? 1 : 0)
    .u8(randomInitial ? 1 : 0)
    .u8(DRAM_MODES.indexOf(dram))
    .u32(configuration.core.clock_mhz)
    .u32(DRAM_QUEUE)
    .u64(seed);
  for (const name of DRAM_TIMINGS) payload.u32(DDR4_2400[name]);
  return payload;
}

export function parseStatus(bytes: Uint8Array): SimulatorStatus {
  const view = viewOf(bytes);
  const [trapPc, trapValue, instret, clocks] = [2, 10, 18, 26].map((at) =>
    view.getBigUint64(at, true),
  ) as [bigint, bigint, bigint, bigint];
  const reason = STOP_REASONS[view.getUint8(0)]!;
  return { reason, trapCause: view.getUint8(1), trapPc, trapValue, instret, clocks };
}

/** All of a payload as 64-bit integers without sign. */
export function parseIntegers(bytes: Uint8Array): bigint[] {
  const view = viewOf(bytes);
  return Array.from({ length: bytes.length / 8 }, (_, i) => view.getBigUint64(8 * i, true));
}

export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** Bytes of a frame before its payload: its length, its type. */
export const FRAME_HEADER = 5;

/** The header of a frame. */
export function frameHeader(length: number, type: number): Uint8Array {
  const bytes = new Uint8Array(FRAME_HEADER);
  new DataView(bytes.buffer).setUint32(0, length, true);
  bytes[4] = type;
  return bytes;
}

/** Cuts a stream of bytes into frames. */
export class FrameReader {
  #chunks: Uint8Array[] = [];
  #length = 0;

  /** @returns the frames that are complete now */
  push(chunk: Uint8Array): { readonly type: number; readonly payload: Uint8Array }[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    const frames = [];
    for (;;) {
      if (this.#length < FRAME_HEADER) return frames;
      // Large frames come in many chunks, which are joined once.
      if (this.#chunks[0]!.length < FRAME_HEADER) this.#join();
      const view = viewOf(this.#chunks[0]!);
      const end = FRAME_HEADER + view.getUint32(0, true);
      if (this.#length < end) return frames;
      this.#join();
      const all = this.#chunks[0]!;
      frames.push({ type: all[4]!, payload: all.subarray(FRAME_HEADER, end) });
      this.#chunks = [all.subarray(end)];
      this.#length -= end;
    }
  }

  #join(): void {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks)];
  }
}
