/**
 * A product among threads that share this memory: every thread has a part of its own. The caller never
 * waits for a worker that the system has put aside: it computes itself what a worker has not begun, or does
 * not finish in time. So that a late worker cannot disturb what the caller does next, workers write to
 * memory of their own, from which the caller copies what is finished. What a part computes does not depend
 * on who does it.
 *
 * A cache line can take half a microsecond from one core to another. So the caller writes one line to start
 * a product, which has all that is to be known of it, and reads one to see that a worker's part is finished.
 * Small parts that threads claim from a counter balance better, but took longer than they saved.
 */
import { copyActivations, copyBlocks, Job, multiplyBlocks, SUMS_BYTES, setFactor } from "./product";

/**
 * Where the team's state lies, on cache lines of their own in the first page. Jobs are written to two
 * places in turn, so that who reads one can tell whether it is still the last one.
 */
const JOBS: usize = 512;
/** A job that no worker sees. */
const OWN_JOB: usize = 448;
/** Counts wake-ups. */
const WAKE: usize = 128;
/** Whether workers wait to be woken. */
const SLEEPING: usize = 256;
const STOPPED: usize = 320;
/** How many workers are there. */
const SERVING: usize = 384;
/** A thread's own memory: its sums, a copy of the job, and the words below. */
const THREADS: usize = 65536;
const THREAD_BYTES: usize = SUMS_BYTES + 256;
/** Generations of the part that the worker began last, and finished last. */
const BEGUN: usize = SUMS_BYTES + 128;
const FINISHED: usize = BEGUN + 4;
/** Where the worker's elements are. */
const RESULTS: usize = SUMS_BYTES + 192;

/**
 * The caller waits a turn of about a nanosecond for as many multiply-adds of a thread's part: in all, twice
 * what the part takes on the slowest kernel here.
 */
const MULTIPLY_ADDS_A_TURN = 32;

/** Where the host may put its own data. */
export function firstFree(maxThreads: i32): usize {
  return memoryOf(maxThreads);
}

function memoryOf(thread: i32): usize {
  return THREADS + <usize>thread * THREAD_BYTES;
}

function jobOf(generation: u32): usize {
  return JOBS + ((<usize>(generation & 1)) << 7);
}

/** Of the last job that workers see. */
let generation: u32 = 0;

let partsTaken = 0;
/** Turns that the caller waited for workers in the last shared product. */
let turnsWaited = 0;

/** How many workers have come so far. */
export function serving(): i32 {
  return atomic.load<i32>(SERVING);
}

/** How many parts of products workers have computed. */
export function helped(): i32 {
  return partsTaken;
}

/** How many turns the caller waited for workers in the last shared product. */
export function waited(): i32 {
  return turnsWaited;
}

/**
 * v = T q, rescaled.
 * @param weights decoded, see decode.ts
 * @param activations room for the values, padded to a multiple of 16
 * @param values `length` int8 values
 * @param scale the bits of a binary32 number
 * @param streams far-apart places that are read in turn: 1 to 8
 * @param threads how many to cut the work for; 1 does all of it here
 * @param lead multiply-adds of the caller before the rest is cut evenly: workers begin later
 * @returns how many parts workers computed
 */
export function product(
  weights: usize,
  activations: usize,
  values: usize,
  length: i32,
  rows: i32,
  out: usize,
  absmax: u32,
  scale: u32,
  streams: i32,
  threads: i32,
  lead: i32,
): i32 {
  const own = changetype<Job>(OWN_JOB);
  own.weights = weights;
  own.activations = activations;
  own.activationSum = copyActivations(activations, values, length);
  own.columns = (length + 15) & ~15;
  own.rows = rows;
  own.blocks = (rows + 7) >> 3;
  own.streams = streams;
  own.threads = threads;
  setFactor(own, absmax, scale);
  if (threads == 1) {
    multiplyBlocks(own, 0, own.blocks, out, memoryOf(0));
    return 0;
  }
  own.ownBlocks = callersBlocks(own.blocks, threads, lead / (own.columns << 3));
  // At once: workers look at the line all the time, and each of their looks takes it away from the caller.
  const job = changetype<Job>(jobOf(++generation));
  store<u32>(changetype<usize>(job) + 4, load<u32>(OWN_JOB + 4));
  store<u64>(changetype<usize>(job) + 8, load<u64>(OWN_JOB + 8));
  v128.store(changetype<usize>(job) + 16, v128.load(OWN_JOB + 16));
  v128.store(changetype<usize>(job) + 32, v128.load(OWN_JOB + 32));
  v128.store(changetype<usize>(job) + 48, v128.load(OWN_JOB + 48));
  atomic.store<u32>(changetype<usize>(job), generation);
  if (atomic.load<i32>(SLEEPING)) {
    // Once: a worker may take long to wake up.
    atomic.store<i32>(SLEEPING, 0);
    atomic.add<i32>(WAKE, 1);
    atomic.notify(WAKE, -1);
  }
  multiplyBlocks(own, 0, own.ownBlocks, out, memoryOf(0));
  return collect(own, out);
}

/** The caller's part where it computes `lead` blocks before the rest is cut evenly; all blocks at most. */
function callersBlocks(blocks: i32, threads: i32, lead: i32): i32 {
  return min<i32>(blocks, max<i32>(0, lead + (blocks - lead) / threads));
}

/** The block that a worker's part begins with, or the end of the last part. */
function firstBlock(job: Job, thread: i32): i32 {
  const ownBlocks = job.ownBlocks;
  return ownBlocks + ((job.blocks - ownBlocks) * (thread - 1)) / (job.threads - 1);
}

/** Take over what the workers computed, and compute what they did not. @returns how many parts they did */
function collect(job: Job, out: usize): i32 {
  let helped = 0;
  const threads = job.threads;
  const work = <u64>job.columns * <u64>job.rows;
  const patience = <i32>(work / (threads * MULTIPLY_ADDS_A_TURN));
  let turns = patience;
  for (let thread = 1; thread < threads; thread++) {
    const worker = memoryOf(thread);
    let finished = atomic.load<u32>(worker + FINISHED) == generation;
    while (!finished && load<u32>(worker + BEGUN) == generation && turns-- > 0)
      finished = atomic.load<u32>(worker + FINISHED) == generation;
    const from = firstBlock(job, thread);
    const to = firstBlock(job, thread + 1);
    if (finished) {
      copyBlocks(job, from, to, load<u32>(worker + RESULTS), out);
      helped++;
    } else multiplyBlocks(job, from, to, out, memoryOf(0));
  }
  partsTaken += helped;
  turnsWaited = patience - turns;
  return helped;
}

/**
 * A worker's life: until `stop`.
 * @param spins turns to look for a job before sleeping
 * @param results room for as many elements as a product may have
 */
export function serve(thread: i32, spins: i32, results: usize): void {
  const own = memoryOf(thread);
  const job = changetype<Job>(own + SUMS_BYTES);
  store<u32>(own + RESULTS, results);
  let seen = lastPublished();
  atomic.add<i32>(SERVING, 1);
  while (!atomic.load<i32>(STOPPED)) {
    const generation = lastPublished();
    if (generation == seen) {
      rest(seen, spins);
      continue;
    }
    seen = generation;
    // Not by a loop of vectors: this function never ends, so V8's baseline compiler's code of it runs, and
    // with such a loop that of Node 20 takes the wrong branch below.
    memory.copy(changetype<usize>(job), jobOf(generation), offsetof<Job>());
    // The place is written to again after the other one was published: then the copy is of no use.
    if (lastPublished() != generation || thread >= job.threads) continue;
    store<u32>(own + BEGUN, generation);
    multiplyBlocks(job, firstBlock(job, thread), firstBlock(job, thread + 1), results, own);
    atomic.store<u32>(own + FINISHED, generation);
  }
}

/** The generation of the last job that was cut for several threads. */
function lastPublished(): u32 {
  const even = atomic.load<u32>(jobOf(0));
  const odd = atomic.load<u32>(jobOf(1));
  return <i32>(even - odd) > 0 ? even : odd;
}

/** Until another job is published: look for a while, then sleep. */
function rest(seen: u32, spins: i32): void {
  for (let spin = 0; spin < spins; spin++) if (lastPublished() != seen) return;
  const wake = atomic.load<i32>(WAKE);
  atomic.store<i32>(SLEEPING, 1);
  if (lastPublished() == seen && !atomic.load<i32>(STOPPED)) atomic.wait<i32>(WAKE, wake, -1);
}

/** End every worker's `serve`. */
export function stop(): void {
  atomic.store<i32>(STOPPED, 1);
  atomic.add<i32>(WAKE, 1);
  atomic.notify(WAKE, -1);
}
