import { expect, test } from "vitest";
import { openCheckpoint } from "../../src/checkpoint/index.js";
import { compile } from "../../src/compiler/index.js";
import { Emulator } from "../../src/emulator/index.js";
import { CONFIGURATIONS } from "../../src/isa/index.js";
import { evaluate, Session } from "../../src/session/index.js";
import { readSafetensors } from "../../src/tensors/index.js";

const configuration = CONFIGURATIONS.find(({ name }) => name === "d5005")!;

/** The first positions only; all of them take `ternac eval` a minute (docs/compiler.md). */
test.each([
  ["shakespeare", 0.9997, 0.95],
  ["layer512", 0.9999, 0.99],
])("%s computes what the published implementation does", async (model, cosine, agreement) => {
  const checkpoint = await openCheckpoint(`models/${model}`);
  const compiled = await compile(checkpoint, { configuration, packing: "t5" });
  await checkpoint.close();
  const session = await Session.open(new Emulator({ configuration }), compiled.image());
  const golden = await readSafetensors(`test/golden/${model}.safetensors`);
  const result = await evaluate(session, golden, undefined, { limit: 64 });
  expect(result.tokens).toBe(64);
  expect(result.logitsCosine).toBeGreaterThan(cosine);
  expect(result.argmaxAgreement).toBeGreaterThan(agreement);
  expect(Math.abs(result.nll! / result.nllReference! - 1)).toBeLessThan(0.005);
});
