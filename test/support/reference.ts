/**
 * The model in double precision, written from the formulas in docs/checkpoints.md and from nothing
 * else: what compiled programs and the compiler's intermediate representation are held against.
 */
import type { ModelConfig } from "../../src/checkpoint/index.js";
import type { Tensor } from "../../src/tensors/index.js";

const BITLINEAR_EPS = 1e-6;

interface Ternary {
  readonly rows: number;
  readonly columns: number;
  readonly trits: Int8Array;
  readonly s: number;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const silu = (x: number) => x * sigmoid(x);

function rms(x: Float64Array, weight: ArrayLike<number>, eps: number): Float64Array {
  const meanSquare = x.reduce((sum, value) => sum + value * value, 0) / x.length;
  return x.map((value, i) => (value / Math.sqrt(meanSquare + eps)) * weight[i]!);
}

function roundHalfEven(x: number): number {
  const down = Math.floor(x);
  if (x - down !== 0.5) return Math.round(x);
  return down % 2 === 0 ? down : down + 1;
}

/** Ternarises as the published code: in binary32. */
function ternary({ shape, data }: Tensor): Ternary {
  const weights = data as Float32Array;
  let sum = 0;
  for (const w of weights) sum += Math.abs(w);
  const mean = Math.max(Math.fround(sum / weights.length), Math.fround(1e-5));
  const s = Math.fround(1 / mean);
  const trits = Int8Array.from(weights, (w) =>
    Math.max(-1, Math.min(1, roundHalfEven(Math.fround(w * s)))),
  );
  return { rows: shape[0]!, columns: shape[1]!, trits, s };
}

/** One sequence through a model. */
export class ReferenceModel {
  readonly state: Float64Array[];
  readonly #ternary = new Map<string, Ternary>();
  readonly #bounds: Float64Array[] | undefined;

  constructor(
    private readonly config: ModelConfig,
    private readonly tensors: ReadonlyMap<string, Tensor>,
  ) {
    this.state = Array.from({ length: config.layers }, () => new Float64Array(config.inputSize));
    if (config.useLowerBound) this.#bounds = this.#lowerBounds();
  }

  /** Takes a token in; returns the logits after it. */
  step(token: number): Float64Array {
    const { hiddenSize, rmsNormEps, layers } = this.config;
    const table = this.#values("model.embeddings.weight");
    let x: Float64Array = Float64Array.from(
      table.subarray(token * hiddenSize, (token + 1) * hiddenSize),
    );
    for (let layer = 0; layer < layers; layer++) x = this.#layer(layer, x);
    const features = rms(x, this.#values("model.norm.weight"), rmsNormEps);
    return this.#bitlinear("lm_head", features);
  }

  #layer(layer: number, x0: Float64Array): Float64Array {
    const { rmsNormEps, intermediateSize } = this.config;
    const name = (suffix: string) => `model.layers.${layer}.${suffix}`;
    const u = rms(x0, this.#values(name("attn_norm.weight")), rmsNormEps);
    const candidate = this.#bitlinear(name("attn.i_proj"), u);
    const forget = this.#bitlinear(name("attn.f_proj"), u);
    const gate = this.#bitlinear(name("attn.g_proj"), u);
    const h = this.state[layer]!;
    for (let k = 0; k < h.length; k++) {
      let f = sigmoid(forget[k]!);
      const bound = layer > 0 ? this.#bounds?.[layer]?.[k] : undefined;
      if (bound !== undefined) f = bound + (1 - bound) * f;
      h[k] = f * h[k]! + silu(candidate[k]!) * (1 - f);
    }
    const normedGate = rms(gate, this.#values(name("attn.g_norm.weight")), rmsNormEps);
    const o = this.#bitlinear(
      name("attn.o_proj"),
      normedGate.map((value, k) => value * silu(h[k]!)),
    );
    const x = x0.map((value, k) => value + o[k]!);
    const v = rms(x, this.#values(name("mlp_norm.weight")), rmsNormEps);
    const ab = this.#bitlinear(name("mlp.gate_proj"), v);
    const gated = ab
      .subarray(0, intermediateSize)
      .map((a, k) => silu(a) * ab[intermediateSize + k]!);
    const down = this.#bitlinear(name("mlp.down_proj"), gated);
    return x.map((value, k) => value + down[k]!);
  }

  #bitlinear(name: string, x: Float64Array): Float64Array {
    const y = rms(x, this.#values(`${name}.norm.weight`), BITLINEAR_EPS);
    const a = y.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-5);
    const q = y.map((value) => Math.round((value * 127) / a));
    const { rows, columns, trits, s } = this.#matrix(`${name}.weight`);
    return Float64Array.from({ length: rows }, (_, row) => {
      let sum = 0;
      for (let k = 0; k < columns; k++) sum += trits[row * columns + k]! * q[k]!;
      return (sum * a) / 127 / s;
    });
  }

  #matrix(name: string): Ternary {
    let matrix = this.#ternary.get(name);
    matrix ??= ternary(this.#tensor(name));
    this.#ternary.set(name, matrix);
    return matrix;
  }

  #tensor(name: string): Tensor {
    const tied = name === "lm_head.weight" && !this.tensors.has(name);
    const tensor = this.tensors.get(tied ? "model.embeddings.weight" : name);
    if (!tensor) throw new Error(`no tensor ${name}`);
    return tensor;
  }

  #values(name: string): Float32Array {
    return this.#tensor(name).data as Float32Array;
  }

  #lowerBounds(): Float64Array[] {
    const { layers, hiddenSize } = this.config;
    const raw = this.#values("model.lower_bounds");
    const bounds = Array.from({ length: layers }, () => new Float64Array(hiddenSize));
    for (let k = 0; k < hiddenSize; k++) {
      const powers = bounds.map((_, n) => Math.exp(raw[n * hiddenSize + k]!));
      const total = powers.reduce((sum, power) => sum + power, 0);
      let cumulative = 0;
      for (let n = 0; n < layers; n++) {
        cumulative += powers[n]! / total;
        bounds[n]![k] = cumulative - powers[0]! / total;
      }
    }
    return bounds;
  }
}
