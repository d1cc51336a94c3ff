/**
 * The product of a decoded matrix and an int8 vector, rescaled to elements. Reading eight streams far
 * apart is more than twice as fast as reading one on some processors: a part's blocks are cut into eight,
 * and the loops go through step (the same block of every stream), chunk of columns, stream.
 */
import { scaledBy, storeFirst } from "./numbers";
import { addChunk, CHUNK, unscaled } from "./steps";

/** Bytes of one thread's sums: eight rows of int32x4 for each of eight streams. */
export const SUMS_BYTES: usize = 8 * 128;

/** A product, as it lies in memory for all threads. */
@unmanaged
export class Job {
  /** Says, when it is written, that the rest is. */
  generation: u32;
  weights: usize;
  activations: usize;
  /** A multiple of 16: activations past the vector are zero. */
  columns: i32;
  blocks: i32;
  rows: i32;
  /** Of the activations: a code is its weight plus one. */
  activationSum: i32;
  /** An element is round(+-sum * multiplier / 2^shift). */
  multiplier: u32;
  /** 0 or -1 */
  sign: i32;
  shift: i32;
  /** Far-apart places that are read in turn, 1 to 8. */
  streams: i32;
  /** How many parts there are. */
  threads: i32;
  /** The caller's part: blocks from the first on. The others have equal parts of the rest. */
  ownBlocks: i32;
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
  job.sign = <i32>scale >> 31;
  job.shift = 150 + t - exponent;
}

/** floor(product * 2^t / ACTIVATION_MAX) */
function dividedAt(product: u64, t: i32): u64 {
  return t >= 0 ? (product << t) / ACTIVATION_MAX : product / ((<u64>ACTIVATION_MAX) << -t);
}

/**
 * Compute the elements of blocks [from, to), whole rows of eight.
 * @param out where the product's first element is written to, others relative to it
 * @param sums SUMS_BYTES that no other thread uses
 */
export function multiplyBlocks(job: Job, from: i32, to: i32, out: usize, sums: usize): void {
  const columns = <usize>job.columns;
  const blockBytes = columns << 1;
  const count = to - from;
  const all = job.streams;
  const whole = count / all;
  const longer = count % all;
  const steps = whole + <i32>(longer > 0);
  for (let step = 0; step < steps; step++) {
    const streams = step < whole ? all : longer;
    clear(sums, streams);
    for (let column: usize = 0; column < columns; column += CHUNK) {
      const count = min<usize>(CHUNK, columns - column);
      const weights = job.weights + (column << 1);
      for (let s = 0; s < streams; s++) {
        const block = from + s * whole + min<i32>(s, longer) + step;
        const at = weights + <usize>block * blockBytes;
        addChunk(at, job.activations + column, count, sums + ((<usize>s) << 7));
      }
    }
    for (let s = 0; s < streams; s++) {
      const row = (from + s * whole + min<i32>(s, longer) + step) << 3;
      const to = out + ((<usize>row) << 2);
      const rows = job.rows - row;
      storeFirst(to, totals(job, sums + ((<usize>s) << 7)), rows);
      if (rows > 4) storeFirst(to + 16, totals(job, sums + ((<usize>s) << 7) + 64), rows - 4);
    }
  }
  rescale(job, out + ((<usize>from) << 5), rowsOf(job, from, to));
}

/** Copy the elements of blocks [from, to) from where another thread wrote them. */
export function copyBlocks(job: Job, from: i32, to: i32, results: usize, out: usize): void {
  let at = (<usize>from) << 5;
  for (let n = rowsOf(job, from, to); n > 0; n -= 4, at += 16)
    storeFirst(out + at, v128.load(results + at), n);
}

/** Rows of blocks [from, to): the last block may have fewer than eight. */
function rowsOf(job: Job, from: i32, to: i32): i32 {
  return min<i32>(to << 3, job.rows) - (from << 3);
}

function clear(sums: usize, streams: i32): void {
  const zero = i32x4.splat(0);
  for (const end = sums + ((<usize>streams) << 7); sums < end; sums += 64) {
    v128.store(sums, zero);
    v128.store(sums, zero, 16);
    v128.store(sums, zero, 32);
    v128.store(sums, zero, 48);
  }
}

function interleavedLow(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 0, 4, 1, 5);
}

function interleavedHigh(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 2, 6, 3, 7);
}

/** The exact sums of four rows. */
function totals(job: Job, sums: usize): v128 {
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
  return i32x4.sub(unscaled(total), i32x4.splat(job.activationSum));
}

/** n sums to elements, in place. */
function rescale(job: Job, at: usize, n: i32): void {
  const factors = i32x4.splat(job.multiplier);
  const shift = job.shift;
  const signs = i32x4.splat(job.sign);
  const zero = i32x4.splat(0);
  const vanishes = job.multiplier == 0 || shift > 63;
  for (; n > 0; n -= 4, at += 16) {
    const sums = i32x4.sub(v128.xor(v128.load(at), signs), signs);
    let elements = zero;
    if (!vanishes) {
      if (shift >= 1) elements = scaledBy(sums, factors, shift);
      else {
        // Any sum but zero is at least 2^31 in magnitude before the shift to the left.
        const limits = v128.xor(i32x4.shr_s(sums, 31), i32x4.splat(i32.MAX_VALUE));
        elements = v128.andnot(limits, i32x4.eq(sums, zero));
      }
    }
    storeFirst(at, elements, n);
  }
}
