/** `norm`, `quant` and `argmax`. Pointers as in rowwise.ts. */
import { isqrt, scaled, scaledElement } from "./numbers";

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
  // Binary long division of n * 4^j by the sum, for the least j that gives 2^62 or more.
  let quotient: u64 = 0;
  let low: u64 = 0;
  let high: u64 = 0;
  let j = 0;
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
      j++;
      if (quotient >= 1 << 62) break;
    }
  }
  const factor = isqrt(quotient);
  const shift = j - FRACTION_BITS;
  const last = d + ((<usize>n) << 2);
  for (; d + 16 <= last; d += 16, a += 16) v128.store(d, scaled(v128.load(a), <u32>factor, shift));
  for (; d < last; d += 4, a += 4) store<i32>(d, scaledElement(load<i32>(a), <i64>factor, shift));
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
  quantise(out, a, last, <f64>absmax);
  return absmax;
}

function quantise(out: usize, a: usize, last: usize, absmax: f64): void {
  const offset = f64x2.splat(absmax);
  const denominator = f64x2.splat(2 * absmax);
  const factor = f64x2.splat(<f64>(2 * ACTIVATION_MAX));
  for (; a < last; a += 8, out += 2) {
    // Of an odd number the last element's neighbour is computed in vain: registers end on 16 bytes.
    const x = f64x2.convert_low_i32x4_s(v128.load64_zero(a));
    const quotient = f64x2.floor(f64x2.div(f64x2.add(f64x2.mul(x, factor), offset), denominator));
    let value = i32x4.trunc_sat_f64x2_s_zero(quotient);
    value = i32x4.min_s(i32x4.splat(ACTIVATION_MAX), value);
    value = i32x4.max_s(i32x4.splat(-ACTIVATION_MAX), value);
    store<i8>(out, <i8>i32x4.extract_lane(value, 0));
    if (a + 4 < last) store<i8>(out + 1, <i8>i32x4.extract_lane(value, 1));
  }
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
