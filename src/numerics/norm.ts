import { FRACTION_BITS, mulShift } from "./fixed.js";

/** floor(sqrt(n)) of a non-negative integer below 2^64. */
export function isqrt(n: bigint): bigint {
  let root = BigInt(Math.floor(Math.sqrt(Number(n))));
  while (root * root > n) root--;
  while ((root + 1n) * (root + 1n) <= n) root++;
  return root;
}

/** The sum of the squares of the first `n` elements, exact (below 2^76). */
export function sumOfSquares(x: Int32Array, n: number): bigint {
  // |x| = a * 2^16 + b with a <= 2^15 and b < 2^16: the three sums stay below 2^47 for n <= 2^14.
  let aa = 0;
  let ab = 0;
  let bb = 0;
  for (let i = 0; i < n; i++) {
    const magnitude = Math.abs(x[i]!);
    const a = Math.floor(magnitude / 65536);
    const b = magnitude & 0xffff;
    aa += a * a;
    ab += a * b;
    bb += b * b;
  }
  return (BigInt(aa) << 32n) + (BigInt(ab) << 17n) + BigInt(bb);
}

/** 1 / sqrt(sum / n) as factor * 2^-shift: what `norm` multiplies its elements with. */
export interface NormFactor {
  /** 0, or in [2^31, 2^32) */
  readonly factor: number;
  /** 4 to 49: an element is round(x * factor / 2^shift) */
  readonly shift: number;
}

/**
 * The factor of `norm`.
 * @param sum the sum of squares plus n * eps, in units of 2^-2F
 * @param n the vector length
 */
export function normFactor(sum: bigint, n: number): NormFactor {
  if (sum === 0n) return { factor: 0, shift: FRACTION_BITS };
  const length = BigInt(n);
  const enough = 1n << 62n;
  // A first guess from the bit lengths that is never too large, then the least j that is enough.
  let j = BigInt(Math.max(0, (62 + sum.toString(2).length - length.toString(2).length - 2) >> 1));
  while ((length << (2n * j)) / sum < enough) j++;
  return {
    factor: Number(isqrt((length << (2n * j)) / sum)),
    shift: Number(j) - FRACTION_BITS,
  };
}

/** `norm`: the first n elements of x divided by their root mean square, into `out`. */
export function norm(out: Int32Array, x: Int32Array, n: number, eps: number): void {
  const sum = sumOfSquares(x, n) + BigInt(n) * BigInt(eps);
  const { factor, shift } = normFactor(sum, n);
  for (let i = 0; i < n; i++) out[i] = mulShift(x[i]!, factor, shift);
}
