/**
 * The product of a decoded matrix and an int8 vector, rescaled to elements. Reading eight streams far
 * apart is more than twice as fast as reading one: the blocks are cut into eight, and the loops go through
 * step (the same block of every stream), chunk of columns, stream. Who goes on with the next steps finds
 * the streams where the processor has prefetched them.
 */
import { scaledBy, storeFirst } from "./numbers";
import { addChunk, CHUNK, unscaled } from "./steps";

const STREAMS = 8;
/** Bytes of one thread's sums: eight rows of int32x4 for each stream. */
const SUMS_BYTES: usize = STREAMS * 128;

/** A product, as it lies in memory for all threads. */
@unmanaged
export class Job {
  weights: usize;
  activations: usize;
  /** A multiple of 16: activations past the vector are zero. */
  columns: i32;
  blocks: i32;
  rows: i32;
  out: usize;
  /** Of the activations: a code is its weight plus one. */
  activationSum: i32;
  /** An element is round(+-sum * multiplier / 2^shift). */
  multiplier: u32;
  negative: bool;
  shift: i32;
  /** Pieces that threads claim. */
  tasks: i32;
}

/** Copy `length` int8 values, padded with zeros to a multiple of 16. @returns their sum */
export function copyActivations(to: usize, from: usize, length: i32): i32 {
  const padded = (length + 15) & ~15;
  v128.store(to + <usize>padded - 16, i8x16.splat(0));
  memory.copy(to, from, length);
  let sums = i32x4.splat(0);
  for (const end = to + <usize>padded; to < end; to += 16) {
    const pairs = i16x8.extadd_pairwise_i8x16_s(v128.load(to));
    sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_s(pairs));
  }
  return laneSum(sums);
}

function laneSum(a: v128): i32 {
  const low = i32x4.extract_lane(a, 0) + i32x4.extract_lane(a, 1);
  return low + i32x4.extract_lane(a, 2) + i32x4.extract_lane(a, 3);
}

/** Set the factor absmax / 127 * scale. @param scale the bits of a binary32 number */
export function setFactor(job: Job, absmax: u32, scale: u32): void {
  const exponent = <i32>((scale >> 23) & 0xff);
  job.multiplier = 0;
  job.shift = 1;
  if (exponent == 0) return;
  const product = <u64>absmax * <u64>((1 << 23) + (scale & 0x7fffff));
  // floor(product * 2^t / 127) has exactly 32 bits for one t.
  let t = 38 - (64 - <i32>clz<u64>(product));
  let multiplier = dividedAt(product, t);
  while (multiplier < 1 << 31) multiplier = dividedAt(product, ++t);
  while (multiplier >= 1 << 32) multiplier = dividedAt(product, --t);
  job.multiplier = <u32>multiplier;
  job.negative = <i32>scale < 0;
  job.shift = 150 + t - exponent;
}

/** floor(product * 2^t / ACTIVATION_MAX) */
function dividedAt(product: u64, t: i32): u64 {
  return t >= 0 ? (product << t) / ACTIVATION_MAX : product / ((<u64>ACTIVATION_MAX) << -t);
}

/** Blocks of the longest stream. */
export function stepsOf(job: Job): i32 {
  return (job.blocks + STREAMS - 1) / STREAMS;
}

/** Compute the elements of steps [from, to). @param sums SUMS_BYTES that no other thread uses */
export function multiplySteps(job: Job, from: i32, to: i32, sums: usize): void {
  const columns = <usize>job.columns;
  const blockBytes = columns << 1;
  const whole = job.blocks / STREAMS;
  const longer = job.blocks % STREAMS;
  for (let step = from; step < to; step++) {
    const streams = step < whole ? STREAMS : longer;
    memory.fill(sums, 0, SUMS_BYTES);
    for (let column: usize = 0; column < columns; column += CHUNK) {
      const count = min<usize>(CHUNK, columns - column);
      const weights = job.weights + (column << 1);
      for (let s = 0; s < streams; s++) {
        const block = s * whole + min<i32>(s, longer) + step;
        const at = weights + <usize>block * blockBytes;
        addChunk(at, job.activations + column, count, sums + ((<usize>s) << 7));
      }
    }
    for (let s = 0; s < streams; s++) {
      const block = s * whole + min<i32>(s, longer) + step;
      finishRows(job, block << 3, sums + ((<usize>s) << 7));
      finishRows(job, (block << 3) + 4, sums + ((<usize>s) << 7) + 64);
    }
  }
}

function interleavedLow(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 0, 4, 1, 5);
}

function interleavedHigh(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 2, 6, 3, 7);
}

/** Write the elements of four rows, those that exist. */
function finishRows(job: Job, row: i32, sums: usize): void {
  // Transposed, lanes add up without leaving their registers.
  const a = v128.load(sums);
  const b = v128.load(sums, 16);
  const c = v128.load(sums, 32);
  const d = v128.load(sums, 48);
  const ab = i32x4.add(interleavedLow(a, b), interleavedHigh(a, b));
  const cd = i32x4.add(interleavedLow(c, d), interleavedHigh(c, d));
  const total = i32x4.add(
    v128.shuffle<i32>(ab, cd, 0, 1, 4, 5),
    v128.shuffle<i32>(ab, cd, 2, 3, 6, 7),
  );
  const elements = rescaled(job, i32x4.sub(unscaled(total), i32x4.splat(job.activationSum)));
  if (row < job.rows) storeFirst(job.out + ((<usize>row) << 2), elements, job.rows - row);
}

function rescaled(job: Job, sums: v128): v128 {
  const multiplier = job.multiplier;
  const shift = job.shift;
  const zero = i32x4.splat(0);
  if (multiplier == 0 || shift > 63) return zero;
  if (job.negative) sums = i32x4.neg(sums);
  if (shift >= 1) return scaledBy(sums, i32x4.splat(multiplier), shift);
  // Any sum but zero is at least 2^31 in magnitude before the shift to the left.
  const limits = v128.xor(i32x4.shr_s(sums, 31), i32x4.splat(i32.MAX_VALUE));
  return v128.andnot(limits, i32x4.eq(sums, zero));
}
