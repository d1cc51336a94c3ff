/**
 * How products are computed: by how many threads, and from how many places of memory at a time. Which is
 * fastest depends on the processor, on the size, and on who else uses the machine, so it is measured while
 * products are computed. Elements do not depend on it.
 */

/** A way to compute a product. */
export interface Way {
  /** Far-apart places of the weights that are read in turn. */
  readonly streams: number;
  readonly threads: number;
}

/** Products with fewer multiply-adds take a few microseconds: neither threads nor measuring pays. */
const SMALLEST = 2 ** 17;
const SMALL: Way = { streams: 1, threads: 1 };
/**
 * Multiply-adds from which threads are tried: telling a worker and taking over its elements takes about 3
 * microseconds, in which one thread does 2^17 (bench/kernels.ts).
 */
const SHARED_FROM = 2 ** 19;
/**
 * One stream or eight: which is better differs by a third or more between processors, in either direction
 * (docs/performance.md).
 */
const STREAMS = [1, 8] as const;
/** Products that a way is tried with; the first does not count, as threads may have to wake up. */
const TRIAL = 4;
/** Products between trials of a way that was almost as fast as the best, and of one that was far slower. */
const SOON = 256;
const LATE = 4096;
const FAR_SLOWER = 1.15;
/** So much faster another way must be, lest chance decides. */
const CLEARLY = 0.97;
/** Weight of a product in the running mean. */
const NEWEST = 1 / 16;
/** Workers start when products took so long: a short run is over before they could help. */
const WORTH_STARTING_MS = 50;

interface Candidate {
  readonly way: Way;
  /** Mean milliseconds a multiply-add; undefined before the first trial. */
  cost: number | undefined;
  /** Products between trials, and the count of products at which the next one is due. */
  interval: number;
  due: number;
}

/** The ways to compute products of about one size. */
class SizeClass {
  readonly #candidates: Candidate[];
  #best: Candidate;
  #count = 0;
  /** The candidate on trial, and its measurements so far. */
  #trial: Candidate | undefined;
  #measured: number[] = [];

  constructor(ways: readonly Way[]) {
    this.#candidates = ways.map((way) => ({ way, cost: undefined, interval: SOON, due: 0 }));
    this.#best = this.#candidates[0]!;
  }

  next(canHelp: boolean): Way {
    this.#count++;
    this.#trial ??= this.#candidates.find(
      ({ way, due, cost }, i, all) =>
        due <= this.#count &&
        (canHelp || way.threads === 1) &&
        (cost === undefined || all[i] !== this.#best),
    );
    return (this.#trial ?? this.#best).way;
  }

  record(cost: number): void {
    const trial = this.#trial;
    if (!trial) this.#best.cost! += NEWEST * (cost - this.#best.cost!);
    else if (this.#measured.push(cost) === TRIAL) {
      trial.cost = this.#measured.slice(1).toSorted((a, b) => a - b)[(TRIAL - 1) >> 1]!;
      this.#measured = [];
      this.#trial = undefined;
      const far = trial.cost > FAR_SLOWER * (this.#best.cost ?? trial.cost);
      trial.interval = far ? Math.min(2 * trial.interval, LATE) : SOON;
      trial.due = this.#count + trial.interval;
    }
    for (const candidate of this.#candidates)
      if (candidate.cost !== undefined && candidate.cost < CLEARLY * this.#best.cost!)
        this.#best = candidate;
  }
}

/** Chooses a way for each product, and learns how long it took. */
export class Tuner {
  readonly #ways: readonly Way[];
  readonly #alone: readonly Way[];
  readonly #classes: SizeClass[] = [];
  #class: SizeClass | undefined;
  #multiplyAdds = 0;
  #started = 0;
  #total = 0;

  /**
   * @param threads the most that may compute a product
   * @param now milliseconds
   */
  constructor(
    threads: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    const counts = threads > 1 ? [1, threads] : [1];
    this.#ways = counts.flatMap((threads) => STREAMS.map((streams) => ({ streams, threads })));
    this.#alone = this.#ways.filter(({ threads }) => threads === 1);
  }

  /** How to compute the product that begins now. */
  begin(multiplyAdds: number): Way {
    if (multiplyAdds < SMALLEST) {
      this.#class = undefined;
      return SMALL;
    }
    const size = 31 - Math.clz32(multiplyAdds / SMALLEST);
    const ways = SMALLEST * 2 ** size < SHARED_FROM ? this.#alone : this.#ways;
    this.#class = this.#classes[size] ??= new SizeClass(ways);
    this.#multiplyAdds = multiplyAdds;
    const way = this.#class.next(this.#total > WORTH_STARTING_MS);
    this.#started = this.now();
    return way;
  }

  /** The product is complete. */
  end(): void {
    if (!this.#class) return;
    const time = this.now() - this.#started;
    this.#total += time;
    this.#class.record(time / this.#multiplyAdds);
  }
}
