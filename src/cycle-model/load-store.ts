import { LATENCIES } from "../isa/generated.js";
import type { CoreConfiguration } from "../isa/spec.js";
import type { DramChannel } from "./dram.js";

const PAGE_BYTES = 4096;

/** A range of DRAM that an instruction moves. */
export interface Transfer {
  readonly address: number;
  readonly bytes: number;
  readonly isStore: boolean;
  readonly elements: number;
  /** Words of a vector register that it fills or reads; 0 for a scalar store. */
  readonly words: number;
}

/** A channel's share of the transfer that is under way. Granules are numbers within the channel. */
interface Share {
  next: number;
  left: number;
  /** The clock in which its next burst is asked for; Infinity when there is none. */
  request: number;
  /** When its first and its last granule come; of a store, when the newest burst is answered. */
  first: number;
  last: number;
  /** The clock after its last data, of a store. */
  data: number;
}

/** The load/store unit: one instruction at a time. */
export class LoadStore {
  readonly #core: CoreConfiguration;
  readonly #dram: readonly DramChannel[];
  readonly #shares: Share[];
  readonly #burst: number;
  readonly #page: number;
  #transfer: Transfer | undefined;
  #start = 0;
  #nextRequest = Number.POSITIVE_INFINITY;
  #onEnd: (clock: number) => void = () => {};

  constructor(core: CoreConfiguration, dram: readonly DramChannel[]) {
    this.#core = core;
    this.#dram = dram;
    this.#burst = Math.min(core.burst, Math.max(1, core.vector_fifo / 2));
    this.#page = PAGE_BYTES / core.beat_bytes;
    this.#shares = dram.map(() => ({ next: 0, left: 0, request: 0, first: 0, last: 0, data: 0 }));
  }

  /** @param onEnd called with the clock in which it ends, as soon as that is known */
  start(clock: number, transfer: Transfer, onEnd: (clock: number) => void): void {
    const { beat_bytes: beat, channels } = this.#core;
    this.#transfer = transfer;
    this.#start = clock;
    this.#onEnd = onEnd;
    const from = Math.floor(transfer.address / beat);
    const count = Math.ceil((transfer.address + transfer.bytes) / beat) - from;
    this.#shares.forEach((share, channel) => {
      const nth = (channel - (from % channels) + channels) % channels;
      share.left = Math.max(0, Math.ceil((count - nth) / channels));
      share.next = Math.floor((from + nth) / channels);
      share.request = share.left > 0 ? clock + LATENCIES.lsu.request : Number.POSITIVE_INFINITY;
      share.first = -1;
      share.last = -1;
      share.data = 0;
    });
    this.#nextRequest = clock + LATENCIES.lsu.request;
  }

  /** The next clock in which a burst is asked for; Infinity when there is nothing to ask for. */
  get nextRequest(): number {
    return this.#nextRequest;
  }

  /** Ask for the next burst of a channel. @param clock that of `nextRequest` */
  request(clock: number): void {
    const transfer = this.#transfer!;
    let earliest = Number.POSITIVE_INFINITY;
    for (let channel = 0; channel < this.#shares.length; channel++) {
      const share = this.#shares[channel]!;
      if (share.request === clock) this.#requestOf(channel, share, transfer, clock);
      if (share.request < earliest) earliest = share.request;
    }
    this.#nextRequest = earliest;
    if (earliest === Number.POSITIVE_INFINITY) this.#finish(transfer);
  }

  #requestOf(channel: number, share: Share, transfer: Transfer, clock: number): void {
    const { request, write_data: write } = LATENCIES.memory_port;
    const beats = Math.min(this.#burst, share.left, this.#page - (share.next % this.#page));
    const dram = this.#dram[channel]!;
    if (transfer.isStore) {
      // The data follow the request; the first word has been read by then.
      const { vector_data: vector, scalar_data: scalar } = LATENCIES.lsu;
      const ready = this.#start + (transfer.words > 0 ? vector : scalar);
      share.data = Math.max(share.data, ready) + beats;
      share.last = dram.write(share.data - 1 + write, share.next, beats);
      share.request = clock + 1;
    } else {
      const { first, last } = dram.read(clock + request, "vectors", share.next, beats);
      if (share.first < 0) share.first = first;
      share.last = last;
      // Two bursts fit into the buffer; what makes room for a third is that the first is taken.
      share.request = share.first === first ? clock + 1 : Math.max(clock + 1, first);
    }
    share.next += beats;
    share.left -= beats;
    if (share.left === 0) share.request = Number.POSITIVE_INFINITY;
  }

  #finish({ isStore, bytes, elements, words }: Transfer): void {
    this.#transfer = undefined;
    const { channels, beat_bytes: beat, lanes } = this.#core;
    let first = -1;
    let last = -1;
    for (const share of this.#shares) {
      first = Math.max(first, share.first);
      last = Math.max(last, share.last);
    }
    if (isStore) {
      this.#onEnd(last + LATENCIES.lsu.store_done);
      return;
    }
    // A word is written in a clock, however narrow its elements are in memory.
    const steps = Math.ceil((lanes * (bytes / elements)) / beat / channels);
    const written = first + Math.max(1, steps) * words - 1;
    this.#onEnd(Math.max(last, written) + LATENCIES.lsu.load_write);
  }
}
