import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { REAL } from "../../../test/compiler/arithmetic.js";
import { Evaluator } from "../../../test/compiler/evaluate.js";
import { anyModel, type TestModel, testModel } from "../../../test/compiler/models.js";
import { hgrnBit } from "../frontends/hgrnbit.js";
import type { Program } from "../ir/types.js";
import { PASSES, type PassName, runPasses } from "./pipeline.js";

const MACHINE = { vlmax: 80, packing: "t5" } as const;
const NAMES = Object.keys(PASSES) as PassName[];

function plain(model: TestModel): Promise<Program> {
  return hgrnBit("test", model.config, model.checkpoint, MACHINE);
}

/** Logits after a few tokens, and the state of every layer. */
function results(program: Program, { config, weights }: TestModel): Float64Array {
  const evaluator = new Evaluator(program, weights, REAL);
  const all: number[] = [];
  for (const token of [0, config.vocabularySize - 1, 0]) {
    all.push(evaluator.step(token));
    all.push(...evaluator.vector("logits"));
  }
  for (let layer = 0; layer < config.layers; layer++) all.push(...evaluator.vector("state", layer));
  return Float64Array.from(all);
}

function expectSame(actual: Float64Array, expected: Float64Array): void {
  expect(actual.length).toBe(expected.length);
  const difference = actual.reduce((most, x, i) => Math.max(most, Math.abs(x - expected[i]!)), 0);
  expect(difference).toBeLessThan(1e-9);
}

function count(program: Program, region: string, op: string): number {
  const found = program.regions.find(({ name }) => name === region)!;
  return found.graph.nodes.filter((node) => node.op === op).length;
}

describe.each(NAMES)("pass %s", (name) => {
  test("keeps the meaning of any model", async () => {
    await fc.assert(
      fc.asyncProperty(anyModel, async (model) => {
        const before = await plain(model);
        const after = runPasses(before, { streamFactor: 4 }, [name]);
        expectSame(results(after, model), results(before, model));
      }),
      { numRuns: 15 },
    );
  });
});

test("all passes together keep the meaning", async () => {
  await fc.assert(
    fc.asyncProperty(anyModel, async (model) => {
      const before = await plain(model);
      expectSame(results(runPasses(before), model), results(before, model));
    }),
    { numRuns: 30 },
  );
});

describe("what the passes achieve in a model with lower bounds", () => {
  const model = testModel({});

  test("i, f and g share the normalised input", async () => {
    const before = await plain(model);
    expect(count(before, "layers", "norm")).toBe(9);
    expect(count(runPasses(before, {}, ["share-values"]), "layers", "norm")).toBe(7);
  });

  test("interpolation saves a multiplication", async () => {
    const before = runPasses(await plain(model), {}, ["remove-dead"]);
    const after = runPasses(await plain(model), {}, ["interpolate", "remove-dead"]);
    expect(count(after, "layers", "mul")).toBe(count(before, "layers", "mul") - 1);
  });

  test("no complement, negation or lower bound is left to compute", async () => {
    const after = runPasses(await plain(model));
    expect(count(after, "layers", "complement")).toBe(0);
    expect(count(after, "layers", "negate")).toBe(0);
    expect(after.tensors.has("lower_bounds")).toBe(false);
    const forget = after.regions[1]!.graph.nodes.find(
      (node) => node.op === "scale" && node.weight === "attn.f_proj.weight",
    );
    expect(forget?.op === "scale" && forget.factor).toBeLessThan(0);
  });

  test("norm weights of one are not multiplied", async () => {
    const ones = testModel({});
    for (const [name, { data }] of ones.tensors)
      if (name.endsWith("mlp_norm.weight")) (data as Float32Array).fill(1);
    const before = runPasses(await plain(ones), {}, ["remove-dead"]);
    const after = runPasses(await plain(ones), {}, ["fold-constants", "remove-dead"]);
    expect(count(after, "layers", "mul")).toBe(count(before, "layers", "mul") - 1);
    expect(after.tensors.has("mlp_norm.weight")).toBe(false);
  });
});
