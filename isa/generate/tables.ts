/**
 * The contents of the machine's function tables, computed with integers only, so that they are the
 * same on every machine that runs the generator.
 */

const BITS = 128n;
const ONE = 1n << BITS;

/** e^x of a 128-bit fixed-point x in [0, 32), truncated. */
function exp(x: bigint): bigint {
  // e^x = (e^(x / 64))^64: the series converges fast and the squarings keep 100 bits.
  const reduced = x >> 6n;
  let term = ONE;
  let sum = ONE;
  for (let n = 1n; term > 0n; n++) {
    term = (term * reduced) / (ONE * n);
    sum += term;
  }
  for (let n = 0; n < 6; n++) sum = (sum * sum) >> BITS;
  return sum;
}

/** ln 2 with 128 fractional bits: 2 atanh(1/3). */
function ln2(): bigint {
  let sum = 0n;
  let power = ONE / 3n;
  for (let n = 1n; power > 0n; n += 2n) {
    sum += power / n;
    power /= 9n;
  }
  return 2n * sum;
}

function round(value: bigint, bits: bigint): number {
  return Number((value + (1n << (BITS - bits - 1n))) >> (BITS - bits));
}

/** round(log2(e) * 2^bits). */
export function log2e(bits: number): number {
  return round((ONE * ONE) / ln2(), BigInt(bits));
}

/** round(2^(j / 2^indexBits) * 2^bits) for j = 0 .. 2^indexBits. */
export function exp2Table(indexBits: number, bits: number): number[] {
  const count = 1 << indexBits;
  const step = ln2();
  return Array.from({ length: count + 1 }, (_, j) =>
    j === count ? 2 ** (bits + 1) : round(exp((step * BigInt(j)) / BigInt(count)), BigInt(bits)),
  );
}

/** round(sigmoid(j / 2^stepBits) * 2^bits) for j = 0 .. limit * 2^stepBits. */
export function sigmoidTable(limit: number, stepBits: number, bits: number): number[] {
  return Array.from({ length: (limit << stepBits) + 1 }, (_, j) => {
    const power = exp((ONE * BigInt(j)) >> BigInt(stepBits));
    return round((power * ONE) / (power + ONE), BigInt(bits));
  });
}

/** Every function table of the machine, from the `numerics` of machine.yaml. */
export function functionTables(numerics: Readonly<Record<string, number>>) {
  const { table_fraction_bits, exp_index_bits, sig_limit, sig_step_bits } = numerics;
  const bits = table_fraction_bits!;
  return {
    log2e: log2e(bits),
    exp2: exp2Table(exp_index_bits!, bits),
    sig: sigmoidTable(sig_limit!, sig_step_bits!, bits),
  };
}
