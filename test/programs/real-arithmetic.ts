/** The examples' formulas in float64, straight from the model's definition; no fixed point. */

export type Vector = readonly number[];

export const add = (a: Vector, b: Vector): number[] => a.map((x, i) => x + b[i]!);
export const multiply = (a: Vector, b: Vector): number[] => a.map((x, i) => x * b[i]!);
export const sigmoid = (a: Vector): number[] => a.map((x) => 1 / (1 + Math.exp(-x)));
export const silu = (a: Vector): number[] => multiply(a, sigmoid(a));

export function rms(x: Vector, weights: Vector): number[] {
  const mean = x.reduce((sum, a) => sum + a * a, 0) / x.length;
  return x.map((a, i) => (a / Math.sqrt(mean + 1e-6)) * weights[i]!);
}

export function softmax(x: Vector): number[] {
  const powers = x.map((a) => Math.exp(a - Math.max(...x)));
  const sum = powers.reduce((total, a) => total + a, 0);
  return powers.map((a) => a / sum);
}

/** T x * scale, x rounded to int8 by its largest magnitude. @param trits row-major, x.length columns */
export function product(trits: Vector, x: Vector, scale: number): number[] {
  const absmax = Math.max(...x.map(Math.abs));
  const q = x.map((a) => Math.round((a * 127) / absmax));
  return Array.from({ length: trits.length / x.length }, (_, row) => {
    const sum = q.reduce((total, a, k) => total + a * trits[row * x.length + k]!, 0);
    return ((sum * absmax) / 127) * scale;
  });
}

export interface Gates {
  readonly f: Vector;
  readonly c: Vector;
  readonly g: Vector;
}

/** The MLGRU's step in the paper's form. @returns the new state, and g * h */
export function mlgru({ f, c, g }: Gates, h: Vector): { h: number[]; gated: number[] } {
  const forget = sigmoid(f);
  const next = h.map((a, i) => forget[i]! * a + (1 - forget[i]!) * silu(c)[i]!);
  return { h: next, gated: multiply(sigmoid(g), next) };
}
