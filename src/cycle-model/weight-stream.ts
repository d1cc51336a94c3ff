import { LATENCIES, MEMORY } from "../isa/generated.js";
import type { CoreConfiguration } from "../isa/spec.js";
import type { DramModel } from "./dram.js";

const LINE = MEMORY.line_bytes;
/** Matrices that are forgotten at a time. */
const KEPT = 256;

/** Granules of one request, as positions in the stream of all weights, and when they come. */
interface Arrival {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
}

/** A matrix on its way through the banks. Granules count from the start of the stream. */
interface Matrix {
  /** DRAM address of its first byte. */
  readonly address: number;
  /** Position of its first granule. */
  readonly from: number;
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
  readonly arrivals: Arrival[];
  requested: number;
  /** When it has arrived completely; Infinity until that is known. */
  fetched: number;
}

/**
 * The weights: fetched ahead in the order of the program, kept in banks, taken by the ternary unit.
 * All channels are modelled as one that moves a granule a channel in a clock.
 */
export class WeightStream {
  readonly #core: CoreConfiguration;
  readonly #dram: DramModel;
  readonly #capacity: number;
  /** Clocks of the adder tree. */
  readonly #levels: number;
  /** Granules that a request ends at a multiple of: the shorter of a burst and 4 KiB, all channels. */
  readonly #block: number;
  readonly #matrices: Matrix[] = [];
  /** Index of the matrix that is being fetched, and of the one that is multiplied next. */
  #fetching = 0;
  #next = 0;
  /** Matrices that are forgotten. */
  #dropped = 0;
  #end = 0;
  #lastRequest = -1;
  /** Ends of the newest bursts, a ring of `outstanding`. */
  readonly #inFlight: number[];
  #bursts = 0;
  /** So many granules had been taken out of the banks by a clock; linear between two points. */
  readonly #takenGranules: number[] = [0];
  readonly #takenClocks: number[] = [-1];
  #takenFrom = 0;
  /** What `nextRequest` is, until something that it depends on changes. */
  #nextRequest = Number.POSITIVE_INFINITY;
  /** The running product: beats done, clock of the last one, its index of arrivals. */
  #running: Matrix | undefined;
  #beats = 0;
  #clock = 0;
  #arrival = 0;
  #onEnd: (clock: number) => void = () => {};
  /** Clocks that the ternary unit waited for weights while the DRAM moved weights, and while it did not. */
  readonly starved = { bandwidth: 0, latency: 0 };
  /** Clocks with a beat. */
  streaming = 0;

  constructor(core: CoreConfiguration, dram: DramModel) {
    this.#core = core;
    this.#dram = dram;
    this.#capacity = core.weight_fifo * core.product_granules;
    const channelBlock = Math.min(core.burst, 4096 / core.beat_bytes);
    this.#block = channelBlock * core.channels;
    // Two levels of the adder tree of half a beat take a clock.
    const half = (core.product_granules * core.beat_bytes) / 2;
    this.#levels = Math.ceil(Math.log2(half) / 2);
    this.#inFlight = Array.from({ length: core.outstanding }, () => -1);
  }

  /** A matrix to fetch. @returns its number, for `start` */
  push(address: number, rows: number, columns: number, trits: number, known: number): number {
    const { beat_bytes: beat, product_granules: together, lanes } = this.#core;
    const rowGroup = (Math.ceil(columns / LINE) * LINE) / beat;
    const rowGroups = Math.ceil(rows / trits);
    const inBeat = 2 * rowGroup <= together ? 2 : 1;
    const group = inBeat * rowGroup;
    const groupBeats = Math.ceil(group / together);
    const lastRow = inBeat * trits * (Math.ceil(rowGroups / inBeat) - 1);
    const matrix: Matrix = {
      address,
      from: this.#end,
      granules: rowGroup * rowGroups,
      group,
      groupBeats,
      beats: Math.ceil(rowGroups / inBeat) * groupBeats,
      wordsLeft: Math.floor((rows - 1) / lanes) - Math.floor(lastRow / lanes),
      known,
      arrivals: [],
      requested: 0,
      fetched: Number.POSITIVE_INFINITY,
    };
    this.#end += matrix.granules;
    const number = this.#dropped + this.#matrices.push(matrix) - 1;
    if (this.#next >= KEPT) this.#drop(this.#next);
    this.#findNextRequest();
    return number;
  }

  /** Forget matrices that have been multiplied. */
  #drop(count: number): void {
    this.#matrices.splice(0, count);
    this.#dropped += count;
    this.#fetching -= count;
    this.#next -= count;
  }

  /** When a matrix has arrived; Infinity while that is unknown. */
  fetched(number: number): number {
    return this.#matrices[number - this.#dropped]?.fetched ?? 0;
  }

  /** The next clock in which a burst can be asked for; Infinity when that depends on a later event. */
  get nextRequest(): number {
    return this.#nextRequest;
  }

  #findNextRequest(): void {
    const matrix = this.#matrices[this.#fetching];
    if (!matrix) {
      this.#nextRequest = Number.POSITIVE_INFINITY;
      return;
    }
    const end = matrix.from + matrix.requested + this.#length(matrix);
    const { request, burst, matrix: next, retry, credit } = LATENCIES.weight_fetch;
    this.#nextRequest = Math.max(
      matrix.known + request,
      this.#lastRequest + (matrix.requested === 0 ? next : burst),
      this.#inFlight[this.#bursts % this.#inFlight.length]! + retry,
      this.#takenAt(end - this.#capacity) + credit,
    );
  }

  #length(matrix: Matrix): number {
    const at = matrix.address / this.#core.beat_bytes + matrix.requested;
    return Math.min(this.#block - (at % this.#block), matrix.granules - matrix.requested);
  }

  /** When so many granules have been taken; -1 for long ago. Only ever asked for more and more. */
  #takenAt(granules: number): number {
    const amounts = this.#takenGranules;
    const clocks = this.#takenClocks;
    const newest = amounts.length - 1;
    if (granules > amounts[newest]!) return Number.POSITIVE_INFINITY;
    let at = this.#takenFrom;
    while (at < newest && amounts[at + 1]! < granules) at++;
    if (at > 1024) {
      amounts.splice(0, at);
      clocks.splice(0, at);
      at = 0;
    }
    this.#takenFrom = at;
    if (granules <= amounts[at]!) return -1;
    const share = (granules - amounts[at]!) / (amounts[at + 1]! - amounts[at]!);
    return clocks[at]! + Math.ceil(share * (clocks[at + 1]! - clocks[at]!));
  }

  /** Ask for the next burst. @param clock that of `nextRequest` */
  request(clock: number): void {
    const matrix = this.#matrices[this.#fetching]!;
    const { channels, beat_bytes: beat } = this.#core;
    const length = this.#length(matrix);
    const from = matrix.from + matrix.requested;
    const { first, last } = this.#dram.read(
      clock + LATENCIES.memory_port.request,
      "weights",
      matrix.address + matrix.requested * beat,
      Math.ceil(length / channels),
    );
    matrix.arrivals.push({ from, to: from + length, first, last });
    matrix.requested += length;
    this.#lastRequest = clock;
    this.#inFlight[this.#bursts++ % this.#inFlight.length] = last;
    if (matrix.requested === matrix.granules) {
      matrix.fetched = last + LATENCIES.weight_fetch.fetched;
      this.#fetching++;
    }
    if (this.#running === matrix) this.#consume();
    this.#findNextRequest();
  }

  /**
   * The ternary unit starts the next product.
   * @param onEnd called with the clock in which it ends, as soon as that is known
   */
  start(clock: number, onEnd: (clock: number) => void): void {
    this.#running = this.#matrices[this.#next++]!;
    this.#beats = 0;
    this.#arrival = 0;
    // The first beat can go two clocks after the start.
    this.#clock = clock + 1;
    this.#onEnd = onEnd;
    this.#consume();
    this.#findNextRequest();
  }

  /** Take what is known to arrive. */
  #consume(): void {
    const matrix = this.#running!;
    const arrive = LATENCIES.weight_fetch.pop;
    for (; this.#arrival < matrix.arrivals.length; this.#arrival++) {
      const { from, to, first, last } = matrix.arrivals[this.#arrival]!;
      const complete = this.#completeBeats(matrix, to - matrix.from);
      const count = complete - this.#beats;
      if (count === 0) continue;
      const begin = Math.max(this.#clock + 1, first + arrive);
      const end = Math.max(begin + count - 1, last + arrive);
      const waited = end - this.#clock - count;
      this.starved.bandwidth += Math.min(waited, last - first);
      this.starved.latency += Math.max(0, waited - (last - first));
      this.streaming += count;
      this.#takenGranules.push(from, to);
      this.#takenClocks.push(begin - 1, end);
      this.#beats = complete;
      this.#clock = end;
    }
    if (this.#beats < matrix.beats) return;
    matrix.arrivals.length = 0;
    this.#running = undefined;
    this.#onEnd(this.#clock + matrix.wordsLeft + this.#levels + LATENCIES.tmatmul.depth);
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
