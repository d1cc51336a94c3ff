import type { Storage } from "../../src/compiler/ir/types.js";
import { fromReal, mul, ONE, sat32, sig, silu } from "../../src/numerics/fixed.js";
import { norm } from "../../src/numerics/norm.js";
import { quant, rescale, rescaleFactor } from "../../src/numerics/quant.js";

export interface Quantised {
  readonly q: ArrayLike<number>;
  readonly absmax: number;
}

/** How the operations of the intermediate representation compute. */
export interface Arithmetic {
  /** A vector of real numbers as it is after it was stored and loaded. */
  constant(values: ArrayLike<number>, storage: Storage): Float64Array;
  readonly unary: Readonly<Record<"sig" | "silu" | "negate" | "complement", (x: number) => number>>;
  readonly binary: Readonly<Record<"add" | "sub" | "mul", (a: number, b: number) => number>>;
  norm(x: Float64Array, eps: number): Float64Array;
  quant(x: Float64Array): Quantised;
  /** An exact sum times absmax / 127 times a scale. */
  rescale(sum: number, absmax: number, scale: number): number;
}

/** Double precision: what a program means. */
export const REAL: Arithmetic = {
  constant: (values) => Float64Array.from(values),
  unary: {
    sig: (x) => 1 / (1 + Math.exp(-x)),
    silu: (x) => x / (1 + Math.exp(-x)),
    negate: (x) => -x,
    complement: (x) => 1 - x,
  },
  binary: { add: (a, b) => a + b, sub: (a, b) => a - b, mul: (a, b) => a * b },
  norm(x, eps) {
    let sum = 0;
    for (const value of x) sum += value * value;
    const root = Math.sqrt(sum / x.length + eps);
    return x.map((value) => value / root);
  },
  quant(x) {
    let absmax = 1e-5;
    for (const value of x) absmax = Math.max(absmax, Math.abs(value));
    return { q: Float64Array.from(x, (value) => Math.round((value * 127) / absmax)), absmax };
  },
  rescale: (sum, absmax, scale) => (sum * absmax * scale) / 127,
};

const bits = new DataView(new ArrayBuffer(4));

/** The machine's arithmetic: elements as integers. What a compiled program must compute exactly. */
export const FIXED: Arithmetic = {
  constant: (values, storage) =>
    Float64Array.from(values, (value) => {
      const unit = 2 ** storage.shift;
      return Math.round(fromReal(value) / unit) * unit;
    }),
  unary: {
    sig,
    silu,
    negate: (x) => sat32(-x),
    complement: (x) => sat32(ONE - x),
  },
  binary: { add: (a, b) => sat32(a + b), sub: (a, b) => sat32(a - b), mul },
  norm(x, eps) {
    const out = new Int32Array(x.length);
    norm(out, Int32Array.from(x), x.length, Math.round(eps * ONE * ONE));
    return Float64Array.from(out);
  },
  quant(x) {
    const q = new Int8Array(x.length);
    const absmax = quant(q, Int32Array.from(x), x.length);
    return { q, absmax };
  },
  rescale(sum, absmax, scale) {
    bits.setFloat32(0, scale);
    return rescale(sum, rescaleFactor(absmax, bits.getUint32(0)));
  },
};
