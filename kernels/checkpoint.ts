/**
 * What a checkpoint's weights go through on their way into an image: a module of its own
 * (src/checkpoint/kernels). Pointers need no alignment; every loop but `absoluteSum`'s ends in the same
 * arithmetic on single elements.
 */

/**
 * Sum of |x| of n binary32 numbers in double precision, in the order of src/checkpoint/ternarise.ts: four
 * sums, of which the first begins with `start` and takes the rest of n / 4.
 */
export function absoluteSum(a: usize, n: usize, start: f64): f64 {
  const magnitude = i32x4.splat(0x7fffffff);
  let low = f64x2.replace_lane(f64x2.splat(0), 0, start);
  let high = f64x2.splat(0);
  const whole = a + ((n & ~3) << 2);
  const end = a + (n << 2);
  for (; a < whole; a += 16) {
    const x = v128.and(v128.load(a), magnitude);
    low = f64x2.add(low, f64x2.promote_low_f32x4(x));
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 1)));
  }
  let first = f64x2.extract_lane(low, 0);
  for (; a < end; a += 4) first += <f64>abs<f32>(load<f32>(a));
  const second = f64x2.extract_lane(low, 1);
  return first + second + (f64x2.extract_lane(high, 0) + f64x2.extract_lane(high, 1));
}

/** Largest |x| of n binary32 numbers, 0 of none; NaN when one is. */
export function largestMagnitude(a: usize, n: usize): f32 {
  // Magnitudes are ordered like their bits, and those of NaN are above infinity's.
  const magnitude = i32x4.splat(0x7fffffff);
  let lanes = i32x4.splat(0);
  const whole = a + ((n & ~3) << 2);
  const end = a + (n << 2);
  for (; a < whole; a += 16) lanes = i32x4.max_s(lanes, v128.and(v128.load(a), magnitude));
  let largest = max<i32>(
    max<i32>(i32x4.extract_lane(lanes, 0), i32x4.extract_lane(lanes, 1)),
    max<i32>(i32x4.extract_lane(lanes, 2), i32x4.extract_lane(lanes, 3)),
  );
  for (; a < end; a += 4) largest = max<i32>(largest, load<i32>(a) & 0x7fffffff);
  return reinterpret<f32>(largest);
}

/** Bytes of -1 where the weight is nonzero in ternary, else 0; `limit` has the largest that is not. */
function nonzeros(a: v128, b: v128, c: v128, d: v128, limit: v128): v128 {
  const magnitude = i32x4.splat(0x7fffffff);
  return i8x16.narrow_i16x8_s(
    i16x8.narrow_i32x4_s(
      i32x4.gt_s(v128.and(a, magnitude), limit),
      i32x4.gt_s(v128.and(b, magnitude), limit),
    ),
    i16x8.narrow_i32x4_s(
      i32x4.gt_s(v128.and(c, magnitude), limit),
      i32x4.gt_s(v128.and(d, magnitude), limit),
    ),
  );
}

/** Bytes of -1 where the sign bit is set, else 0: narrowing saturates, so it keeps signs. */
function negatives(a: v128, b: v128, c: v128, d: v128): v128 {
  const narrow = i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d));
  return i8x16.lt_s(narrow, i8x16.splat(0));
}

/** 0, 1 and -1 as 0, 1 and 3, of 16 weights */
function codes(p: usize, limit: v128): v128 {
  const a = v128.load(p);
  const b = v128.load(p, 16);
  const c = v128.load(p, 32);
  const d = v128.load(p, 48);
  const sign = v128.and(negatives(a, b, c, d), i8x16.splat(2));
  return v128.and(nonzeros(a, b, c, d, limit), v128.or(sign, i8x16.splat(1)));
}

/** 0, 1 and -1 as 0, 1 and 2, of 16 weights */
function digits(p: usize, limit: v128): v128 {
  const a = v128.load(p);
  const b = v128.load(p, 16);
  const c = v128.load(p, 32);
  const d = v128.load(p, 48);
  const digit = i8x16.sub(i8x16.splat(1), negatives(a, b, c, d));
  return v128.and(nonzeros(a, b, c, d, limit), digit);
}

function nonzero(word: i32, largestZero: i32): i32 {
  return i32((word & 0x7fffffff) > largestZero);
}

function code(p: usize, largestZero: i32): i32 {
  const word = load<i32>(p);
  return nonzero(word, largestZero) * (1 | ((word >>> 30) & 2));
}

function digit(p: usize, largestZero: i32): i32 {
  const word = load<i32>(p);
  return nonzero(word, largestZero) << (word >>> 31);
}

/**
 * Ternarise and pack rows of weights.
 * @param a groups of 4 rows of `columns` binary32 numbers
 * @param largestZero bits of the largest positive number that becomes 0
 * @param out takes a row of `columns` bytes, one every `stride` bytes, for each group
 */
export function pack4(
  a: usize,
  groups: usize,
  columns: usize,
  largestZero: i32,
  out: usize,
  stride: usize,
): void {
  const limit = i32x4.splat(largestZero);
  const row = columns << 2;
  for (; groups > 0; groups--, a += row << 2, out += stride) {
    let k: usize = 0;
    for (; k + 16 <= columns; k += 16) {
      const p = a + (k << 2);
      const low = v128.or(codes(p, limit), i16x8.shl(codes(p + row, limit), 2));
      const high = v128.or(codes(p + 2 * row, limit), i16x8.shl(codes(p + 3 * row, limit), 2));
      v128.store(out + k, v128.or(low, i16x8.shl(high, 4)));
    }
    for (; k < columns; k++) {
      const p = a + (k << 2);
      const low = code(p, largestZero) | (code(p + row, largestZero) << 2);
      const high = code(p + 2 * row, largestZero) | (code(p + 3 * row, largestZero) << 2);
      store<u8>(out + k, low | (high << 4));
    }
  }
}

/** The same of groups of 5 rows, whose trits are digits to base 3. */
export function pack5(
  a: usize,
  groups: usize,
  columns: usize,
  largestZero: i32,
  out: usize,
  stride: usize,
): void {
  const limit = i32x4.splat(largestZero);
  const row = columns << 2;
  for (; groups > 0; groups--, a += 5 * row, out += stride) {
    let k: usize = 0;
    for (; k + 16 <= columns; k += 16) {
      const p = a + (k << 2);
      let sum = digits(p + 4 * row, limit);
      sum = i8x16.add(tripled(sum), digits(p + 3 * row, limit));
      sum = i8x16.add(tripled(sum), digits(p + 2 * row, limit));
      sum = i8x16.add(tripled(sum), digits(p + row, limit));
      sum = i8x16.add(tripled(sum), digits(p, limit));
      v128.store(out + k, sum);
    }
    for (; k < columns; k++) {
      const p = a + (k << 2);
      let sum = digit(p + 4 * row, largestZero);
      sum = 3 * sum + digit(p + 3 * row, largestZero);
      sum = 3 * sum + digit(p + 2 * row, largestZero);
      sum = 3 * sum + digit(p + row, largestZero);
      store<u8>(out + k, 3 * sum + digit(p, largestZero));
    }
  }
}

function tripled(x: v128): v128 {
  return i8x16.add(i8x16.add(x, x), x);
}

/**
 * Elements of n binary32 numbers times a factor: sat32(floor(x * factor * 2^FRACTION_BITS + 1/2)).
 * @param out may be `a`
 * @returns whether one reached a limit
 */
export function toElements(a: usize, n: usize, factor: f64, out: usize): i32 {
  const factors = f64x2.splat(factor);
  const one = f64x2.splat(<f64>(1 << FRACTION_BITS));
  const half = f64x2.splat(0.5);
  const largest = i32x4.splat(i32.MAX_VALUE);
  let limited = i32x4.splat(0);
  let i: usize = 0;
  for (; i + 4 <= n; i += 4) {
    const x = v128.load(a + (i << 2));
    const low = f64x2.mul(f64x2.mul(f64x2.promote_low_f32x4(x), factors), one);
    const upper = f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 1));
    const high = f64x2.mul(f64x2.mul(upper, factors), one);
    const elements = v128.shuffle<i64>(
      i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(f64x2.add(low, half))),
      i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(f64x2.add(high, half))),
      0,
      2,
    );
    limited = v128.or(limited, i32x4.ge_u(i32x4.abs(elements), largest));
    v128.store(out + (i << 2), elements);
  }
  let any = <i32>v128.any_true(limited);
  for (; i < n; i++) {
    const value = <f64>load<f32>(a + (i << 2)) * factor * <f64>(1 << FRACTION_BITS);
    const rounded = floor<f64>(value + 0.5);
    const bounded = min<f64>(max<f64>(rounded, i32.MIN_VALUE), i32.MAX_VALUE);
    const element = <i32>bounded;
    any |= i32(abs<f64>(bounded) >= <f64>i32.MAX_VALUE);
    store<i32>(out + (i << 2), element);
  }
  return any;
}

/**
 * n bfloat16 numbers to binary32. They may lie at the end of what `out` takes: each is read before it
 * is written over.
 */
export function widenBfloat16(a: usize, n: usize, out: usize): void {
  let i: usize = 0;
  for (; i + 8 <= n; i += 8) {
    const x = v128.load(a + (i << 1));
    v128.store(out + (i << 2), i32x4.shl(i32x4.extend_low_i16x8_u(x), 16));
    v128.store(out + (i << 2), i32x4.shl(i32x4.extend_high_i16x8_u(x), 16), 16);
  }
  for (; i < n; i++) store<u32>(out + (i << 2), (<u32>load<u16>(a + (i << 1))) << 16);
}

/** The same of binary16 numbers. */
export function widenBinary16(a: usize, n: usize, out: usize): void {
  let i: usize = 0;
  for (; i + 8 <= n; i += 8) {
    const x = v128.load(a + (i << 1));
    v128.store(out + (i << 2), binary32(i32x4.extend_low_i16x8_u(x)));
    v128.store(out + (i << 2), binary32(i32x4.extend_high_i16x8_u(x)), 16);
  }
  for (; i < n; i++) {
    const wide = binary32(i32x4.splat(<i32>load<u16>(a + (i << 1))));
    store<u32>(out + (i << 2), i32x4.extract_lane(wide, 0));
  }
}

/** Binary16 numbers in 32-bit lanes to binary32; every NaN becomes the one of JavaScript. */
function binary32(bits: v128): v128 {
  const magnitude = v128.and(bits, i32x4.splat(0x7fff));
  // The fields moved to their places are the number times 2^-112, also where it is subnormal.
  const finite = f32x4.mul(i32x4.shl(magnitude, 13), i32x4.splat(0x77800000));
  const infinite = i32x4.gt_s(magnitude, i32x4.splat(0x7bff));
  const unsigned = v128.bitselect(i32x4.splat(0x7f800000), finite, infinite);
  const sign = i32x4.shl(v128.and(bits, i32x4.splat(0x8000)), 16);
  const nan = i32x4.gt_s(magnitude, i32x4.splat(0x7c00));
  return v128.bitselect(i32x4.splat(0x7fc00000), v128.or(unsigned, sign), nan);
}
