import { LATENCIES } from "../isa/generated.js";
import type { Configuration, CoreConfiguration } from "../isa/spec.js";
import type { DramChannel } from "./dram.js";
import { UNKNOWN } from "./unknown.js";

const PAGE_BYTES = 4096;
/** Bytes of the longest elements. */
const ELEMENT_BYTES = 4;

/** A range of DRAM that an instruction moves. */
export interface Transfer {
  address: number;
  bytes: number;
  isStore: boolean;
  elements: number;
  /** Words of a vector register that it fills or reads; 0 for a scalar store. */
  words: number;
}

/** A channel's share of the transfer that is under way. Granules are numbers within the channel. */
interface Share {
  next: number;
  left: number;
  /** Granules of the next burst. */
  beats: number;
  /**
   * The clock in which its next burst is asked for, or in which the DRAM has all of it if it is a store's;
   * Infinity when there is none.
   */
  request: number;
  /** Of a load: when each of its granules comes; so many are known. */
  readonly arrivals: Float64Array;
  known: number;
  /** Of a store: when the newest burst is answered. */
  last: number;
  /** The clock after its last data, of a store. */
  data: number;
}

/** The load/store unit: one instruction at a time. */
export class LoadStore {
  readonly #core: CoreConfiguration;
  readonly #dram: readonly DramChannel[];
  readonly #onEnd: (clock: number) => void;
  readonly #shares: Share[];
  readonly #burst: number;
  readonly #page: number;
  #transfer: Transfer | undefined;
  #start = 0;
  #nextRequest = UNKNOWN;

  /** @param onEnd called with the clock in which a transfer ends, as soon as that is known */
  constructor(
    { core, vlmax }: Configuration,
    dram: readonly DramChannel[],
    onEnd: (clock: number) => void,
  ) {
    this.#core = core;
    this.#dram = dram;
    this.#onEnd = onEnd;
    this.#burst = Math.min(core.burst, Math.max(1, core.vector_fifo / 2));
    this.#page = PAGE_BYTES / core.beat_bytes;
    // One more, as its ends may lie within granules, and one for a share that is larger than others.
    const granules = (vlmax * ELEMENT_BYTES) / core.beat_bytes + 1;
    this.#shares = dram.map(() => ({
      next: 0,
      left: 0,
      beats: 0,
      request: 0,
      arrivals: new Float64Array(Math.ceil(granules / core.channels) + 1),
      known: 0,
      last: 0,
      data: 0,
    }));
  }

  start(clock: number, transfer: Transfer): void {
    const { beat_bytes: beat, channels } = this.#core;
    this.#transfer = transfer;
    this.#start = clock;
    const from = Math.floor(transfer.address / beat);
    const count = Math.ceil((transfer.address + transfer.bytes) / beat) - from;
    // Powers of two: to multiply is faster than to divide.
    const perChannel = 1 / channels;
    let earliest = UNKNOWN;
    for (let nth = 0; nth < channels; nth++) {
      const share = this.#shares[(from + nth) & (channels - 1)]!;
      share.left = Math.max(0, Math.ceil((count - nth) * perChannel));
      share.next = Math.floor((from + nth) * perChannel);
      share.known = 0;
      share.last = -1;
      share.data = 0;
      if (share.left === 0) share.request = UNKNOWN;
      else {
        share.beats = this.#beats(share);
        if (transfer.isStore) this.#send(share, transfer);
        else share.request = clock + LATENCIES.lsu.request;
      }
      if (share.request < earliest) earliest = share.request;
    }
    this.#nextRequest = earliest;
  }

  #beats({ left, next }: Share): number {
    return Math.min(this.#burst, left, this.#page - (next & (this.#page - 1)));
  }

  /** The data of a store's next burst: a beat in a clock, when the first word has been read. */
  #send(share: Share, { words }: Transfer): void {
    const { vector_data: vector, scalar_data: scalar } = LATENCIES.lsu;
    const ready = this.#start + (words > 0 ? vector : scalar);
    share.data = Math.max(share.data, ready) + share.beats;
    share.request = share.data - 1 + LATENCIES.memory_port.write_data;
  }

  /** The next clock in which a burst is asked for; Infinity when there is nothing to ask for. */
  get nextRequest(): number {
    return this.#nextRequest;
  }

  /** Ask for the next burst of a channel. @param clock that of `nextRequest` */
  request(clock: number): void {
    const transfer = this.#transfer!;
    let earliest = UNKNOWN;
    for (let channel = 0; channel < this.#shares.length; channel++) {
      const share = this.#shares[channel]!;
      if (share.request === clock) this.#requestOf(this.#dram[channel]!, share, transfer, clock);
      if (share.request < earliest) earliest = share.request;
    }
    this.#nextRequest = earliest;
    if (earliest === UNKNOWN)
      this.#onEnd(transfer.isStore ? this.#storeEnd() : this.#loadEnd(transfer));
  }

  #requestOf(dram: DramChannel, share: Share, transfer: Transfer, clock: number): void {
    const { beats } = share;
    if (transfer.isStore) share.last = dram.write(clock, share.next, beats);
    else {
      const accepted = clock + LATENCIES.memory_port.request;
      const { first, last } = dram.read(accepted, "vectors", share.next, beats);
      // What holds beats up is most likely that rows are opened, for the first ones.
      const late = last - (beats - 1);
      share.arrivals[share.known] = first;
      for (let i = 1; i < beats; i++)
        share.arrivals[share.known + i] = (late > first ? late : first) + i;
      share.known += beats;
    }
    share.next += beats;
    share.left -= beats;
    if (share.left === 0) {
      share.request = UNKNOWN;
      return;
    }
    share.beats = this.#beats(share);
    if (transfer.isStore) this.#send(share, transfer);
    else share.request = Math.max(clock + 1, this.#room(share));
  }

  /** The clock in which the buffer has room for a load's next burst: what comes is taken a clock later. */
  #room({ arrivals, known, beats }: Share): number {
    const needed = known + beats - this.#core.vector_fifo - 1;
    return needed < 0 ? 0 : arrivals[needed]! + 2;
  }

  #storeEnd(): number {
    let last = -1;
    for (const share of this.#shares) if (share.last > last) last = share.last;
    return last + LATENCIES.lsu.store_done;
  }

  /** A step takes the next granules of a word, of each channel one at most, a clock after they came. */
  #loadEnd({ address, bytes, elements }: Transfer): number {
    const { channels, beat_bytes: beat, lanes } = this.#core;
    const step = Math.min(channels, (lanes * (bytes / elements)) / beat);
    const from = Math.floor(address / beat);
    const count = Math.ceil(bytes / beat);
    let clock = -1;
    for (let granule = 0; granule < count; granule += step) {
      clock++;
      const end = Math.min(granule + step, count);
      const nth = Math.floor(granule / channels);
      for (let i = granule; i < end; i++) {
        const comes = this.#shares[(from + i) & (channels - 1)]!.arrivals[nth]!;
        if (comes >= clock) clock = comes + 1;
      }
    }
    return clock - 1 + LATENCIES.lsu.load_write;
  }
}
