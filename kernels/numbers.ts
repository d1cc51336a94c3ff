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

/** sat32(round(a * factor / 2^shift)) of four elements; factor below 2^32, shift 1 to 63 */
export function scaled(a: v128, factor: u32, shift: i32): v128 {
  // Magnitudes: a product of unsigned 32-bit numbers is one instruction, one of 64-bit numbers is many.
  const factors = i32x4.splat(factor);
  const magnitudes = i32x4.abs(a);
  const signs = i32x4.shr_s(a, 31);
  const low = i64x2.extmul_low_i32x4_u(magnitudes, factors);
  const high = i64x2.extmul_high_i32x4_u(magnitudes, factors);
  return narrow(
    rounded(low, i64x2.extend_low_i32x4_s(signs), shift),
    rounded(high, i64x2.extend_high_i32x4_s(signs), shift),
  );
}

/** round(+-magnitude / 2^shift). @param sign 0 or -1 */
function rounded(magnitude: v128, sign: v128, shift: i32): v128 {
  const product = i64x2.sub(v128.xor(magnitude, sign), sign);
  // Adding half first could overflow 64 bits.
  return i64x2.shr_s(i64x2.add(i64x2.shr_s(product, shift - 1), i64x2.splat(1)), 1);
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
