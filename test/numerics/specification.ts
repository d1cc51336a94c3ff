/**
 * The semantics of isa/instructions.yaml and the functions of isa/machine.yaml, transcribed line by
 * line in unbounded integers and exact fractions. Slow on purpose: nothing here is clever, so that
 * src/numerics can be.
 */
import { FRACTION_BITS } from "../../src/numerics/fixed.js";
import { EXP2, LOG2E, SIG } from "../../src/numerics/generated.js";

const F = BigInt(FRACTION_BITS);

/** numerator / denominator, exact; the denominator is not zero. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export function fraction(numerator: bigint, denominator = 1n): Fraction {
  return denominator < 0n
    ? { numerator: -numerator, denominator: -denominator }
    : { numerator, denominator };
}

/** value * 2^exponent */
export function scaled(value: bigint, exponent: bigint): Fraction {
  return exponent >= 0n ? fraction(value << exponent) : fraction(value, 1n << -exponent);
}

export function floor({ numerator, denominator }: Fraction): bigint {
  const quotient = numerator / denominator;
  return numerator % denominator < 0n ? quotient - 1n : quotient;
}

/** floor(a + 1/2) */
export function round({ numerator, denominator }: Fraction): bigint {
  return floor(fraction(2n * numerator + denominator, 2n * denominator));
}

function least(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

function greatest(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}

function limit(a: bigint, lowest: bigint, highest: bigint): bigint {
  return greatest(lowest, least(a, highest));
}

export function sat32(a: bigint): bigint {
  return limit(a, -(2n ** 31n), 2n ** 31n - 1n);
}

function mod(a: bigint, b: bigint): bigint {
  return ((a % b) + b) % b;
}

const absolute = (a: bigint) => (a < 0n ? -a : a);
const entry = (table: Uint32Array, j: bigint) => BigInt(table[Number(j)]!);

export function mul(a: bigint, b: bigint): bigint {
  return sat32(round(scaled(a * b, -F)));
}

export function div(a: bigint, b: bigint): bigint {
  if (b !== 0n) return sat32(round(fraction(a << F, b)));
  if (a > 0n) return 2n ** 31n - 1n;
  if (a < 0n) return -(2n ** 31n);
  return 0n;
}

export function exp(a: bigint): bigint {
  const p = a * BigInt(LOG2E);
  const k = floor(scaled(p, -(F + 30n)));
  const f = floor(scaled(mod(p, 1n << (F + 30n)), -(F + 4n)));
  const j = f >> 16n;
  const r = f & 0xffffn;
  const rise = (entry(EXP2, j + 1n) - entry(EXP2, j)) * r + 2n ** 15n;
  const m = entry(EXP2, j) + floor(scaled(rise, -16n));
  return sat32(round(scaled(m, k + F - 30n)));
}

export function sigmoid30(a: bigint): bigint {
  const n = least(absolute(a), 2n ** 31n - 1n);
  let s: bigint;
  if (n >= 16n << F) s = 2n ** 30n;
  else {
    const j = floor(scaled(n, -(F - 7n)));
    const r = mod(n, 1n << (F - 7n));
    const rise = (entry(SIG, j + 1n) - entry(SIG, j)) * r + (1n << (F - 8n));
    s = entry(SIG, j) + floor(scaled(rise, -(F - 7n)));
  }
  return a < 0n ? 2n ** 30n - s : s;
}

export function sig(a: bigint): bigint {
  return round(scaled(sigmoid30(a), F - 30n));
}

export function silu(a: bigint): bigint {
  return sat32(round(scaled(a * sigmoid30(a), -30n)));
}

/** floor(sqrt(n)), by bisection. */
function squareRoot(n: bigint): bigint {
  let low = 0n;
  let high = n + 1n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle * middle <= n) low = middle;
    else high = middle;
  }
  return low;
}

export function norm(x: readonly bigint[], eps: bigint): bigint[] {
  const vl = BigInt(x.length);
  const S = vl * eps + x.reduce((sum, a) => sum + a * a, 0n);
  if (S === 0n) return x.map(() => 0n);
  const ratio = (j: bigint) => floor(fraction(scaled(vl, 2n * j).numerator, S));
  let j = 0n;
  while (ratio(j) < 2n ** 62n) j++;
  const R = squareRoot(ratio(j));
  return x.map((a) => sat32(round(scaled(a * R, F - j))));
}

export function quant(x: readonly bigint[]): { absmax: bigint; values: bigint[] } {
  const absmax = least(x.map(absolute).reduce(greatest, 10n), 2n ** 31n - 1n);
  const values = x.map((a) => limit(round(fraction(127n * a, absmax)), -127n, 127n));
  return { absmax, values };
}

/** @param w the 32 bits of a binary32 number */
export function rescale(acc: bigint, absmax: bigint, w: bigint): bigint {
  const e = (w >> 23n) & 0xffn;
  if (e === 0n) return 0n;
  const P = absmax * (2n ** 23n + (w & 0x7fffffn));
  const at = (t: bigint) => {
    const { numerator, denominator } = scaled(P, t);
    return floor(fraction(numerator, denominator * 127n));
  };
  let t = -64n;
  while (at(t) < 2n ** 31n) t++;
  const m = at(t);
  if (m >= 2n ** 32n) throw new RangeError("no such t");
  const signed = w >> 31n === 1n ? -acc : acc;
  return sat32(round(scaled(signed * m, e - 150n - t)));
}
