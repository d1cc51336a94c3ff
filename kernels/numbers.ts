/** Exact arithmetic that several kernels share. Elements are int32 fixed point. */

export function sat32(a: i64): i32 {
  return <i32>max<i64>(i32.MIN_VALUE, min<i64>(a, i32.MAX_VALUE));
}

/**
 * sat32(round(m / 2^shift)) of four numbers, given as magnitudes and signs: a product of unsigned 32-bit
 * numbers is one instruction, a signed 64-bit shift is many.
 * @param low the first two magnitudes, 64 bits each, below 2^63
 * @param signs 0 or -1 each
 * @param shift 1 to 63
 */
export function roundedShift(low: v128, high: v128, signs: v128, shift: i32): v128 {
  // Halves go up, so that the magnitudes of negative numbers round them down.
  const half = i64x2.splat((<i64>1) << (shift - 1));
  low = i64x2.add(i64x2.add(low, half), i64x2.extend_low_i32x4_s(signs));
  high = i64x2.add(i64x2.add(high, half), i64x2.extend_high_i32x4_s(signs));
  low = i64x2.shr_u(low, shift);
  high = i64x2.shr_u(high, shift);
  const words = v128.shuffle<i32>(low, high, 0, 2, 4, 6);
  const over = i32x4.gt_s(v128.shuffle<i32>(low, high, 1, 3, 5, 7), i32x4.splat(0));
  // The least element's magnitude is one more than the largest's.
  const limit = i32x4.sub(i32x4.splat(i32.MAX_VALUE), signs);
  const magnitudes = i32x4.min_u(v128.or(words, over), limit);
  return i32x4.sub(v128.xor(magnitudes, signs), signs);
}

/** sat32(round(a * factor / 2^shift)) of four elements; factor below 2^32 each, shift 1 to 63 */
export function scaledBy(a: v128, factors: v128, shift: i32): v128 {
  const magnitudes = i32x4.abs(a);
  return roundedShift(
    i64x2.extmul_low_i32x4_u(magnitudes, factors),
    i64x2.extmul_high_i32x4_u(magnitudes, factors),
    i32x4.shr_s(a, 31),
    shift,
  );
}

/** Store the first n elements of four; all of them for n above 4. */
export function storeFirst(d: usize, values: v128, n: i32): void {
  if (n >= 4) {
    v128.store(d, values);
    return;
  }
  store<i32>(d, i32x4.extract_lane(values, 0));
  if (n > 1) store<i32>(d + 4, i32x4.extract_lane(values, 1));
  if (n > 2) store<i32>(d + 8, i32x4.extract_lane(values, 2));
}

/** floor(sqrt(n)) */
export function isqrt(n: u64): u64 {
  let root = min<u64>(<u64>sqrt<f64>(<f64>n), u32.MAX_VALUE);
  while (root * root > n) root--;
  while (root < u32.MAX_VALUE && (root + 1) * (root + 1) <= n) root++;
  return root;
}
