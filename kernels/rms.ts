/** `norm`, `quant` and `argmax`. Pointers as in rowwise.ts. */
import { isqrt, scaledBy, storeFirst } from "./numbers";

/** The sum of a vector's squares, and its bits 64 and up: it is below 2^77. */
let sumLow: u64 = 0;
let sumHigh: u64 = 0;

/** @param eps integer in [0, 2^32), in units of 2^-2F */
export function norm(d: usize, a: usize, n: i32, eps: f64): void {
  sumSquares(a, n);
  add(<u64>n * <u64>eps);
  if (sumLow == 0 && sumHigh == 0) {
    memory.fill(d, 0, (<usize>n) << 2);
    return;
  }
  if (!estimate(n)) {
    if (sumHigh == 0 && sumLow < 1 << 60) divide(n, sumLow);
    else divideLarge(n, sumLow, sumHigh);
    root = isqrt(quotient);
  }
  const factor = root;
  const shift = (exponent >> 1) - FRACTION_BITS;
  // Whether the largest element's product can be rounded within 63 bits: only a factor near 2^32 is too large.
  const fits = factor * i32.MAX_VALUE + ((<u64>1) << (shift - 1)) < (<u64>1) << 63;
  if (fits) scale(d, a, n, factor, shift);
  else scaleExtremes(d, a, n, factor, shift);
}

function sumSquares(a: usize, n: i32): void {
  // Two squares have 63 bits: the halves of their sum are added up apart.
  const mask = i64x2.splat(u32.MAX_VALUE);
  let lows = i64x2.splat(0);
  let highs = i64x2.splat(0);
  const last = a + ((<usize>n) << 2);
  for (; a + 16 <= last; a += 16) {
    const x = v128.load(a);
    const two = i64x2.add(i64x2.extmul_low_i32x4_s(x, x), i64x2.extmul_high_i32x4_s(x, x));
    lows = i64x2.add(lows, v128.and(two, mask));
    highs = i64x2.add(highs, i64x2.shr_u(two, 32));
  }
  const high: u64 = i64x2.extract_lane(highs, 0) + i64x2.extract_lane(highs, 1);
  sumLow = high << 32;
  sumHigh = high >> 32;
  add(i64x2.extract_lane(lows, 0) + i64x2.extract_lane(lows, 1));
  for (; a < last; a += 4) {
    const x = <i64>load<i32>(a);
    add(x * x);
  }
}

function add(term: u64): void {
  sumLow += term;
  sumHigh += <u64>(sumLow < term);
}

/** d = a * factor / 2^shift. An element of a norm is at most sqrt(n), so that none leaves the range. */
function scale(d: usize, a: usize, n: i32, factor: u64, shift: i32): void {
  const factors = i32x4.splat(<i32>factor);
  // 2^31 makes elements unsigned, and 2^63 their products.
  const bias = ((<u64>1) << (shift - 1)) + ((<u64>1) << 63) - (factor << 31);
  const biases = i64x2.splat(bias);
  const excess = i32x4.splat(<i32>((<u64>1) << (63 - shift)));
  for (; n > 0; n -= 4, d += 16, a += 16) {
    const x = v128.xor(v128.load(a), i32x4.splat(i32.MIN_VALUE));
    const low = i64x2.add(i64x2.extmul_low_i32x4_u(x, factors), biases);
    const high = i64x2.add(i64x2.extmul_high_i32x4_u(x, factors), biases);
    const words = v128.shuffle<i32>(i64x2.shr_u(low, shift), i64x2.shr_u(high, shift), 0, 2, 4, 6);
    const elements = i32x4.sub(words, excess);
    if (n >= 4) v128.store(d, elements);
    else storeFirst(d, elements, n);
  }
}

/** The same for every factor. */
function scaleExtremes(d: usize, a: usize, n: i32, factor: u64, shift: i32): void {
  const factors = i32x4.splat(<i32>factor);
  for (; n > 0; n -= 4, d += 16, a += 16) storeFirst(d, scaledBy(v128.load(a), factors, shift), n);
}

const TWO64: f64 = 4294967296.0 * 4294967296.0;

/** floor(sqrt(n * 2^exponent / sum)) */
let root: u64 = 0;

/**
 * Compute `root` and `exponent` with doubles. @returns whether they are certainly right: the ratio and its
 * root are off by less than 2^-50 of them, so only a root this close to an integer, or a ratio this close
 * to a power of two, can come out wrong.
 */
function estimate(n: i32): bool {
  const ratio = <f64>n / (<f64>sumHigh * TWO64 + <f64>sumLow);
  const bits = reinterpret<u64>(ratio);
  const fraction = bits & ((1 << 52) - 1);
  if (fraction - (1 << 12) > (1 << 52) - (1 << 13)) return false;
  // ratio = m * 2^k with m in [1, 2): the least even exponent with k + exponent >= 62.
  const k = <i32>(bits >> 52) - 1023;
  exponent = (63 - k) & ~1;
  const mantissa = reinterpret<f64>(fraction | ((<u64>(1023 + k + exponent)) << 52));
  const exact = sqrt<f64>(mantissa);
  root = <u64>exact;
  const rest = exact - <f64>root;
  return rest > ROOT_MARGIN && rest < 1.0 - ROOT_MARGIN;
}

/** 2^-16; roots are below 2^32. */
const ROOT_MARGIN: f64 = 1.0 / 65536.0;

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
