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
const SMALL = { streams: 1, threads: 1, lead: 0 };
/**
 * Multiply-adds from which threads are tried: telling a worker and taking over its elements takes about 3
 * microseconds, in which one thread does 2^17 (bench/kernels.ts). Half as many gained a model of width 256
 * nothing, and a worker that looks for work all the time cost it some.
 */
const SHARED_FROM = 2 ** 20;
/**
 * One stream or eight: which is better differs by a third or more between processors, in either direction
 * (docs/performance.md).
 */
const STREAMS = [1, 8] as const;
/**
 * Products that a way is tried with. The second fastest counts: just awake, a worker may run on the caller's
 * core until the system moves it.
 */
const TRIAL = 6;
const COUNTS = 1;
/** Products between trials of a way that was almost as fast as the best, and of one that was far slower. */
const SOON = 256;
const LATE = 2048;
const FAR_SLOWER = 1.15;
/**
 * So many more shared products may find no worker awake than find one before that counts as their time; of
 * those at the beginning of a trial, before a worker has helped with one, half as many.
 */
const AWAKENING = 64;
/** So much faster another way must be, lest chance decides. */
const CLEARLY = 0.97;
/** Of products that are not trials so many are measured: asking for the time takes a while, too. */
const SAMPLED = 8;
/** Weight of a product in the running mean. */
const NEWEST = 1 / 8;
/** Multiply-adds that the caller computes before the rest is cut evenly, before any is measured. */
const FIRST_LEAD = 2 ** 17;
/**
 * The lead grows by so many multiply-adds for each turn that the caller waited for workers, up to a most, and
 * shrinks where it did not wait: a turn takes about a nanosecond, in which a thread does 30 to 50.
 */
const LEAD_A_TURN = 8;
const MOST_GROWTH = 2 ** 14;
const SHRINKS = 2 ** 11;

/** Workers start when products that they could share took so long: a short run is over before they could help. */
const WORTH_STARTING_MS = 50;
/** Until products took so long all of them are measured. */
const SETTLED_MS = 50;

interface Candidate extends Way {
  /** Mean milliseconds a multiply-add; undefined before the first trial. */
  cost: number | undefined;
  /** Products between trials, and the count of products at which the next one is due. */
  interval: number;
  due: number;
  /** Multiply-adds of the caller before the rest is cut evenly. */
  lead: number;
}

/** The ways to compute products of about one size. */
class SizeClass {
  readonly #candidates: Candidate[];
  #best: Candidate;
  #count = 0;
  /** No trial begins before this product. */
  #nextTrial = 0;
  /** The candidate on trial, and its measurements so far. */
  #trial: Candidate | undefined;
  #measured: number[] = [];
  /** How many more shared products no worker helped with than one did; not below 0. */
  #unhelped = 0;
  /** Whether a worker has helped in this trial. */
  #awake = false;

  constructor(ways: readonly Way[]) {
    this.#candidates = ways.map((way) => ({
      ...way,
      cost: undefined,
      interval: SOON,
      due: 0,
      lead: FIRST_LEAD,
    }));
    this.#best = this.#candidates[0]!;
  }

  /** Workers helped: make them and the caller end at the same time. */
  balance(turnsWaited: number, multiplyAdds: number): void {
    const candidate = this.#trial ?? this.#best;
    const change = turnsWaited > 0 ? Math.min(LEAD_A_TURN * turnsWaited, MOST_GROWTH) : -SHRINKS;
    const most = multiplyAdds / 2;
    candidate.lead = Math.max(-most, Math.min(candidate.lead + change, most));
  }

  /** The best way, where this product is neither a trial nor measured. */
  unmeasured(): Candidate | undefined {
    const next = this.#count + 1;
    if (this.#trial || next >= this.#nextTrial || next % SAMPLED === 0) return undefined;
    this.#count = next;
    return this.#best;
  }

  next(canHelp: boolean): Candidate {
    this.#count++;
    if (!this.#trial) {
      this.#trial = this.#candidates.find(
        (candidate) =>
          candidate.due <= this.#count &&
          (canHelp || candidate.threads === 1) &&
          (candidate.cost === undefined || candidate !== this.#best),
      );
      if (this.#trial) {
        this.#unhelped = Math.min(this.#unhelped, AWAKENING / 2);
        this.#awake = false;
      } else this.#nextTrial = this.#count + SAMPLED;
    }
    return this.#trial ?? this.#best;
  }

  /** Whether the product that begins now is to be measured. */
  get measures(): boolean {
    return this.#trial !== undefined || this.#count % SAMPLED === 0;
  }

  /** @param cost undefined when it was not measured */
  record(cost: number | undefined, helped: boolean): void {
    const trial = this.#trial;
    if ((trial ?? this.#best).threads > 1) {
      this.#unhelped = helped ? Math.max(0, this.#unhelped - 1) : this.#unhelped + 1;
      this.#awake ||= helped;
      const awakening = !trial || !this.#awake;
      if (!helped && awakening && this.#unhelped <= AWAKENING) return;
      this.#unhelped = Math.min(this.#unhelped, 2 * AWAKENING);
    }
    if (cost === undefined) return;
    if (!trial) this.#best.cost! += NEWEST * (cost - this.#best.cost!);
    else if (this.#measured.push(cost) === TRIAL) {
      trial.cost = this.#measured.toSorted((a, b) => a - b)[COUNTS]!;
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
  #way: Way & { readonly lead: number } = SMALL;
  #multiplyAdds = 0;
  #started = 0;
  #measures = false;
  #total = 0;
  /** Of `#total`, what products took that threads can share. */
  #shareable = 0;

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

  /** Whether products that threads can share have taken so long that threads should start. */
  get worthThreads(): boolean {
    return this.#shareable > WORTH_STARTING_MS && this.#ways.length > this.#alone.length;
  }

  /** Where the class of the product that is being computed has nothing to learn from it. */
  #nothingToLearn(way: Candidate | typeof SMALL): Way {
    this.#class = undefined;
    this.#way = way;
    return way;
  }

  /** How to compute the product that begins now. @param canHelp whether other threads are there */
  begin(multiplyAdds: number, canHelp = true): Way {
    if (multiplyAdds < SMALLEST) return this.#nothingToLearn(SMALL);
    const size = 31 - Math.clz32(multiplyAdds / SMALLEST);
    const ways = SMALLEST * 2 ** size < SHARED_FROM ? this.#alone : this.#ways;
    this.#classes[size] ??= new SizeClass(ways);
    const sizeClass = this.#classes[size];
    const isSettled = this.#total > SETTLED_MS;
    const unmeasured = isSettled ? sizeClass.unmeasured() : undefined;
    if (unmeasured?.threads === 1) return this.#nothingToLearn(unmeasured);
    this.#class = sizeClass;
    this.#multiplyAdds = multiplyAdds;
    this.#way = unmeasured ?? sizeClass.next(canHelp && this.worthThreads);
    this.#measures = !isSettled || sizeClass.measures;
    if (this.#measures) this.#started = this.now();
    return this.#way;
  }

  /** Multiply-adds of the caller in the product that begins now, before the rest is cut evenly. */
  get lead(): number {
    return this.#way.lead;
  }

  /**
   * The product is complete.
   * @param helped whether a worker computed a part of it
   * @param turnsWaited how long the caller waited for workers then
   */
  end(helped = false, turnsWaited = 0): void {
    if (!this.#class) return;
    if (helped) this.#class.balance(turnsWaited, this.#multiplyAdds);
    if (!this.#measures) {
      this.#class.record(undefined, helped);
      return;
    }
    const time = this.now() - this.#started;
    this.#total += time;
    if (this.#multiplyAdds >= SHARED_FROM) this.#shareable += time;
    this.#class.record(time / this.#multiplyAdds, helped);
  }
}
