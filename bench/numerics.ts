/**
 * How far the machine's functions are from the real ones: npx tsx bench/numerics.ts
 * Errors are in units of the last bit of an element, 2^-20; relative ones where results are large.
 */
import {
  div,
  ELEMENT_MAX,
  exp,
  fromReal,
  mul,
  ONE,
  sig,
  silu,
  toReal,
} from "../src/numerics/fixed.js";
import { norm } from "../src/numerics/norm.js";
import { quant, rescale, rescaleFactor } from "../src/numerics/quant.js";
import { randomNumbers } from "../src/session/random.js";

const SAMPLES = 2_000_000;
const random = randomNumbers(1n);

interface Worst {
  /** In units of the last bit. */
  readonly error: number;
  readonly at: number;
}

/** Largest |computed - exact| / unit(exact) over even steps and the ends of [from, to]. */
function worst(
  from: number,
  to: number,
  computed: (a: number) => number,
  exact: (x: number) => number,
  unit: (y: number) => number = () => 1 / ONE,
): Worst {
  let result: Worst = { error: 0, at: 0 };
  const first = fromReal(from);
  const step = Math.max(1, Math.floor((fromReal(to) - first) / SAMPLES));
  for (let a = first; a <= fromReal(to); a += step) {
    const y = exact(toReal(a));
    const error = Math.abs(toReal(computed(a)) - y) / unit(y);
    if (error > result.error) result = { error, at: toReal(a) };
  }
  return result;
}

function show(name: string, range: string, { error, at }: Worst, unit = "LSB"): void {
  console.log(`${name.padEnd(12)} ${range.padEnd(14)} ${error.toPrecision(4)} ${unit} at ${at}`);
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

show("exp", "[-16, 0]", worst(-16, 0, exp, Math.exp));
show(
  "exp",
  "[0, 7.62]",
  worst(0, 7.62, exp, Math.exp, (y) => y * 2 ** -20),
  "2^-20 relative",
);
show("sig", "[-20, 20]", worst(-20, 20, sig, sigmoid));
show(
  "silu",
  "[-20, 20]",
  worst(-20, 20, silu, (x) => x * sigmoid(x)),
);
show(
  "silu",
  "[-2047, 2047]",
  worst(-2047, 2047, silu, (x) => x * sigmoid(x)),
);

/** The worst element of `norm` over random vectors whose root mean square is `scale`. */
function worstNorm(length: number, scale: number): Worst {
  let result: Worst = { error: 0, at: 0 };
  const out = new Int32Array(length);
  const eps = Math.round(1e-6 * ONE * ONE);
  for (let trial = 0; trial < SAMPLES / 10 / length; trial++) {
    const x = Int32Array.from({ length }, () =>
      fromReal(scale * Math.sqrt(3) * (2 * random() - 1)),
    );
    norm(out, x, length, eps);
    const mean = x.reduce((sum, a) => sum + toReal(a) ** 2, 0) / length;
    for (let i = 0; i < length; i++) {
      const exact = toReal(x[i]!) / Math.sqrt(mean + 1e-6);
      const error = Math.abs(toReal(out[i]!) - exact) * ONE;
      if (error > result.error) result = { error, at: exact };
    }
  }
  return result;
}

for (const scale of [0.001, 1, 1000]) show(`norm n=1024`, `rms ${scale}`, worstNorm(1024, scale));

/** Products and quotients are rounded once; a product with a matrix once, after the exact sum. */
function worstPair(name: string, count: number, error: () => Worst): void {
  let result: Worst = { error: 0, at: 0 };
  for (let i = 0; i < count; i++) {
    const found = error();
    if (found.error > result.error) result = found;
  }
  show(name, "random", result);
}

const element = (limit: number) => fromReal(limit * (2 * random() - 1));
worstPair("mul", SAMPLES / 4, () => {
  const [a, b] = [element(40), element(40)];
  return { error: Math.abs(toReal(mul(a, b)) - toReal(a) * toReal(b)) * ONE, at: toReal(a) };
});
worstPair("div", SAMPLES / 4, () => {
  const [a, b] = [element(40), element(40)];
  const exact = toReal(a) / toReal(b);
  if (Math.abs(exact) > toReal(ELEMENT_MAX)) return { error: 0, at: 0 };
  return { error: Math.abs(toReal(div(a, b)) - exact) * ONE, at: toReal(a) };
});
worstPair("tmatmul", SAMPLES / 20, () => {
  const x = Int32Array.from({ length: 4 }, () => element(8));
  const absmax = quant(new Int8Array(4), x, 4);
  const scale = new Float32Array([random() / 16]);
  const sum = Math.floor(random() * 20000) - 10000;
  const factor = rescaleFactor(absmax, new Uint32Array(scale.buffer)[0]!);
  const exact = ((sum * toReal(absmax)) / 127) * scale[0]!;
  return { error: Math.abs(toReal(rescale(sum, factor)) - exact) * ONE, at: exact };
});
