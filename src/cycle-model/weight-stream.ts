import { LATENCIES, MEMORY } from "../isa/generated.js";
import type { CoreConfiguration } from "../isa/spec.js";
import type { DramChannel } from "./dram.js";

const LINE = MEMORY.line_bytes;
const PAGE_BYTES = 4096;
/** Matrices that are forgotten at a time. */
const KEPT = 256;
const UNKNOWN = Number.POSITIVE_INFINITY;

/** A burst of a matrix on a channel: its granules, counted in the channel's share of the matrix. */
interface Arrival {
  readonly from: number;
  readonly to: number;
  /** When the first one comes, then one in a clock, until the last one at the latest. */
  readonly first: number;
  readonly last: number;
}

/** A matrix on its way through the banks. */
interface Matrix {
  /** Number of its first granule in DRAM. */
  readonly first: number;
  /** Position of its first granule in the stream of all weights. */
  readonly position: number;
  readonly granules: number;
  /** Granules of what a whole number of beats covers: a row group, or two where a beat takes two. */
  readonly group: number;
  /** Beats of that. */
  readonly groupBeats: number;
  /** Beats in all. */
  readonly beats: number;
  /** Words of the result that are still to be written when the last sums have been rescaled. */
  readonly wordsLeft: number;
  /** When the weight fetch has its descriptor. */
  readonly known: number;
  /** Of each channel. */
  readonly arrivals: readonly Arrival[][];
  /** Channels that have not asked for all of their share. */
  channelsLeft: number;
  /** When it has arrived completely; Infinity until that is known. */
  fetched: number;
  /** When the granules that were asked for have arrived. */
  arrived: number;
}

/** The weight fetch of a channel. */
interface Fetch {
  /** Index of the matrix that is being fetched. */
  matrix: number;
  /** Granules of its share: all, and those that were asked for. */
  share: number;
  requested: number;
  /** Number of the next granule within the channel. */
  granule: number;
  /** Granules that were asked for in all, for the room in the banks. */
  total: number;
  lastRequest: number;
  /** The last request was the last one of a matrix. */
  isNewMatrix: boolean;
  /** Ends of the newest bursts, a ring of `outstanding`. */
  readonly inFlight: number[];
  bursts: number;
  nextRequest: number;
  /** Where `takenAt` looked last. */
  takenFrom: number;
}

/** The weights: fetched ahead in the order of the program, kept in banks, taken by the ternary unit. */
export class WeightStream {
  readonly #core: CoreConfiguration;
  readonly #dram: readonly DramChannel[];
  /** Granules of a channel that its banks hold. */
  readonly #room: number;
  readonly #page: number;
  /** Clocks of the adder tree. */
  readonly #levels: number;
  readonly #fetches: Fetch[];
  #matrices: Matrix[] = [];
  /** Matrices that are forgotten. */
  #dropped = 0;
  /** Index of the matrix that is multiplied next. */
  #next = 0;
  #end = 0;
  /** What `nextRequest` is, until something that it depends on changes. */
  #nextRequest = UNKNOWN;
  /** So many granules had been taken out of the banks by a clock; linear between two points. */
  #takenGranules: number[] = [0];
  #takenClocks: number[] = [-1];
  /** The running product: beats done, the clock of the last one, each channel's arrival that comes next. */
  #running: Matrix | undefined;
  #beats = 0;
  #clock = 0;
  readonly #arrival: number[];
  #onEnd: (clock: number) => void = () => {};
  /** Clocks that the ternary unit waited for weights while the DRAM moved weights, and while it did not. */
  readonly starved = { bandwidth: 0, latency: 0 };
  /** Clocks with a beat. */
  streaming = 0;

  constructor(core: CoreConfiguration, dram: readonly DramChannel[]) {
    this.#core = core;
    this.#dram = dram;
    this.#room = (core.weight_fifo * core.product_granules) / core.channels;
    this.#page = PAGE_BYTES / core.beat_bytes;
    const columns = core.product_granules * core.beat_bytes;
    this.#levels = Math.max(Math.ceil(Math.log2(columns / 2) / 2), 5 - Math.ceil(LINE / columns));
    this.#arrival = dram.map(() => 0);
    this.#fetches = dram.map(() => ({
      matrix: 0,
      share: 0,
      requested: 0,
      granule: 0,
      total: 0,
      lastRequest: -100,
      isNewMatrix: true,
      inFlight: Array.from({ length: core.outstanding }, () => -100),
      bursts: 0,
      nextRequest: UNKNOWN,
      takenFrom: 0,
    }));
  }

  /** A matrix to fetch. @returns its number, for `fetched` */
  push(address: number, rows: number, columns: number, trits: number, known: number): number {
    const { beat_bytes: beat, product_granules: together, lanes, channels } = this.#core;
    const rowGroup = (Math.ceil(columns / LINE) * LINE) / beat;
    const rowGroups = Math.ceil(rows / trits);
    const inBeat = 2 * rowGroup <= together ? 2 : 1;
    const group = inBeat * rowGroup;
    const groupBeats = Math.ceil(group / together);
    const lastRow = inBeat * trits * (Math.ceil(rowGroups / inBeat) - 1);
    const granules = rowGroup * rowGroups;
    this.#matrices.push({
      first: address / beat,
      position: this.#end,
      granules,
      group,
      groupBeats,
      beats: Math.ceil(rowGroups / inBeat) * groupBeats,
      wordsLeft: Math.ceil(rows / lanes) - Math.floor(lastRow / lanes),
      known,
      arrivals: Array.from({ length: channels }, () => []),
      channelsLeft: channels,
      fetched: UNKNOWN,
      arrived: 0,
    });
    this.#end += granules;
    const number = this.#dropped + this.#matrices.length - 1;
    if (this.#next >= KEPT) this.#drop();
    for (const [channel, fetch] of this.#fetches.entries())
      if (fetch.matrix === this.#matrices.length - 1) this.#begin(channel, fetch);
    this.#findNextRequest();
    return number;
  }

  /** Forget what has been multiplied, which has been fetched. */
  #drop(): void {
    this.#matrices = this.#matrices.slice(this.#next);
    this.#dropped += this.#next;
    for (const fetch of this.#fetches) fetch.matrix -= this.#next;
    this.#next = 0;
    const old = Math.min(...this.#fetches.map(({ takenFrom }) => takenFrom));
    this.#takenGranules = this.#takenGranules.slice(old);
    this.#takenClocks = this.#takenClocks.slice(old);
    for (const fetch of this.#fetches) fetch.takenFrom -= old;
  }

  /** When a matrix has arrived; Infinity while that is unknown. */
  fetched(number: number): number {
    return this.#matrices[number - this.#dropped]?.fetched ?? 0;
  }

  /** The next clock in which a burst can be asked for; Infinity when that depends on a later event. */
  get nextRequest(): number {
    return this.#nextRequest;
  }

  #nth(matrix: Matrix, channel: number): number {
    const { channels } = this.#core;
    return (channel - (matrix.first % channels) + channels) % channels;
  }

  /** A channel comes to a matrix. */
  #begin(channel: number, fetch: Fetch): void {
    const { channels } = this.#core;
    for (;;) {
      const matrix = this.#matrices[fetch.matrix];
      fetch.share = 0;
      if (!matrix) break;
      const nth = this.#nth(matrix, channel);
      fetch.share = Math.max(0, Math.ceil((matrix.granules - nth) / channels));
      fetch.requested = 0;
      fetch.granule = Math.floor((matrix.first + nth) / channels);
      if (fetch.share > 0) break;
      this.#done(matrix);
      fetch.matrix++;
    }
    fetch.isNewMatrix = true;
    this.#findRequest(fetch);
  }

  #done(matrix: Matrix): void {
    matrix.channelsLeft--;
    if (matrix.channelsLeft === 0) matrix.fetched = matrix.arrived + LATENCIES.weight_fetch.fetched;
  }

  #length({ granule, share, requested }: Fetch): number {
    return Math.min(this.#core.burst, share - requested, this.#page - (granule % this.#page));
  }

  #findRequest(fetch: Fetch): void {
    if (fetch.share === 0) {
      fetch.nextRequest = UNKNOWN;
      return;
    }
    const { request, burst, matrix, retry, credit } = LATENCIES.weight_fetch;
    const known = this.#matrices[fetch.matrix]!.known;
    const end = fetch.total + this.#length(fetch);
    fetch.nextRequest = Math.max(
      known + request,
      fetch.lastRequest + (fetch.isNewMatrix ? matrix : burst),
      fetch.inFlight[fetch.bursts % fetch.inFlight.length]! + retry,
      this.#takenAt(fetch, (end - this.#room) * this.#core.channels) + credit,
    );
  }

  #findNextRequest(): void {
    let earliest = UNKNOWN;
    for (const { nextRequest } of this.#fetches) if (nextRequest < earliest) earliest = nextRequest;
    this.#nextRequest = earliest;
  }

  /** When so many granules have been taken; -1 for long ago. A channel asks for more and more. */
  #takenAt(fetch: Fetch, granules: number): number {
    const amounts = this.#takenGranules;
    const clocks = this.#takenClocks;
    const newest = amounts.length - 1;
    if (granules > amounts[newest]!) return UNKNOWN;
    let at = fetch.takenFrom;
    while (at < newest && amounts[at + 1]! < granules) at++;
    fetch.takenFrom = at;
    if (granules <= amounts[at]!) return -1;
    const share = (granules - amounts[at]!) / (amounts[at + 1]! - amounts[at]!);
    return clocks[at]! + Math.ceil(share * (clocks[at + 1]! - clocks[at]!));
  }

  /** Ask for the next bursts. @param clock that of `nextRequest` */
  request(clock: number): void {
    for (let channel = 0; channel < this.#fetches.length; channel++) {
      const fetch = this.#fetches[channel]!;
      if (fetch.nextRequest === clock) this.#requestOf(channel, fetch, clock);
    }
    this.#findNextRequest();
  }

  #requestOf(channel: number, fetch: Fetch, clock: number): void {
    const matrix = this.#matrices[fetch.matrix]!;
    const beats = this.#length(fetch);
    const { first, last } = this.#dram[channel]!.read(
      clock + LATENCIES.memory_port.request,
      "weights",
      fetch.granule,
      beats,
    );
    matrix.arrivals[channel]!.push({
      from: fetch.requested,
      to: fetch.requested + beats,
      first,
      last,
    });
    if (last > matrix.arrived) matrix.arrived = last;
    fetch.requested += beats;
    fetch.granule += beats;
    fetch.total += beats;
    fetch.lastRequest = clock;
    fetch.inFlight[fetch.bursts++ % fetch.inFlight.length] = last;
    fetch.isNewMatrix = false;
    if (fetch.requested === fetch.share) {
      this.#done(matrix);
      fetch.matrix++;
      this.#begin(channel, fetch);
    }
    if (this.#running === matrix) this.#consume(matrix);
    this.#findRequest(fetch);
  }

  /**
   * The ternary unit starts the next product.
   * @param onEnd called with the clock in which it ends, as soon as that is known
   */
  start(clock: number, onEnd: (clock: number) => void): void {
    const matrix = this.#matrices[this.#next++]!;
    this.#running = matrix;
    this.#beats = 0;
    // The first beat can go two clocks after the start.
    this.#clock = clock + 1;
    this.#arrival.fill(0);
    this.#onEnd = onEnd;
    this.#consume(matrix);
    this.#findNextRequest();
  }

  /** Take what is known to arrive, from the end of one channel's burst to that of the next one's. */
  #consume(matrix: Matrix): void {
    const { channels } = this.#core;
    const arrive = LATENCIES.weight_fetch.pop;
    const taken = this.#takenGranules.length;
    for (;;) {
      // The granules before `until` come with the bursts that each channel is at.
      let until = matrix.granules;
      let latest = 0;
      let earliest = 0;
      let ending = -1;
      for (let channel = 0; channel < channels; channel++) {
        const arrival = matrix.arrivals[channel]![this.#arrival[channel]!];
        const nth = this.#nth(matrix, channel);
        if (!arrival) {
          // All of its share has arrived before, or nothing more is known.
          const shared = Math.max(0, Math.ceil((matrix.granules - nth) / channels));
          if ((matrix.arrivals[channel]!.at(-1)?.to ?? 0) < shared) until = -1;
          continue;
        }
        const end = nth + arrival.to * channels;
        if (end < until) {
          until = end;
          ending = channel;
        }
        if (arrival.first > earliest) earliest = arrival.first;
      }
      if (until < 0) break;
      for (let channel = 0; channel < channels; channel++) {
        const arrival = matrix.arrivals[channel]![this.#arrival[channel]!];
        if (!arrival) continue;
        // The last granule of the channel that is needed.
        const needed = Math.ceil((until - this.#nth(matrix, channel)) / channels) - 1;
        if (needed < arrival.from) continue;
        const comes = arrival.last - (arrival.to - 1 - needed);
        if (comes > latest) latest = comes;
      }
      const complete = this.#completeBeats(matrix, until);
      const count = complete - this.#beats;
      if (count > 0) {
        const begin = Math.max(this.#clock + 1, earliest + arrive);
        const end = Math.max(begin + count - 1, latest + arrive);
        const waited = end - this.#clock - count;
        const moving = Math.min(waited, Math.max(0, latest - earliest));
        this.starved.bandwidth += moving;
        this.starved.latency += waited - moving;
        this.streaming += count;
        const from = this.#takenGranules[this.#takenGranules.length - 1]!;
        this.#takenGranules.push(from, matrix.position + until);
        this.#takenClocks.push(begin - 1, end);
        this.#beats = complete;
        this.#clock = end;
      }
      if (ending < 0 || until === matrix.granules) break;
      this.#arrival[ending]!++;
    }
    if (this.#takenGranules.length > taken)
      for (const fetch of this.#fetches)
        if (fetch.nextRequest === UNKNOWN) this.#findRequest(fetch);
    if (this.#beats < matrix.beats) return;
    for (const arrivals of matrix.arrivals) arrivals.length = 0;
    this.#running = undefined;
    this.#onEnd(this.#clock + matrix.wordsLeft + this.#levels + LATENCIES.tmatmul.depth - 1);
  }

  /** Beats whose granules are all among the first ones of a matrix. */
  #completeBeats(matrix: Matrix, granules: number): number {
    if (granules === matrix.granules) return matrix.beats;
    const { group, groupBeats } = matrix;
    const groups = Math.floor(granules / group);
    return (
      groups * groupBeats + Math.floor((granules - groups * group) / this.#core.product_granules)
    );
  }
}
