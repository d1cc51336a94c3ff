import type { ModelConfig } from "./config.js";

/** What a tensor is to the model. Matrices of kind `ternary` are ternarised before they multiply. */
export type TensorKind = "embeddings" | "lowerBounds" | "norm" | "ternary";

export interface ExpectedTensor {
  readonly name: string;
  readonly kind: TensorKind;
  /** Rows (outputs) first. */
  readonly shape: readonly number[];
}

export const EMBEDDINGS = "model.embeddings.weight";
export const LM_HEAD = "lm_head.weight";

/** Every tensor that the model has, in the order in which a token meets them. */
export function expectedTensors(config: ModelConfig): ExpectedTensor[] {
  const { hiddenSize: h, inputSize: d, intermediateSize: i, vocabularySize: v } = config;
  const tensors: ExpectedTensor[] = [{ name: EMBEDDINGS, kind: "embeddings", shape: [v, h] }];
  const norm = (name: string, size: number) =>
    tensors.push({ name: `${name}.weight`, kind: "norm", shape: [size] });
  /** A linear layer normalises its input with weights of its own. */
  const linear = (name: string, rows: number, columns: number) => {
    norm(`${name}.norm`, columns);
    tensors.push({ name: `${name}.weight`, kind: "ternary", shape: [rows, columns] });
  };
  if (config.useLowerBound) {
    tensors.push({ name: "model.lower_bounds", kind: "lowerBounds", shape: [config.layers, h] });
  }
  for (let n = 0; n < config.layers; n++) {
    const layer = `model.layers.${n}`;
    norm(`${layer}.attn_norm`, h);
    linear(`${layer}.attn.i_proj`, d, h);
    linear(`${layer}.attn.f_proj`, d, h);
    linear(`${layer}.attn.g_proj`, d, h);
    norm(`${layer}.attn.g_norm`, d);
    linear(`${layer}.attn.o_proj`, h, d);
    norm(`${layer}.mlp_norm`, h);
    linear(`${layer}.mlp.gate_proj`, 2 * i, h);
    linear(`${layer}.mlp.down_proj`, h, i);
  }
  norm("model.norm", h);
  linear("lm_head", v, h);
  return tensors;
}
