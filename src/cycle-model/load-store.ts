import { LATENCIES } from "../isa/generated.js";
import type { CoreConfiguration } from "../isa/spec.js";
import type { DramModel } from "./dram.js";

/** A range of DRAM that an instruction moves. */
export interface Transfer {
  readonly address: number;
  readonly bytes: number;
  readonly isStore: boolean;
  readonly elements: number;
  /** Words of a vector register that it fills or reads; 0 for a scalar store. */
  readonly words: number;
}

/** The load/store unit: one instruction at a time. */
export class LoadStore {
  readonly #core: CoreConfiguration;
  readonly #dram: DramModel;
  #transfer: Transfer | undefined;
  #start = 0;
  /** Granules of the range: next to ask for, and the end. */
  #next = 0;
  #end = 0;
  #request = 0;
  #firstGranule = 0;
  #data = 0;
  #onEnd: (clock: number) => void = () => {};

  constructor(core: CoreConfiguration, dram: DramModel) {
    this.#core = core;
    this.#dram = dram;
  }

  /** @param onEnd called with the clock in which it ends, as soon as that is known */
  start(clock: number, transfer: Transfer, onEnd: (clock: number) => void): void {
    const { beat_bytes: beat } = this.#core;
    this.#transfer = transfer;
    this.#start = clock;
    this.#next = Math.floor(transfer.address / beat);
    this.#end = Math.ceil((transfer.address + transfer.bytes) / beat);
    this.#request = clock + LATENCIES.lsu.request;
    this.#firstGranule = Number.POSITIVE_INFINITY;
    this.#data = 0;
    this.#onEnd = onEnd;
  }

  /** The next clock in which a burst is asked for; Infinity when there is nothing to ask for. */
  get nextRequest(): number {
    return this.#transfer ? this.#request : Number.POSITIVE_INFINITY;
  }

  /** Ask for the next burst. @param clock that of `nextRequest` */
  request(clock: number): void {
    const { channels, beat_bytes: beat, burst, vector_fifo: room, lanes } = this.#core;
    const transfer = this.#transfer!;
    const block = Math.min(burst, 4096 / beat, room) * channels;
    const length = Math.min(block - (this.#next % block), this.#end - this.#next);
    const beats = Math.ceil(length / channels);
    const address = this.#next * beat;
    this.#next += length;
    const isLast = this.#next === this.#end;
    const port = LATENCIES.memory_port;
    if (transfer.isStore) {
      // The data follow the request; a word is read in a clock.
      const data = transfer.words > 0 ? LATENCIES.lsu.vector_data : LATENCIES.lsu.scalar_data;
      this.#data = Math.max(this.#data, this.#start + data) + beats;
      const { last } = this.#dram.write(this.#data - 1 + port.write_data, address, beats);
      this.#request = clock + 1;
      if (isLast) this.#finish(last + LATENCIES.lsu.store_done);
      return;
    }
    const { first, last } = this.#dram.read(clock + port.request, "vectors", address, beats);
    this.#firstGranule = Math.min(this.#firstGranule, first);
    // The next request waits for room, when the buffer holds no more than this one.
    this.#request = this.#next % (room * channels) === 0 ? Math.max(clock + 1, first) : clock + 1;
    if (!isLast) return;
    // A word is written in a clock, however narrow its elements are in memory.
    const step = Math.ceil((lanes * (transfer.bytes / transfer.elements)) / beat / channels);
    const written = this.#firstGranule + Math.max(1, step) * transfer.words - 1;
    this.#finish(Math.max(last, written) + LATENCIES.lsu.load_write);
  }

  #finish(clock: number): void {
    this.#transfer = undefined;
    this.#onEnd(clock);
  }
}
