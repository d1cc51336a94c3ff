/** `norm`, `quant` and `argmax`. Pointers as in rowwise.ts. */
import { isqrt, scaledBy, storeFirst } from "./numbers";

/** @param eps integer in [0, 2^32), in units of 2^-2F */
export function norm(d: usize, a: usize, n: i32, eps: f64): void {
  // Squares have 62 bits: their halves are added up apart.
  const mask = i64x2.splat(u32.MAX_VALUE);
  let lows = i64x2.splat(0);
  let highs = i64x2.splat(0);
  const last = a + ((<usize>n) << 2);
  let p = a;
  for (; p + 8 <= last; p += 8) {
    const x = v128.load64_zero(p);
    const square = i64x2.extmul_low_i32x4_s(x, x);
    lows = i64x2.add(lows, v128.and(square, mask));
    highs = i64x2.add(highs, i64x2.shr_u(square, 32));
  }
  let low: u64 = i64x2.extract_lane(lows, 0) + i64x2.extract_lane(lows, 1) + <u64>n * <u64>eps;
  let high: u64 = i64x2.extract_lane(highs, 0) + i64x2.extract_lane(highs, 1);
  if (p < last) {
    const x = <i64>load<i32>(p);
    low += (x * x) & <u64>u32.MAX_VALUE;
    high += (x * x) >> 32;
  }
  const sumLow = (high << 32) + low;
  scaleBy(d, a, n, sumLow, (high >> 32) + <u64>(sumLow < low));
}

/** d = a / sqrt(sum / n). @param sumHigh bits 64 and up of the sum, which is below 2^77 */
function scaleBy(d: usize, a: usize, n: i32, sumLow: u64, sumHigh: u64): void {
  if (sumLow == 0 && sumHigh == 0) {
    memory.fill(d, 0, (<usize>n) << 2);
    return;
  }
  const small = sumHigh == 0 && sumLow < 1 << 60;
  if (small) divide(n, sumLow);
  else divideLarge(n, sumLow, sumHigh);
  const factors = i32x4.splat(<i32>isqrt(quotient));
  const shift = (exponent >> 1) - FRACTION_BITS;
  for (; n > 0; n -= 4, d += 16, a += 16) storeFirst(d, scaledBy(v128.load(a), factors, shift), n);
}

/** floor(n * 2^exponent / sum) for the least even exponent that gives 2^62 or more: it is below 2^64. */
let quotient: u64 = 0;
let exponent = 0;

/** Long division with as many bits as fit at a time. @param sum 1 to 2^60 - 1 */
function divide(n: i32, sum: u64): void {
  // With this exponent the quotient has 63 or 64 bits, with one less 62 or 63.
  const full = 63 - (32 - clz<i32>(n)) + (64 - <i32>clz<u64>(sum));
  exponent = full & ~1;
  quotient = n / sum;
  let rest: u64 = n % sum;
  let left = exponent;
  for (;;) {
    while (left > 0) {
      const bits = min<i32>(left, min<i32>(63, <i32>clz<u64>(rest)));
      rest <<= bits;
      const digits = rest / sum;
      rest -= digits * sum;
      quotient = (quotient << bits) | digits;
      left -= bits;
    }
    if (quotient >= 1 << 62) return;
    left = 2;
    exponent += 2;
  }
}

/** The same bit by bit, for any sum. */
function divideLarge(n: i32, sumLow: u64, sumHigh: u64): void {
  let low: u64 = 0;
  let high: u64 = 0;
  quotient = 0;
  exponent = 0;
  for (let bit = 31 - clz<i32>(n); ; bit--) {
    high = (high << 1) | (low >> 63);
    low = (low << 1) | (bit >= 0 ? <u64>((n >> bit) & 1) : 0);
    quotient <<= 1;
    if (high > sumHigh || (high == sumHigh && low >= sumLow)) {
      high -= sumHigh + <u64>(low < sumLow);
      low -= sumLow;
      quotient |= 1;
    }
    if (bit < 0 && (bit & 1) == 0) {
      exponent += 2;
      if (quotient >= 1 << 62) return;
    }
  }
}

/** n int8 values to `out`. @returns the absmax */
export function quant(out: usize, a: usize, n: i32): i32 {
  const last = a + ((<usize>n) << 2);
  let largest = i32x4.splat(ABSMAX_FLOOR);
  let p = a;
  // The magnitude of the least int32 is above the others' as an unsigned number.
  for (; p + 16 <= last; p += 16) largest = i32x4.max_u(largest, i32x4.abs(v128.load(p)));
  let absmax = max<u32>(
    max<u32>(i32x4.extract_lane(largest, 0), i32x4.extract_lane(largest, 1)),
    max<u32>(i32x4.extract_lane(largest, 2), i32x4.extract_lane(largest, 3)),
  );
  for (; p < last; p += 4) absmax = max<u32>(absmax, abs<i32>(load<i32>(p)));
  absmax = min<u32>(absmax, i32.MAX_VALUE);
  quantise(out, a, n, <f64>absmax);
  return absmax;
}

/**
 * floor((254 a + absmax) / (2 absmax)) is a * 127 / absmax rounded, halves up. No quotient is closer to a
 * half than 2^-32 unless it is one, and the products here are off by less than 2^-44: a little more than
 * that is added, and the addition of ROUNDING rounds to an integer, which its low bits then hold.
 */
const LITTLE: f64 = 1.0 / 1099511627776.0; // 2^-40
const ROUNDING: f64 = 6755399441055744.0; // 1.5 * 2^52

function quantise(out: usize, a: usize, n: i32, absmax: f64): void {
  const factor = f64x2.splat(<f64>ACTIVATION_MAX / absmax);
  for (; n >= 16; n -= 16, a += 64, out += 16) v128.store(out, sixteen(a, factor));
  if (n == 0) return;
  // What is read beyond n lies in the same register; what is written does not reach there.
  let values = sixteen(a, factor);
  for (const end = out + <usize>n; out < end; out++) {
    store<i8>(out, i8x16.extract_lane_s(values, 0));
    values = i8x16.shuffle(values, values, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0);
  }
}

function sixteen(a: usize, factor: v128): v128 {
  const low = i16x8.narrow_i32x4_s(four(v128.load(a), factor), four(v128.load(a, 16), factor));
  const high = i16x8.narrow_i32x4_s(four(v128.load(a, 32), factor), four(v128.load(a, 48), factor));
  const values = i8x16.narrow_i16x8_s(low, high);
  return i8x16.max_s(values, i8x16.splat(<i8>-ACTIVATION_MAX));
}

function four(x: v128, factor: v128): v128 {
  const low = two(f64x2.convert_low_i32x4_s(x), factor);
  const high = two(f64x2.convert_low_i32x4_s(v128.shuffle<i32>(x, x, 2, 3, 2, 3)), factor);
  return v128.shuffle<i32>(low, high, 0, 2, 4, 6);
}

function two(x: v128, factor: v128): v128 {
  const quotients = f64x2.add(f64x2.mul(x, factor), f64x2.splat(LITTLE));
  return f64x2.add(quotients, f64x2.splat(ROUNDING));
}

/** The index of the first of the largest elements. */
export function argmax(a: usize, n: i32): i32 {
  const last = a + ((<usize>n) << 2);
  let largest = i32x4.splat(i32.MIN_VALUE);
  let p = a;
  for (; p + 16 <= last; p += 16) largest = i32x4.max_s(largest, v128.load(p));
  let most = max<i32>(
    max<i32>(i32x4.extract_lane(largest, 0), i32x4.extract_lane(largest, 1)),
    max<i32>(i32x4.extract_lane(largest, 2), i32x4.extract_lane(largest, 3)),
  );
  for (; p < last; p += 4) most = max<i32>(most, load<i32>(p));
  const value = i32x4.splat(most);
  for (p = a; p + 16 <= last && !v128.any_true(i32x4.eq(v128.load(p), value)); ) p += 16;
  while (load<i32>(p) != most) p += 4;
  return <i32>((p - a) >> 2);
}
