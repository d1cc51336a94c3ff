import fc from "fast-check";
import { expect, test } from "vitest";
import { hgrnBit } from "../../src/compiler/frontends/hgrnbit.js";
import { ReferenceModel } from "../support/reference.js";
import { REAL } from "./arithmetic.js";
import { Evaluator } from "./evaluate.js";
import { anyModel } from "./models.js";

/**
 * Both compute with doubles, in another order. Where a tiny model's vector is nearly zero, its norm
 * magnifies the difference; a wrong formula, or one int8 value that differs, shows as 10^-3 and more.
 */
const TOLERANCE = 1e-5;

test("the front end's program means what the model's formulas say", async () => {
  await fc.assert(
    fc.asyncProperty(
      anyModel,
      fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
      async (model, tokens) => {
        const { config, checkpoint, weights } = model;
        const program = await hgrnBit("test", config, checkpoint, { vlmax: 2048, packing: "t4" });
        const evaluator = new Evaluator(program, weights, REAL);
        const reference = new ReferenceModel(config, model.tensors);
        for (const raw of tokens) {
          const token = raw % config.vocabularySize;
          const expected = reference.step(token);
          const best = evaluator.step(token);
          const logits = evaluator.vector("logits");
          logits.forEach((logit, k) => {
            expect(Math.abs(logit - expected[k]!)).toBeLessThan(TOLERANCE);
          });
          expect(expected[best]!).toBeCloseTo(Math.max(...expected), 4);
        }
        for (let layer = 0; layer < config.layers; layer++)
          evaluator.vector("state", layer).forEach((h, k) => {
            expect(Math.abs(h - reference.state[layer]![k]!)).toBeLessThan(TOLERANCE);
          });
      },
    ),
    { numRuns: 60 },
  );
});
