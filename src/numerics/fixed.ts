/**
 * The arithmetic of vector elements, exactly as isa/*.yaml defines it, for every implementation in
 * TypeScript. Elements are signed 32-bit integers in units of 2^-FRACTION_BITS. Doubles are used as
 * 53-bit integers only; every intermediate is exact, and the comments say why where it is not plain.
 */
import { NUMERICS } from "../isa/generated.js";
import { EXP2, LOG2E, SIG } from "./generated.js";

export const FRACTION_BITS = NUMERICS.fraction_bits;
/** The element that stands for 1. */
export const ONE = 2 ** FRACTION_BITS;
export const ELEMENT_MAX = 0x7fffffff;
export const ELEMENT_MIN = -0x80000000;

const TWO32 = 2 ** 32;
/** 2^0 .. 2^63. V8 computes `2 ** n` as a power of reals: the table makes a product 12 times as fast. */
const POWERS = Float64Array.from({ length: 64 }, (_, n) => 2 ** n);

/** Limit an integer to the range of an element. */
export function sat32(a: number): number {
  return Math.max(ELEMENT_MIN, Math.min(a, ELEMENT_MAX));
}

/**
 * sat32(round(a * b / 2^shift)), round(x) = floor(x + 1/2).
 * @param a int32
 * @param b integer in [-2^31, 2^32)
 * @param shift 1 to 63
 */
export function mulShift(a: number, b: number, shift: number): number {
  const low = Math.imul(a, b) >>> 0;
  // The double product is off by at most 2^10, so (product - low) / 2^32 is within 2^-21 of the
  // integer that it stands for.
  const high = Math.round((a * b - low) / TWO32);
  if (shift > 32) return sat32(Math.floor((high + POWERS[shift - 33]!) / POWERS[shift - 32]!));
  // With a shift below 10 the sum can lose bits, but then |high| is so large that it saturates.
  return sat32(
    high * POWERS[32 - shift]! + Math.floor((low + POWERS[shift - 1]!) / POWERS[shift]!),
  );
}

/** An element from a real number: the nearest, saturating. */
export function fromReal(value: number): number {
  return sat32(Math.floor(value * ONE + 0.5));
}

/** The real number that an element stands for. */
export function toReal(element: number): number {
  return element / ONE;
}

/** `mul`: the product of two elements. */
export function mul(a: number, b: number): number {
  return mulShift(a, b, FRACTION_BITS);
}

/** `div`: the quotient of two elements; division by zero gives the limit of a's sign, or 0. */
export function div(a: number, b: number): number {
  if (b === 0) return a > 0 ? ELEMENT_MAX : a < 0 ? ELEMENT_MIN : 0;
  // The numerator is below 2^53, so a quotient that is no integer is further from the next integer
  // than the division's rounding error: floor is exact.
  return sat32(Math.floor((a * (2 * ONE) + b) / (2 * b)));
}

const EXP_SHIFT = 2 ** NUMERICS.exp_interpolation_bits;
/** Fraction bits of the exponent to base 2 that are kept: the table's index and the interpolation. */
const EXP_FRACTION = 2 ** (NUMERICS.exp_index_bits + NUMERICS.exp_interpolation_bits);
const EXP_DROPPED = 2 ** (FRACTION_BITS + 4 - 16);

/** `exp`: e^a. */
export function exp(a: number): number {
  // p = a * LOG2E has 63 bits; its bits from F + 4 up are what is needed, in two exact halves.
  const high = a >> 16;
  const low = a & 0xffff;
  const scaled = Math.floor((high * LOG2E + Math.floor((low * LOG2E) / 65536)) / EXP_DROPPED);
  const k = Math.floor(scaled / EXP_FRACTION);
  if (k + FRACTION_BITS > 30) return ELEMENT_MAX;
  const f = scaled - k * EXP_FRACTION;
  const j = Math.floor(f / EXP_SHIFT);
  const r = f - j * EXP_SHIFT;
  const base = EXP2[j]!;
  const m = base + Math.floor(((EXP2[j + 1]! - base) * r + EXP_SHIFT / 2) / EXP_SHIFT);
  // m has 31 bits: below 2^-32 it rounds to zero.
  const shift = 30 - FRACTION_BITS - k;
  return shift > 32 ? 0 : sat32(Math.floor(m / POWERS[shift]! + 0.5));
}

const SIG_STEP = 2 ** (FRACTION_BITS - NUMERICS.sig_step_bits);
const SIG_ONE = 2 ** NUMERICS.table_fraction_bits;
const SIG_LIMIT = NUMERICS.sig_limit * ONE;

/** sigmoid(a) in units of 2^-30. */
export function sigmoid30(a: number): number {
  const n = Math.min(Math.abs(a), ELEMENT_MAX);
  let s = SIG_ONE;
  if (n < SIG_LIMIT) {
    const j = Math.floor(n / SIG_STEP);
    const r = n - j * SIG_STEP;
    const base = SIG[j]!;
    s = base + Math.floor(((SIG[j + 1]! - base) * r + SIG_STEP / 2) / SIG_STEP);
  }
  return a < 0 ? SIG_ONE - s : s;
}

/** `sig`: the sigmoid. */
export function sig(a: number): number {
  return Math.floor(sigmoid30(a) / (SIG_ONE / ONE) + 0.5);
}

/** `silu`: a * sigmoid(a). */
export function silu(a: number): number {
  return mulShift(a, sigmoid30(a), NUMERICS.table_fraction_bits);
}
