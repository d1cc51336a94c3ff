/** What differs between the config.json files of the released models. */
const SHAPES = {
  "370m": { hidden_size: 1024, num_hidden_layers: 24 },
  "1.3b": { hidden_size: 2048, num_hidden_layers: 24 },
  "2.7b": { hidden_size: 2560, num_hidden_layers: 32 },
} as const;

/** A released model's size, as its name has it. */
export type ReleasedSize = keyof typeof SHAPES;

export const RELEASED_SIZES = Object.keys(SHAPES) as ReleasedSize[];

/** The config.json of a model in the shape of a released one. */
export function releasedConfig(size: ReleasedSize): Record<string, unknown> {
  return {
    model_type: "hgrn_bit",
    architectures: ["HGRNBitForCausalLM"],
    vocab_size: 32000,
    ...SHAPES[size],
    num_heads: 1,
    expand_ratio: 1,
    use_short_conv: false,
    use_lower_bound: true,
    hidden_ratio: 4,
    intermediate_size: null,
    hidden_act: "swish",
    rms_norm_eps: 1e-6,
    bos_token_id: 1,
    eos_token_id: 2,
    tie_word_embeddings: false,
  };
}
