/** How many weights of a matrix became +1, -1 and 0. */
export interface TritCounts {
  readonly plus: number;
  readonly minus: number;
  readonly zero: number;
}

/** Binary32 scales of a ternary matrix. */
export interface TernaryScale {
  /** s = 1 / max(mean |W|, 1e-5): weights are multiplied by it before they are rounded. */
  readonly scale: number;
  /** 1 / s: what a product with the trits is multiplied by. */
  readonly inverseScale: number;
}

const SMALLEST_MEAN = Math.fround(1e-5);

/**
 * The scale of a matrix.
 *
 * The mean is rounded once from a sum in double precision, so it does not depend on the order of
 * the additions. The published implementation sums in binary32 in an order that depends on the
 * processor, so its s may differ in the last two units; no trit of the goldens differs for it.
 * @param sum of |W| over the whole matrix
 */
export function ternaryScale(sum: number, count: number): TernaryScale {
  const mean = Math.max(Math.fround(sum / count), SMALLEST_MEAN);
  const scale = Math.fround(1 / mean);
  return { scale, inverseScale: Math.fround(1 / scale) };
}

/**
 * Sum of |x|; not finite exactly when an element is not.
 *
 * Four sums that do not wait for each other take a third of the time of one.
 */
export function absoluteSum(values: Float32Array, start = 0): number {
  let [a, b, c, d] = [start, 0, 0, 0];
  const whole = values.length - (values.length % 4);
  for (let i = 0; i < whole; i += 4) {
    a += Math.abs(values[i]!);
    b += Math.abs(values[i + 1]!);
    c += Math.abs(values[i + 2]!);
    d += Math.abs(values[i + 3]!);
  }
  for (let i = whole; i < values.length; i++) a += Math.abs(values[i]!);
  return a + b + (c + d);
}

/**
 * clamp(round(w * scale), -1, 1) with ties to even, as the published implementation computes it in
 * binary32: exactly one half rounds to 0.
 * @param weights finite numbers
 * @param scale positive
 * @param out takes `weights.length` trits
 */
export function ternarise(weights: Float32Array, scale: number, out: Int8Array): void {
  const bits = new Int32Array(weights.buffer, weights.byteOffset, weights.length);
  // Integers and no branch: comparing each product with one half took five times as long.
  const largestZero = largestZeroBits(scale);
  for (let i = 0; i < bits.length; i++) {
    const word = bits[i]!;
    const nonzero = (largestZero - (word & 0x7fffffff)) >>> 31;
    const sign = word >> 31;
    out[i] = (nonzero ^ sign) - sign;
  }
}

/** Bits of the largest positive binary32 number whose product with `scale` rounds to 0. */
export function largestZeroBits(scale: number): number {
  const bits = new Int32Array(1);
  const value = new Float32Array(bits.buffer);
  let below = 0;
  let above = 0x7f800000; // infinity
  while (above - below > 1) {
    bits[0] = below + ((above - below) >> 1);
    // The product of two binary32 numbers is exact in double precision.
    if (Math.fround(value[0]! * scale) > 0.5) above = bits[0];
    else below = bits[0];
  }
  return below;
}

export function countTrits(trits: Int8Array): TritCounts {
  let sum = 0;
  let nonzero = 0;
  for (let i = 0; i < trits.length; i++) {
    const trit = trits[i]!;
    sum += trit;
    nonzero += trit & 1; // -1 is odd too
  }
  const plus = (nonzero + sum) / 2;
  return { plus, minus: nonzero - plus, zero: trits.length - nonzero };
}
