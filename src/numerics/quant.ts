import { NUMERICS } from "../isa/generated.js";
import { ELEMENT_MAX, ELEMENT_MIN, mulShift } from "./fixed.js";

/**
 * `quant`: int8 values by absmax.
 * @param out n int8 values
 * @returns the absmax, in [10, 2^31 - 1], in units of an element
 */
export function quant(out: Int8Array, x: Int32Array, n: number): number {
  let absmax: number = NUMERICS.absmax_floor;
  for (let i = 0; i < n; i++) absmax = Math.max(absmax, Math.abs(x[i]!));
  absmax = Math.min(absmax, ELEMENT_MAX);
  const limit = NUMERICS.activation_max;
  for (let i = 0; i < n; i++) {
    // Quotients are at most 128 and their denominators below 2^32: floor is exact.
    const value = Math.floor((2 * limit * x[i]! + absmax) / (2 * absmax));
    out[i] = Math.max(-limit, Math.min(value, limit));
  }
  return absmax;
}

/** absmax / 127 * scale as multiplier * 2^-shift: the way back from an exact sum to an element. */
export interface Rescale {
  /** 0, or in [2^31, 2^32) */
  readonly multiplier: number;
  /** -122 to 161 */
  readonly shift: number;
  readonly negative: boolean;
}

/**
 * The factor of a product's sums.
 * @param absmax of the activation register
 * @param scale the 32 bits of the matrix's scale, a binary32 number
 */
export function rescaleFactor(absmax: number, scale: number): Rescale {
  const exponent = (scale >>> 23) & 0xff;
  if (exponent === 0) return { multiplier: 0, shift: 1, negative: false };
  const product = BigInt(absmax) * BigInt(2 ** 23 + (scale & 0x7fffff));
  // floor(product * 2^t / 127) has exactly 32 bits for one t; guess from the bit length.
  let t = 38 - product.toString(2).length;
  const at = (t: number) =>
    t >= 0 ? (product << BigInt(t)) / 127n : product / (127n << BigInt(-t));
  while (at(t) < 1n << 31n) t++;
  while (at(t) >= 1n << 32n) t--;
  return {
    multiplier: Number(at(t)),
    shift: 150 + t - exponent,
    negative: scale < 0 || scale > ELEMENT_MAX,
  };
}

/** The element of an exact sum: sat32(round(sum * factor)). */
export function rescale(sum: number, { multiplier, shift, negative }: Rescale): number {
  const signed = negative ? -sum : sum;
  if (shift > 63) return 0;
  if (shift >= 1) return mulShift(signed, multiplier, shift);
  // Any sum but zero is at least 2^31 in magnitude before the shift to the left.
  return signed === 0 || multiplier === 0 ? 0 : signed > 0 ? ELEMENT_MAX : ELEMENT_MIN;
}
