import { expect, test } from "vitest";
import { type Checkpoint, syntheticCheckpoint } from "../../src/checkpoint/index.js";
import { readSafetensors } from "../../src/tensors/index.js";

/** rms(x) * weights. */
function normalised(x: Float64Array, weights: Float32Array, eps: number): Float64Array {
  const mean = x.reduce((sum, value) => sum + value * value, 0) / x.length;
  return x.map((value, i) => (value / Math.sqrt(mean + eps)) * weights[i]!);
}

const silu = (x: number) => x / (1 + Math.exp(-x));

/** A linear layer of the model for some vectors, in double precision. */
async function linear(checkpoint: Checkpoint, name: string, inputs: Float64Array[]) {
  const { rows, columns, trits, inverseScale } = await checkpoint.ternaryMatrix(`${name}.weight`);
  const weights = await checkpoint.readTensor(`${name}.norm.weight`);
  return inputs.map((x) => {
    const y = normalised(x, weights, 1e-6);
    const absmax = Math.max(1e-5, ...y.map(Math.abs));
    const q = Int32Array.from(y, (value) => Math.round((value * 127) / absmax));
    const out = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let k = 0; k < columns; k++) sum += trits[row * columns + k]! * q[k]!;
      out[row] = ((sum * absmax) / 127) * inverseScale;
    }
    return out;
  });
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i]! * b[i]!;
    aa += a[i]! ** 2;
    bb += b[i]! ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

test("the first layer of synthetic-370m computes what the published implementation did", async () => {
  const checkpoint = await syntheticCheckpoint("test/golden/synthetic-370m");
  const golden = await readSafetensors("test/golden/synthetic-370m/golden.safetensors");
  const { hiddenSize, intermediateSize, rmsNormEps, vocabularySize } = checkpoint.config;
  const layer = "model.layers.0";

  const ids = Array.from({ length: 8 }, (_, i) => (31 * i * i + 7 * i + 1) % vocabularySize);
  expect(ids).toEqual([...golden.get("input_ids")!.data]);
  const x: Float64Array[] = [];
  for (const id of ids) {
    const row = await checkpoint.readRows("model.embeddings.weight", { start: id, end: id + 1 });
    x.push(Float64Array.from(row));
  }

  const attentionNorm = await checkpoint.readTensor(`${layer}.attn_norm.weight`);
  const u = x.map((row) => normalised(row, attentionNorm, rmsNormEps));
  const i = await linear(checkpoint, `${layer}.attn.i_proj`, u);
  const f = await linear(checkpoint, `${layer}.attn.f_proj`, u);
  const g = await linear(checkpoint, `${layer}.attn.g_proj`, u);
  const gateNorm = await checkpoint.readTensor(`${layer}.attn.g_norm.weight`);
  const h = new Float64Array(hiddenSize);
  const gated = x.map((_, t) => {
    for (let k = 0; k < hiddenSize; k++) {
      const forget = 1 / (1 + Math.exp(-f[t]![k]!));
      h[k] = forget * h[k]! + silu(i[t]![k]!) * (1 - forget);
    }
    const normal = normalised(g[t]!, gateNorm, rmsNormEps);
    return normal.map((value, k) => value * silu(h[k]!));
  });
  const attention = await linear(checkpoint, `${layer}.attn.o_proj`, gated);
  const middle = x.map((row, t) => row.map((value, k) => value + attention[t]![k]!));

  const mlpNorm = await checkpoint.readTensor(`${layer}.mlp_norm.weight`);
  const v = middle.map((row) => normalised(row, mlpNorm, rmsNormEps));
  const gate = await linear(checkpoint, `${layer}.mlp.gate_proj`, v);
  const unit = gate.map((ab) =>
    Float64Array.from(
      { length: intermediateSize },
      (_, k) => silu(ab[k]!) * ab[k + intermediateSize]!,
    ),
  );
  const down = await linear(checkpoint, `${layer}.mlp.down_proj`, unit);

  const expected = golden.get("hidden1")!.data as Float32Array;
  for (const [t, row] of middle.entries()) {
    const after = row.map((value, k) => value + down[t]![k]!);
    const reference = expected.subarray(t * hiddenSize, (t + 1) * hiddenSize);
    expect(cosine(after, reference), `token ${t}`).toBeGreaterThan(0.9999);
  }
});
