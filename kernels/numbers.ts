/** Exact arithmetic that several kernels share. Elements are int32 fixed point. */

export function sat32(a: i64): i32 {
  return <i32>max<i64>(i32.MIN_VALUE, min<i64>(a, i32.MAX_VALUE));
}

/** Two i64x2 to one i32x4, saturating. */
export function narrow(low: v128, high: v128): v128 {
  const largest = i64x2.splat(i32.MAX_VALUE);
  const smallest = i64x2.splat(i32.MIN_VALUE);
  low = v128.bitselect(largest, low, i64x2.gt_s(low, largest));
  low = v128.bitselect(smallest, low, i64x2.lt_s(low, smallest));
  high = v128.bitselect(largest, high, i64x2.gt_s(high, largest));
  high = v128.bitselect(smallest, high, i64x2.lt_s(high, smallest));
  return v128.shuffle<i32>(low, high, 0, 2, 4, 6);
}

/** sat32(round(a * factor / 2^shift)) of four elements; shift 1 to 63, |a * factor| < 2^63 */
export function scaled(a: v128, factor: i64, shift: i32): v128 {
  const factors = i64x2.splat(factor);
  // Adding half first could overflow 64 bits.
  const before = shift - 1;
  const one = i64x2.splat(1);
  const low = i64x2.mul(i64x2.extend_low_i32x4_s(a), factors);
  const high = i64x2.mul(i64x2.extend_high_i32x4_s(a), factors);
  return narrow(
    i64x2.shr_s(i64x2.add(i64x2.shr_s(low, before), one), 1),
    i64x2.shr_s(i64x2.add(i64x2.shr_s(high, before), one), 1),
  );
}

/** The same of one element. */
export function scaledElement(a: i32, factor: i64, shift: i32): i32 {
  return sat32((((<i64>a * factor) >> (shift - 1)) + 1) >> 1);
}

/** floor(sqrt(n)) */
export function isqrt(n: u64): u64 {
  let root = min<u64>(<u64>sqrt<f64>(<f64>n), u32.MAX_VALUE);
  while (root * root > n) root--;
  while (root < u32.MAX_VALUE && (root + 1) * (root + 1) <= n) root++;
  return root;
}
