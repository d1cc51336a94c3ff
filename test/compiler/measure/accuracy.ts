/**
 * What a choice of the compiler does to accuracy, on the golden texts of the bundled checkpoints:
 * `npx tsx test/compiler/measure/accuracy.ts [MODEL ...]` (about ten minutes for both).
 *
 * Besides the agreement and the likelihood, which chance moves, it shows the mean distance of a
 * token's -ln p from the reference's: each flip of an int8 value adds to it.
 */
import { openCheckpoint } from "../../../src/checkpoint/index.js";
import {
  type CompileOptions,
  compile,
  PASSES,
  type PassName,
} from "../../../src/compiler/index.js";
import { Emulator } from "../../../src/emulator/index.js";
import { CONFIGURATIONS } from "../../../src/isa/index.js";
import { toReal } from "../../../src/numerics/fixed.js";
import { Session } from "../../../src/session/index.js";
import { readSafetensors } from "../../../src/tensors/index.js";

const configuration = CONFIGURATIONS.find(({ name }) => name === "d5005")!;
const all = Object.keys(PASSES) as PassName[];
const without = (...names: PassName[]) => all.filter((name) => !names.includes(name));

const VARIANTS: Record<string, Partial<CompileOptions>> = {
  default: {},
  "no folds": { passes: [] },
  "without use-range": { passes: without("use-range") },
  "stream times 16": { streamFactor: 16 },
  "stream times 1/4": { streamFactor: 0.25 },
  "16-bit constants": { constantTolerance: 1e-3 },
  "16-bit embeddings": { embeddingTolerance: 1e-3 },
};

async function goldenText(model: string) {
  const golden = await readSafetensors(`test/golden/${model}.safetensors`);
  const numbers = (name: string) => Array.from(golden.get(name)!.data as ArrayLike<number>, Number);
  return {
    ids: numbers("nll.input_ids"),
    argmax: numbers("nll.argmax"),
    perToken: numbers("nll.per_token"),
  };
}

function negativeLogLikelihood(logits: Int32Array, token: number): number {
  const largest = toReal(logits.reduce((a, b) => Math.max(a, b)));
  let sum = 0;
  for (const logit of logits) sum += Math.exp(toReal(logit) - largest);
  return largest + Math.log(sum) - toReal(logits[token]!);
}

async function measure(model: string, options: Partial<CompileOptions>) {
  const { ids, argmax, perToken } = await goldenText(model);
  const checkpoint = await openCheckpoint(`models/${model}`);
  const compiled = await compile(checkpoint, { configuration, packing: "t4", ...options });
  await checkpoint.close();
  const session = await Session.open(new Emulator({ configuration }), compiled.image());
  const [own, distances]: [number[], number[]] = [[], []];
  let agreed = 0;
  for (const [i, reference] of perToken.entries()) {
    const best = await session.feedAll([{ token: ids[i]!, count: 1, reset: i === 0 }]);
    if (best === argmax[i]) agreed++;
    const nll = negativeLogLikelihood(await session.logits(), ids[i + 1]!);
    own.push(nll);
    distances.push(Math.abs(nll - reference));
  }
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  return {
    agreement: agreed / perToken.length,
    nll: mean(own) / mean(perToken) - 1,
    distance: mean(distances),
  };
}

const models = process.argv.length > 2 ? process.argv.slice(2) : ["layer512", "shakespeare"];
for (const model of models)
  for (const [name, options] of Object.entries(VARIANTS)) {
    const { agreement, nll, distance } = await measure(model, options);
    console.log(
      `${model.padEnd(12)} ${name.padEnd(18)} agreement ${(100 * agreement).toFixed(2)} %`,
      `nll ${(100 * nll).toFixed(4)} %  distance ${distance.toExponential(2)}`,
    );
  }
