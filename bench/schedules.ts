/**
 * Predicted clocks of a token for each schedule that the compiler tries, in its order: npx tsx
 * bench/schedules.ts. The last one is the order in which the program was written.
 */
import { Checkpoint, parseConfig, syntheticTensors } from "../src/checkpoint/index.js";
import { compile } from "../src/compiler/index.js";
import { findConfiguration } from "../src/isa/index.js";
import { tokenClocks } from "../src/session/index.js";

const SHAPES = {
  "6 x 256": { num_hidden_layers: 6, hidden_size: 256, vocab_size: 2048 },
  "370M": { num_hidden_layers: 24, hidden_size: 1024 },
  "1.3B": { num_hidden_layers: 24, hidden_size: 2048 },
};
const RUNS: readonly (readonly [keyof typeof SHAPES, string])[] = [
  ["6 x 256", "d5005"],
  ["370M", "d5005"],
  ["1.3B", "d5005"],
  ["6 x 256", "tiny"],
];

/** Thrown when the schedule is chosen: the weights are not needed. */
class Chosen extends Error {}

for (const [shape, name] of RUNS) {
  const configuration = findConfiguration(name)!;
  const config = parseConfig("config.json", { model_type: "hgrn_bit", ...SHAPES[shape] });
  const clocks: number[] = [];
  const tensors = syntheticTensors(config);
  const checkpoint = new Checkpoint("shape", config, {
    ...tensors,
    async read(...where) {
      if (clocks.length > 0) throw new Chosen();
      await tensors.read(...where);
    },
  });
  const measure = async (image: Parameters<typeof tokenClocks>[0]) => {
    clocks.push(await tokenClocks(image, configuration));
    return clocks.at(-1)!;
  };
  await compile(checkpoint, { configuration, packing: "t5", measure }).catch((error) => {
    if (!(error instanceof Chosen)) throw error;
  });
  console.log(`| ${shape}, ${name} | ${clocks.map((n) => n.toLocaleString("en")).join(" | ")} |`);
}
