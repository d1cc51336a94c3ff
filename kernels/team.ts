/**
 * A product's tasks among threads that share this memory. Threads claim tasks from a counter, and the
 * caller claims too: it never waits for a thread that has not begun, so a sleeping, slow or dead-tired
 * worker costs nothing but its help. What a task computes does not depend on who does it.
 */
import { copyActivations, Job, multiplySteps, setFactor, stepsOf } from "./product";

/** Where the team's state lies: on cache lines of their own in the first page. */
const JOB: usize = 512;
/** Counts jobs; workers sleep on it. */
const GENERATION: usize = 64;
/** Tasks that nobody has claimed; zero or less when there are none. */
const UNCLAIMED: usize = 128;
const FINISHED: usize = 192;
/** Workers that wait to be notified. */
const SLEEPING: usize = 256;
const STOPPED: usize = 320;
/** The caller waits for FINISHED. */
const CALLER_WAITS: usize = 384;

/** Every thread's sums: 1 KiB each. */
const SUMS: usize = 65536;

/** Tasks a thread, at most one a step: more balance better, fewer leave streams less often. */
const TASKS_PER_THREAD = 2;

/** Where the host may put its own data. */
export function firstFree(maxThreads: i32): usize {
  return SUMS + ((<usize>maxThreads) << 10);
}

/**
 * v = T q, rescaled.
 * @param weights decoded, see decode.ts
 * @param activations room for the values, padded to a multiple of 16
 * @param values `length` int8 values
 * @param scale the bits of a binary32 number
 * @param threads how many to cut the work for; 1 does all of it here
 * @param spins turns to look for the workers' end before sleeping
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
  threads: i32,
  spins: i32,
): void {
  const job = changetype<Job>(JOB);
  job.weights = weights;
  job.activations = activations;
  job.activationSum = copyActivations(activations, values, length);
  job.columns = (length + 15) & ~15;
  job.rows = rows;
  job.blocks = (rows + 7) >> 3;
  job.out = out;
  setFactor(job, absmax, scale);
  if (threads == 1) {
    multiplySteps(job, 0, stepsOf(job), SUMS);
    return;
  }
  job.tasks = min<i32>(threads * TASKS_PER_THREAD, stepsOf(job));
  atomic.store<i32>(FINISHED, 0);
  atomic.store<i32>(UNCLAIMED, job.tasks);
  atomic.add<i32>(GENERATION, 1);
  if (atomic.load<i32>(SLEEPING) > 0) atomic.notify(GENERATION, -1);
  claimTasks(0);
  awaitTasks(job.tasks, spins);
}

function claimTasks(thread: i32): void {
  const job = changetype<Job>(JOB);
  for (;;) {
    // A job lasts until its claimed tasks are finished: it may be read after a claim, not before.
    const unclaimed = atomic.sub<i32>(UNCLAIMED, 1);
    if (unclaimed <= 0) return;
    const tasks = job.tasks;
    const task = tasks - unclaimed;
    const steps = stepsOf(job);
    const to = (steps * (task + 1)) / tasks;
    multiplySteps(job, (steps * task) / tasks, to, SUMS + ((<usize>thread) << 10));
    if (atomic.add<i32>(FINISHED, 1) + 1 == tasks && atomic.load<i32>(CALLER_WAITS))
      atomic.notify(FINISHED, -1);
  }
}

function awaitTasks(tasks: i32, spins: i32): void {
  for (let spin = 0; spin < spins; spin++) if (atomic.load<i32>(FINISHED) == tasks) return;
  atomic.store<i32>(CALLER_WAITS, 1);
  for (;;) {
    const finished = atomic.load<i32>(FINISHED);
    if (finished == tasks) break;
    atomic.wait<i32>(FINISHED, finished, -1);
  }
  atomic.store<i32>(CALLER_WAITS, 0);
}

/** A worker's life: until `stop`. @param spins turns to look for a job before sleeping */
export function serve(thread: i32, spins: i32): void {
  let seen = atomic.load<i32>(GENERATION);
  while (!atomic.load<i32>(STOPPED)) {
    claimTasks(thread);
    for (let spin = 0; spin < spins; spin++) if (atomic.load<i32>(GENERATION) != seen) break;
    if (atomic.load<i32>(GENERATION) == seen) {
      atomic.add<i32>(SLEEPING, 1);
      atomic.wait<i32>(GENERATION, seen, -1);
      atomic.sub<i32>(SLEEPING, 1);
    }
    seen = atomic.load<i32>(GENERATION);
  }
}

/** End every worker's `serve`. */
export function stop(): void {
  atomic.store<i32>(STOPPED, 1);
  atomic.add<i32>(GENERATION, 1);
  atomic.notify(GENERATION, -1);
}
