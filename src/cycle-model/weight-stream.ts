import { LATENCIES, MEMORY } from "../isa/generated.js";
import type { CoreConfiguration } from "../isa/spec.js";
import { BurstQueue } from "./burst-queue.js";
import { Drain } from "./drain.js";
import type { DramChannel } from "./dram.js";
import { TABLE } from "./range-table.js";
import { UNKNOWN } from "./unknown.js";

const LINE = MEMORY.line_bytes;
const PAGE_BYTES = 4096;

/** A matrix on its way through the banks. The stream uses the objects again. */
interface Matrix {
  /** Number of its first granule in DRAM. */
  first: number;
  /** Position of its first granule in the stream of all weights. */
  position: number;
  granules: number;
  /** Granules of what a whole number of beats covers: a row group, or two where a beat takes two. */
  group: number;
  /** Beats of that. */
  groupBeats: number;
  /** Beats in all. */
  beats: number;
  /** Words of the result that are still to be written when the last sums have been rescaled. */
  wordsLeft: number;
  /** When the weight fetch has its descriptor. */
  known: number;
  /** Of each channel: its first granule, counted in the matrix; granules of its share. */
  readonly nth: Int32Array;
  readonly shares: Int32Array;
  /** Of each channel: number of the burst after its last one; -1 until that has been asked for. */
  readonly ends: Float64Array;
  /** Channels that have not asked for all of their share. */
  channelsLeft: number;
  /** When it has arrived completely; Infinity until that is known. */
  fetched: number;
  /** When the granules that were asked for have arrived. */
  arrived: number;
}

function newMatrix(channels: number): Matrix {
  return {
    first: 0,
    position: 0,
    granules: 0,
    group: 0,
    groupBeats: 0,
    beats: 0,
    wordsLeft: 0,
    known: 0,
    nth: new Int32Array(channels),
    shares: new Int32Array(channels),
    ends: new Float64Array(channels),
    channelsLeft: 0,
    fetched: UNKNOWN,
    arrived: 0,
  };
}

/** The weight fetch of a channel. */
interface Fetch {
  readonly channel: number;
  /** Bursts that it asked for. */
  readonly bursts: BurstQueue;
  /** Number of the matrix that is being fetched. */
  matrix: number;
  /** Granules of its share: all, and those that were asked for. */
  share: number;
  requested: number;
  /** Number of the next granule within the channel, and granules of the next burst. */
  granule: number;
  beats: number;
  /** Granules that were asked for in all, for the room in the banks. */
  total: number;
  lastRequest: number;
  /** The last request was the last one of a matrix. */
  isNewMatrix: boolean;
  /** Ends of the newest bursts, a ring of `outstanding`, and the oldest one's place in it. */
  readonly inFlight: Float64Array;
  oldest: number;
  nextRequest: number;
}

/** The weights: fetched ahead in the order of the program, kept in banks, taken by the ternary unit. */
export class WeightStream {
  readonly #core: CoreConfiguration;
  readonly #dram: readonly DramChannel[];
  readonly #onEnd: (clock: number) => void;
  /** Granules of a channel that its banks hold. */
  readonly #room: number;
  readonly #page: number;
  /** Clocks of the adder tree. */
  readonly #levels: number;
  readonly #fetches: readonly Fetch[];
  /**
   * A ring, at least of those that can be asked about: what waits in the issue queue, a product or a store,
   * and the table of matrices before that.
   */
  readonly #matrices: readonly Matrix[];
  /** Matrices that were pushed, and whose product has started. */
  #pushes = 0;
  #starts = 0;
  /** Granules of all of them. */
  #end = 0;
  /** What `nextRequest` is, until something that it depends on changes. */
  #nextRequest = UNKNOWN;
  readonly #drain: Drain;
  /** A channel whose next burst the running product waits for. */
  #missing: Fetch | undefined;
  /** The running product: beats done, the clock of the last one. */
  #beats = 0;
  #clock = 0;
  /** Clocks that the ternary unit waited for weights while the DRAM moved weights, and while it did not. */
  readonly starved = { bandwidth: 0, latency: 0 };
  /** Clocks with a beat. */
  streaming = 0;

  /** @param onEnd called with the clock in which a product ends, as soon as that is known */
  constructor(
    core: CoreConfiguration,
    dram: readonly DramChannel[],
    onEnd: (clock: number) => void,
  ) {
    this.#core = core;
    this.#dram = dram;
    this.#onEnd = onEnd;
    this.#room = (core.weight_fifo * core.product_granules) / core.channels;
    this.#page = PAGE_BYTES / core.beat_bytes;
    const columns = core.product_granules * core.beat_bytes;
    this.#levels = Math.max(Math.ceil(Math.log2(columns / 2) / 2), 5 - Math.ceil(LINE / columns));
    this.#drain = new Drain(core.channels);
    const matrices = 2 ** Math.ceil(Math.log2(core.issue_queue + 2 * TABLE));
    this.#matrices = Array.from({ length: matrices }, () => newMatrix(core.channels));
    this.#fetches = dram.map((_, channel) => ({
      channel,
      bursts: new BurstQueue(),
      matrix: 0,
      share: 0,
      requested: 0,
      granule: 0,
      beats: 0,
      total: 0,
      lastRequest: -100,
      isNewMatrix: true,
      inFlight: new Float64Array(core.outstanding).fill(-100),
      oldest: 0,
      nextRequest: UNKNOWN,
    }));
  }

  #matrix(number: number): Matrix {
    return this.#matrices[number & (this.#matrices.length - 1)]!;
  }

  /** A matrix to fetch: its number, for `fetched`, is how many were pushed before. */
  push(address: number, rows: number, columns: number, trits: number, known: number): void {
    const { beat_bytes: beat, product_granules: together, lanes, channels } = this.#core;
    const rowGroup = (Math.ceil(columns / LINE) * LINE) / beat;
    const rowGroups = Math.ceil(rows / trits);
    const inBeat = 2 * rowGroup <= together ? 2 : 1;
    const lastRow = inBeat * trits * (Math.ceil(rowGroups / inBeat) - 1);
    const first = address / beat;
    const number = this.#pushes++;
    const matrix = this.#matrix(number);
    matrix.first = first;
    matrix.position = this.#end;
    matrix.granules = rowGroup * rowGroups;
    matrix.group = inBeat * rowGroup;
    matrix.groupBeats = Math.ceil(matrix.group / together);
    matrix.beats = Math.ceil(rowGroups / inBeat) * matrix.groupBeats;
    matrix.wordsLeft = Math.ceil(rows / lanes) - Math.floor(lastRow / lanes);
    matrix.known = known;
    matrix.channelsLeft = channels;
    matrix.fetched = UNKNOWN;
    matrix.arrived = 0;
    for (let nth = 0; nth < channels; nth++) {
      const channel = (first + nth) & (channels - 1);
      matrix.nth[channel] = nth;
      matrix.shares[channel] = Math.max(0, Math.ceil((matrix.granules - nth) / channels));
      matrix.ends[channel] = -1;
    }
    this.#end += matrix.granules;
    for (const fetch of this.#fetches)
      if (fetch.matrix === number) {
        this.#begin(fetch);
        this.#findRequest(fetch);
      }
    this.#findNextRequest();
  }

  /** When one of the newest matrices has arrived; Infinity while that is unknown. */
  fetched(number: number): number {
    return this.#matrix(number).fetched;
  }

  /** The next clock in which a burst can be asked for; Infinity when that depends on a later event. */
  get nextRequest(): number {
    return this.#nextRequest;
  }

  /** A channel comes to a matrix. */
  #begin(fetch: Fetch): void {
    const { channels } = this.#core;
    fetch.isNewMatrix = true;
    for (fetch.share = 0; fetch.matrix < this.#pushes; this.#endOfShare(fetch)) {
      const matrix = this.#matrix(fetch.matrix);
      fetch.share = matrix.shares[fetch.channel]!;
      fetch.requested = 0;
      fetch.granule = Math.floor((matrix.first + matrix.nth[fetch.channel]!) / channels);
      if (fetch.share > 0) return;
    }
  }

  /** A channel has asked for all of its share of a matrix. */
  #endOfShare(fetch: Fetch): void {
    const matrix = this.#matrix(fetch.matrix++);
    matrix.ends[fetch.channel] = fetch.bursts.count;
    matrix.channelsLeft--;
    if (matrix.channelsLeft === 0) matrix.fetched = matrix.arrived + LATENCIES.weight_fetch.fetched;
  }

  #findRequest(fetch: Fetch): void {
    if (fetch.share === 0) {
      fetch.nextRequest = UNKNOWN;
      return;
    }
    const { request, burst, matrix, retry, credit } = LATENCIES.weight_fetch;
    const { burst: longest, channels } = this.#core;
    const { known } = this.#matrix(fetch.matrix);
    const beats = Math.min(
      longest,
      fetch.share - fetch.requested,
      this.#page - (fetch.granule & (this.#page - 1)),
    );
    fetch.beats = beats;
    const taken = (fetch.total + beats - this.#room) * channels;
    fetch.nextRequest = Math.max(
      known + request,
      fetch.lastRequest + (fetch.isNewMatrix ? matrix : burst),
      fetch.inFlight[fetch.oldest]! + retry,
      this.#drain.clockOf(taken, fetch.channel) + credit,
    );
  }

  #findNextRequest(): void {
    let earliest = UNKNOWN;
    for (const { nextRequest } of this.#fetches) if (nextRequest < earliest) earliest = nextRequest;
    this.#nextRequest = earliest;
  }

  /** Ask for the next bursts. @param clock that of `nextRequest` */
  request(clock: number): void {
    for (const fetch of this.#fetches)
      if (fetch.nextRequest === clock) this.#requestOf(fetch, clock);
    this.#findNextRequest();
  }

  #requestOf(fetch: Fetch, clock: number): void {
    const matrix = this.#matrix(fetch.matrix);
    const { beats, bursts } = fetch;
    const { request } = LATENCIES.memory_port;
    const dram = this.#dram[fetch.channel]!;
    const { accepted, first, last } = dram.read(clock + request, "weights", fetch.granule, beats);
    fetch.inFlight[fetch.oldest] = last;
    if (++fetch.oldest === fetch.inFlight.length) fetch.oldest = 0;
    bursts.push(fetch.requested, fetch.requested + beats, first, last);
    if (last > matrix.arrived) matrix.arrived = last;
    fetch.requested += beats;
    fetch.granule += beats;
    fetch.total += beats;
    fetch.lastRequest = accepted - request;
    fetch.isNewMatrix = false;
    if (fetch.requested === fetch.share) {
      this.#endOfShare(fetch);
      this.#begin(fetch);
    }
    if (fetch === this.#missing) this.#consume(matrix);
    this.#findRequest(fetch);
  }

  /** The ternary unit starts the next product. */
  start(clock: number): void {
    const matrix = this.#matrix(this.#starts++);
    this.#beats = 0;
    // The first beat can go two clocks after the start.
    this.#clock = clock + 1;
    this.#consume(matrix);
    this.#findNextRequest();
  }

  /** Take what is known to arrive, from the end of one channel's burst to that of the next one's. */
  #consume(matrix: Matrix): void {
    const known = this.#drain.newest;
    this.#missing = undefined;
    for (;;) {
      const ending = this.#take(matrix);
      if (!ending) break;
      ending.head++;
    }
    if (this.#drain.newest > known)
      for (const fetch of this.#fetches)
        if (fetch.nextRequest === UNKNOWN) this.#findRequest(fetch);
    if (this.#beats < matrix.beats) return;
    for (const { bursts, channel } of this.#fetches) bursts.head = matrix.ends[channel]!;
    this.#onEnd(this.#clock + matrix.wordsLeft + this.#levels + LATENCIES.tmatmul.depth - 1);
  }

  /**
   * Take the granules up to the end of one of the bursts that the channels are at.
   * @returns the channel's bursts of which that was the first one; undefined when there is no more to take
   */
  #take(matrix: Matrix): BurstQueue | undefined {
    const { channels } = this.#core;
    const { pop } = LATENCIES.weight_fetch;
    // The granules before `until` come with the bursts that each channel is at.
    let until = matrix.granules;
    let latest = 0;
    let earliest = 0;
    let ending: BurstQueue | undefined;
    for (let channel = 0; channel < channels; channel++) {
      const fetch = this.#fetches[channel]!;
      const { bursts } = fetch;
      // All of its share has arrived before, or nothing more is known.
      if (bursts.head === matrix.ends[channel]) continue;
      if (bursts.head === bursts.count) {
        this.#missing = fetch;
        return undefined;
      }
      const end = matrix.nth[channel]! + bursts.to * channels;
      if (end < until) {
        until = end;
        ending = bursts;
      }
      if (bursts.first > earliest) earliest = bursts.first;
    }
    const complete = this.#completeBeats(matrix, until);
    const count = complete - this.#beats;
    if (count <= 0) return ending;
    for (let channel = 0; channel < channels; channel++) {
      const { bursts } = this.#fetches[channel]!;
      if (bursts.head === matrix.ends[channel]) continue;
      // The last granule of the channel that is needed.
      const needed = Math.ceil((until - matrix.nth[channel]!) / channels) - 1;
      if (needed < bursts.from) continue;
      const comes = bursts.last - (bursts.to - 1 - needed);
      if (comes > latest) latest = comes;
    }
    const begin = Math.max(this.#clock + 1, earliest + pop);
    const end = Math.max(begin + count - 1, latest + pop);
    const waited = end - this.#clock - count;
    const moving = Math.min(waited, Math.max(0, latest - earliest));
    this.starved.bandwidth += moving;
    this.starved.latency += waited - moving;
    this.streaming += count;
    this.#drain.add(this.#drain.newest, begin - 1);
    this.#drain.add(matrix.position + until, end);
    this.#beats = complete;
    this.#clock = end;
    return ending;
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
