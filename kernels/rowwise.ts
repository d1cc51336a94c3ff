/**
 * Row-wise instructions. Pointers are to int32 elements, 16-byte aligned; n is 1 or more. Only the first
 * n elements of d change; what is read beyond n lies in the same register. A step is the distance
 * in bytes from four elements of an operand to the next four: 16, or 0 for a scalar in four copies.
 */
import { roundedShift, sat32, storeFirst } from "./numbers";

const LIMIT: i32 = SIG_LIMIT << FRACTION_BITS;
const SIG_SHIFT = FRACTION_BITS - SIG_STEP_BITS;

export function add(d: usize, a: usize, b: usize, n: i32, bStep: usize): void {
  const last = d + ((<usize>n) << 2);
  for (; d + 16 <= last; d += 16, a += 16, b += bStep) {
    const x = v128.load(a);
    const y = v128.load(b);
    const sum = i32x4.add(x, y);
    const over = i32x4.shr_s(v128.and(v128.xor(x, sum), v128.xor(y, sum)), 31);
    const limit = v128.xor(i32x4.shr_s(x, 31), i32x4.splat(i32.MAX_VALUE));
    v128.store(d, v128.bitselect(limit, sum, over));
  }
  for (; d < last; d += 4, a += 4, b += bStep >> 2)
    store<i32>(d, sat32(<i64>load<i32>(a) + <i64>load<i32>(b)));
}

export function sub(d: usize, a: usize, b: usize, n: i32, aStep: usize): void {
  const last = d + ((<usize>n) << 2);
  for (; d + 16 <= last; d += 16, a += aStep, b += 16) {
    const x = v128.load(a);
    const y = v128.load(b);
    const difference = i32x4.sub(x, y);
    const over = i32x4.shr_s(v128.and(v128.xor(x, difference), v128.xor(x, y)), 31);
    const limit = v128.xor(i32x4.shr_s(x, 31), i32x4.splat(i32.MAX_VALUE));
    v128.store(d, v128.bitselect(limit, difference, over));
  }
  for (; d < last; d += 4, a += aStep >> 2, b += 4)
    store<i32>(d, sat32(<i64>load<i32>(a) - <i64>load<i32>(b)));
}

/** Eight products at a time, none of which leaves the range; where one does, with saturation. */
export function mul(d: usize, a: usize, b: usize, n: i32, bStep: usize): void {
  for (; n >= 8; n -= 8, d += 32, a += 32, b += bStep << 1) {
    const x0 = v128.load(a);
    const x1 = v128.load(a, 16);
    const y0 = v128.load(b);
    const y1 = v128.load(b + bStep);
    const p0 = biased(i64x2.extmul_low_i32x4_s(x0, y0));
    const p1 = biased(i64x2.extmul_high_i32x4_s(x0, y0));
    const p2 = biased(i64x2.extmul_low_i32x4_s(x1, y1));
    const p3 = biased(i64x2.extmul_high_i32x4_s(x1, y1));
    const all = v128.or(v128.or(p0, p1), v128.or(p2, p3));
    if (v128.any_true(v128.and(all, i64x2.splat((<i64>-1) << (FRACTION_BITS + 32))))) {
      v128.store(d, product(x0, y0));
      v128.store(d, product(x1, y1), 16);
    } else {
      v128.store(d, unbiased(p0, p1));
      v128.store(d, unbiased(p2, p3), 16);
    }
  }
  for (; n > 0; n -= 4, d += 16, a += 16, b += bStep)
    storeFirst(d, product(v128.load(a), v128.load(b)), n);
}

/** So that what stays in the range when it is rounded is in [0, 2^(32 + F)). */
function biased(products: v128): v128 {
  const bias = ((<i64>1) << (FRACTION_BITS - 1)) + ((<i64>1) << (FRACTION_BITS + 31));
  return i64x2.add(products, i64x2.splat(bias));
}

function unbiased(low: v128, high: v128): v128 {
  const words = v128.shuffle<i32>(
    i64x2.shr_u(low, FRACTION_BITS),
    i64x2.shr_u(high, FRACTION_BITS),
    0,
    2,
    4,
    6,
  );
  return v128.xor(words, i32x4.splat(i32.MIN_VALUE));
}

function product(x: v128, y: v128): v128 {
  const magnitudes = i32x4.abs(x);
  const others = i32x4.abs(y);
  const low = i64x2.extmul_low_i32x4_u(magnitudes, others);
  const high = i64x2.extmul_high_i32x4_u(magnitudes, others);
  return roundedShift(low, high, i32x4.shr_s(v128.xor(x, y), 31), FRACTION_BITS);
}

/** Numerators are below 2^53, so that the floor of a double quotient is exact. */
export function div(d: usize, a: usize, b: usize, n: i32): void {
  const one = f64x2.splat(<f64>(2 << FRACTION_BITS));
  const last = d + ((<usize>n) << 2);
  for (; d + 8 <= last; d += 8, a += 8, b += 8) {
    const x32 = v128.load64_zero(a);
    const y32 = v128.load64_zero(b);
    const x = f64x2.convert_low_i32x4_s(x32);
    const y = f64x2.convert_low_i32x4_s(y32);
    const quotient = f64x2.div(f64x2.add(f64x2.mul(x, one), y), f64x2.add(y, y));
    const exact = i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(quotient));
    // By zero: the limit of the dividend's sign, or 0.
    const limit = v128.xor(i32x4.shr_s(x32, 31), i32x4.splat(i32.MAX_VALUE));
    const byZero = v128.andnot(limit, i32x4.eq(x32, i32x4.splat(0)));
    v128.store64_lane(d, v128.bitselect(byZero, exact, i32x4.eq(y32, i32x4.splat(0))), 0);
  }
  if (d < last) store<i32>(d, quotientOf(load<i32>(a), load<i32>(b)));
}

function quotientOf(a: i32, b: i32): i32 {
  if (b == 0) return a > 0 ? i32.MAX_VALUE : a < 0 ? i32.MIN_VALUE : 0;
  return <i32>floor<f64>((<f64>a * <f64>(2 << FRACTION_BITS) + <f64>b) / (2 * <f64>b));
}

export function splat(d: usize, value: i32, n: i32): void {
  const last = d + ((<usize>n) << 2);
  for (; d + 16 <= last; d += 16) v128.store(d, i32x4.splat(value));
  for (; d < last; d += 4) store<i32>(d, value);
}

/** @param table EXP2 of src/numerics */
export function exp(d: usize, a: usize, n: i32, table: usize): void {
  for (const last = d + ((<usize>n) << 2); d < last; d += 4, a += 4)
    store<i32>(d, exponential(load<i32>(a), table));
}

function exponential(a: i32, table: usize): i32 {
  const fraction = EXP_INDEX_BITS + EXP_INTERPOLATION_BITS;
  const scaled = (<i64>a * <i64>LOG2E) >> (FRACTION_BITS + TABLE_FRACTION_BITS - fraction);
  const k = <i32>(scaled >> fraction);
  if (k + FRACTION_BITS > TABLE_FRACTION_BITS) return i32.MAX_VALUE;
  const entry =
    table + ((<usize>((scaled >> EXP_INTERPOLATION_BITS) & ((1 << EXP_INDEX_BITS) - 1))) << 2);
  const rest = scaled & ((1 << EXP_INTERPOLATION_BITS) - 1);
  const base = <i64>load<u32>(entry);
  const step = (<i64>load<u32>(entry, 4) - base) * rest;
  const m = base + ((step + (1 << (EXP_INTERPOLATION_BITS - 1))) >> EXP_INTERPOLATION_BITS);
  const shift = TABLE_FRACTION_BITS - FRACTION_BITS - k;
  if (shift > 32) return 0;
  return sat32(shift == 0 ? m : ((m >> (shift - 1)) + 1) >> 1);
}

/**
 * sigmoid(a) - 1/2 of four elements in units of 2^-TABLE_FRACTION_BITS.
 * @param table for every j up to SIG's last: SIG[j] - 1/2 and SIG[j + 1] - SIG[j]; for the last 1/2 and 0
 */
function sigmoid(a: v128, table: usize): v128 {
  const magnitudes = i32x4.min_u(i32x4.abs(a), i32x4.splat(LIMIT));
  const entries = v128.and(i32x4.shr_u(magnitudes, SIG_SHIFT - 3), i32x4.splat(-8));
  let low = v128.load64_zero(table + <usize>i32x4.extract_lane(entries, 0));
  let high = v128.load64_zero(table + <usize>i32x4.extract_lane(entries, 2));
  low = v128.load64_lane(table + <usize>i32x4.extract_lane(entries, 1), low, 1);
  high = v128.load64_lane(table + <usize>i32x4.extract_lane(entries, 3), high, 1);
  const bases = v128.shuffle<i32>(low, high, 0, 2, 4, 6);
  const steps = v128.shuffle<i32>(low, high, 1, 3, 5, 7);
  // A step has 22 bits and a rest SIG_SHIFT: their product has more than 32, so a step is cut in two.
  const mask = i32x4.splat((1 << SIG_SHIFT) - 1);
  const rests = v128.and(magnitudes, mask);
  const lower = i32x4.dot_i16x8_s(v128.and(steps, mask), rests);
  const rounded = i32x4.shr_u(i32x4.add(lower, i32x4.splat(1 << (SIG_SHIFT - 1))), SIG_SHIFT);
  const upper = i32x4.dot_i16x8_s(i32x4.shr_u(steps, SIG_SHIFT), rests);
  const s = i32x4.add(bases, i32x4.add(upper, rounded));
  const signs = i32x4.shr_s(a, 31);
  return i32x4.sub(v128.xor(s, signs), signs);
}

/** @param table as for `sigmoid` */
export function sig(d: usize, a: usize, n: i32, table: usize): void {
  activate(d, a, n, table, false);
}

/** @param table as for `sigmoid` */
export function silu(d: usize, a: usize, n: i32, table: usize): void {
  activate(d, a, n, table, true);
}

/** In one function, so that it has no calls in its loop. */
function activate(d: usize, a: usize, n: i32, table: usize, multiplies: bool): void {
  const shift = TABLE_FRACTION_BITS - FRACTION_BITS;
  const half = i32x4.splat((1 << (TABLE_FRACTION_BITS - 1)) + (1 << (shift - 1)));
  for (; n > 0; n -= 4, d += 16, a += 16) {
    const x = v128.load(a);
    const s = sigmoid(x, table);
    const elements = multiplies ? timesSigmoid(x, s) : i32x4.shr_u(i32x4.add(s, half), shift);
    if (n >= 4) v128.store(d, elements);
    else storeFirst(d, elements, n);
  }
}

/** A sigmoid is at most 1, so that no product leaves the range. */
function timesSigmoid(x: v128, centered: v128): v128 {
  const s = i32x4.add(centered, i32x4.splat(1 << (TABLE_FRACTION_BITS - 1)));
  const half = i64x2.splat(1 << (TABLE_FRACTION_BITS - 1));
  return v128.shuffle<i32>(
    i64x2.shr_u(i64x2.add(i64x2.extmul_low_i32x4_s(x, s), half), TABLE_FRACTION_BITS),
    i64x2.shr_u(i64x2.add(i64x2.extmul_high_i32x4_s(x, s), half), TABLE_FRACTION_BITS),
    0,
    2,
    4,
    6,
  );
}
