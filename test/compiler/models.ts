/** Tiny models for the compiler's tests: every configuration key that changes the program. */
import fc from "fast-check";
import {
  Checkpoint,
  type ModelConfig,
  memoryTensors,
  parseConfig,
} from "../../src/checkpoint/index.js";
import { ternarise, ternaryScale } from "../../src/checkpoint/ternarise.js";
import { layerName } from "../../src/compiler/ir/names.js";
import type { Tensor } from "../../src/tensors/index.js";
import { randomTensors, TINY_CONFIG } from "../support/checkpoints.js";
import type { Weights } from "./evaluate.js";

export interface TestModel {
  readonly config: ModelConfig;
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly checkpoint: Checkpoint;
  readonly weights: Weights;
}

/** A model with random weights. @param changes keys of config.json that differ from TINY_CONFIG */
export function testModel(changes: Readonly<Record<string, unknown>>, seed = 1): TestModel {
  const config = parseConfig("config.json", { ...TINY_CONFIG, ...changes });
  const tensors = randomTensors(config, "F32", seed);
  const source = memoryTensors(
    "test",
    tensors as ReadonlyMap<string, { shape: readonly number[]; data: Float32Array }>,
  );
  const checkpoint = new Checkpoint("test", config, source);
  return { config, tensors, checkpoint, weights: weightsOf(tensors) };
}

/** What the intermediate representation's names stand for in a checkpoint. */
function weightsOf(tensors: ReadonlyMap<string, Tensor>): Weights {
  const find = (name: string): Tensor =>
    tensors.get(name) ?? tensors.get("model.embeddings.weight")!;
  return {
    ternary(name, layer) {
      const { shape, data } = find(layer === undefined ? name : layerName(layer, name));
      const weights = data as Float32Array;
      const sum = weights.reduce((total, w) => total + Math.abs(w), 0);
      const { scale, inverseScale } = ternaryScale(sum, weights.length);
      const trits = new Int8Array(weights.length);
      ternarise(weights, scale, trits);
      return { trits, columns: shape[1]!, scale: inverseScale };
    },
    table: (name) => find(name).data as Float32Array,
  };
}

/** Configurations of all kinds that the published implementation can run. */
export const anyModel: fc.Arbitrary<TestModel> = fc
  .record({
    hidden: fc.integer({ min: 1, max: 70 }),
    layers: fc.integer({ min: 1, max: 3 }),
    vocabulary: fc.integer({ min: 1, max: 90 }),
    intermediate: fc.integer({ min: 1, max: 100 }),
    heads: fc.constantFrom(1, 2),
    expand: fc.constantFrom(1, 2),
    lowerBound: fc.boolean(),
    tied: fc.boolean(),
    eps: fc.constantFrom(1e-6, 1e-5, 1e-8),
    seed: fc.nat(1000),
  })
  .map(({ hidden, layers, vocabulary, intermediate, heads, expand, lowerBound, tied, eps, seed }) =>
    testModel(
      {
        vocab_size: vocabulary,
        hidden_size: heads === 2 ? hidden + (hidden % 2) : hidden,
        num_hidden_layers: layers,
        num_heads: heads,
        expand_ratio: expand,
        // The lower bounds have the hidden size, so they do not go with a wider state.
        use_lower_bound: lowerBound && (expand === 1 || layers === 1),
        intermediate_size: intermediate,
        tie_word_embeddings: tied,
        rms_norm_eps: eps,
        bos_token_id: null,
        eos_token_id: null,
      },
      seed,
    ),
  );
