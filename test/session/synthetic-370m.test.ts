import { expect, test } from "vitest";
import { syntheticCheckpoint } from "../../src/checkpoint/index.js";
import { compile } from "../../src/compiler/index.js";
import { Emulator } from "../../src/emulator/index.js";
import { findConfiguration } from "../../src/isa/configurations.js";
import { evaluate, modelDescription, Session } from "../../src/session/index.js";
import { readSafetensors } from "../../src/tensors/index.js";

const FOLDER = "test/golden/synthetic-370m";

test("a model of the 370M shape computes what the published implementation did", async () => {
  const golden = await readSafetensors(`${FOLDER}/golden.safetensors`);
  const configuration = findConfiguration("d5005")!;
  const checkpoint = await syntheticCheckpoint(FOLDER);
  const image = (await compile(checkpoint, { configuration, packing: "t5" })).image();
  const emulator = new Emulator({ configuration });
  const session = await Session.open(emulator, image);
  const result = await evaluate(session, golden, modelDescription(image));
  // Random weights amplify a single int8 that is rounded the other way: the formulas in float64
  // reach 0.998, and nothing that is wrong comes near.
  expect(result.logitsCosine).toBeGreaterThan(0.97);
  expect(result.tokens).toBe(8);
  expect(result.tokensPerSecond).toBeGreaterThan(0);
  await emulator.close();
});
