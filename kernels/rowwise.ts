/**
 * Row-wise instructions. Pointers are to int32 elements, 16-byte aligned; n is 1 or more. Only the first
 * n elements of d change, so what is left of a multiple of four goes one by one. A step is the distance
 * in bytes from four elements of an operand to the next four: 16, or 0 for a scalar in four copies.
 */
import { narrow, sat32, scaledElement } from "./numbers";

const LIMIT: i64 = (<i64>SIG_LIMIT) << FRACTION_BITS;
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

export function mul(d: usize, a: usize, b: usize, n: i32, bStep: usize): void {
  const last = d + ((<usize>n) << 2);
  const half = i64x2.splat(1 << (FRACTION_BITS - 1));
  for (; d + 16 <= last; d += 16, a += 16, b += bStep) {
    const x = v128.load(a);
    const y = v128.load(b);
    const low = i64x2.add(i64x2.extmul_low_i32x4_s(x, y), half);
    const high = i64x2.add(i64x2.extmul_high_i32x4_s(x, y), half);
    v128.store(d, narrow(i64x2.shr_s(low, FRACTION_BITS), i64x2.shr_s(high, FRACTION_BITS)));
  }
  for (; d < last; d += 4, a += 4, b += bStep >> 2)
    store<i32>(d, scaledElement(load<i32>(a), load<i32>(b), FRACTION_BITS));
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

/** sigmoid(a) in units of 2^-TABLE_FRACTION_BITS */
function sigmoid(a: i32, table: usize): i64 {
  const one: i64 = 1 << TABLE_FRACTION_BITS;
  const magnitude = abs<i64>(a);
  let s = one;
  if (magnitude < LIMIT) {
    const entry = table + ((<usize>(magnitude >> SIG_SHIFT)) << 2);
    const base = <i64>load<u32>(entry);
    const step = (<i64>load<u32>(entry, 4) - base) * (magnitude & ((1 << SIG_SHIFT) - 1));
    s = base + ((step + (1 << (SIG_SHIFT - 1))) >> SIG_SHIFT);
  }
  return a < 0 ? one - s : s;
}

/** @param table SIG of src/numerics */
export function sig(d: usize, a: usize, n: i32, table: usize): void {
  const shift = TABLE_FRACTION_BITS - FRACTION_BITS;
  for (const last = d + ((<usize>n) << 2); d < last; d += 4, a += 4)
    store<i32>(d, <i32>((sigmoid(load<i32>(a), table) + (1 << (shift - 1))) >> shift));
}

/** @param table SIG of src/numerics */
export function silu(d: usize, a: usize, n: i32, table: usize): void {
  for (const last = d + ((<usize>n) << 2); d < last; d += 4, a += 4) {
    const x = load<i32>(a);
    store<i32>(d, scaledElement(x, sigmoid(x, table), TABLE_FRACTION_BITS));
  }
}
