/** An exact fraction in lowest terms; the denominator is positive. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** @param denominator not 0 */
export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 1n) return { numerator, denominator };
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = sign * gcd(numerator, sign * denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

export function fromDecimal(digits: bigint, exponent: number): Rational {
  const power = 10n ** BigInt(Math.abs(exponent));
  return exponent < 0 ? rational(digits, power) : rational(digits * power);
}

export function add(a: Rational, b: Rational): Rational {
  return rational(
    a.numerator * b.denominator + b.numerator * a.denominator,
    a.denominator * b.denominator,
  );
}

export function negate({ numerator, denominator }: Rational): Rational {
  return { numerator: -numerator, denominator };
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** @param b not 0 */
export function divide(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** Negative, 0 or positive as a is below, equal to or above b. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** floor(a * 2^bits + 1/2): how the machine rounds. */
export function roundScaled({ numerator, denominator }: Rational, bits: number): bigint {
  const doubled = 2n * denominator;
  const dividend = (numerator << BigInt(bits + 1)) + denominator;
  const quotient = dividend / doubled;
  return dividend < 0n && quotient * doubled !== dividend ? quotient - 1n : quotient;
}

/**
 * The bits of the binary32 number nearest to a fraction, ties to even; undefined when it is beyond
 * the largest one.
 */
export function toBinary32({ numerator, denominator }: Rational): bigint | undefined {
  const sign = numerator < 0n ? 1n << 31n : 0n;
  const magnitude = numerator < 0n ? -numerator : numerator;
  if (magnitude === 0n) return 0n;
  // The exponent e with 2^e <= magnitude / denominator < 2^(e + 1), at least that of subnormals.
  let exponent = bitLength(magnitude) - bitLength(denominator);
  const reaches = (e: number) =>
    e >= 0 ? magnitude >= denominator << BigInt(e) : magnitude << BigInt(-e) >= denominator;
  if (!reaches(exponent)) exponent--;
  exponent = Math.max(exponent, -126);
  const shift = 23 - exponent;
  const dividend = shift >= 0 ? magnitude << BigInt(shift) : magnitude;
  const divisor = shift >= 0 ? denominator : denominator << BigInt(-shift);
  let significand = dividend / divisor;
  const remainder = 2n * (dividend % divisor);
  if (remainder > divisor || (remainder === divisor && significand % 2n === 1n)) significand++;
  // A significand of 2^24 carries into the exponent, one below 2^23 is subnormal: adding does both.
  const bits = (BigInt(exponent + 126) << 23n) + significand;
  return bits >= 0x7f800000n ? undefined : sign | bits;
}

/** Bits of the magnitude of an integer. */
export function bitLength(n: bigint): number {
  return n === 0n ? 0 : (n < 0n ? -n : n).toString(2).length;
}
