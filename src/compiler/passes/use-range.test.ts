import fc from "fast-check";
import { expect, test } from "vitest";
import { anyModel, testModel } from "../../../test/compiler/models.js";
import { ELEMENT_MAX, toReal } from "../../numerics/fixed.js";
import { hgrnBit } from "../frontends/hgrnbit.js";
import { LARGEST_EPS } from "../limits.js";
import { runPasses } from "./pipeline.js";

const MACHINE = { vlmax: 8192, packing: "t4" } as const;

test("no product of a normalised vector can leave the range, no eps the instruction's", async () => {
  await fc.assert(
    fc.asyncProperty(anyModel, async ({ config, checkpoint }) => {
      const program = runPasses(await hgrnBit("test", config, checkpoint, MACHINE), {}, [
        "use-range",
      ]);
      for (const tensor of program.tensors.values()) {
        if (tensor.kind !== "constant" || tensor.factor === 1) continue;
        const largest = Math.max(...tensor.values.map((v) => Math.max(...v.map(Math.abs))));
        const bound = largest * tensor.factor * Math.sqrt(tensor.length);
        expect(bound).toBeLessThanOrEqual(toReal(ELEMENT_MAX));
      }
      for (const { graph } of program.regions)
        for (const node of graph.nodes)
          if (node.op === "norm") expect(node.eps).toBeLessThanOrEqual(LARGEST_EPS);
    }),
    { numRuns: 20 },
  );
});

test("scales undo the factors, also of activations that another region multiplies", async () => {
  const { config, checkpoint } = testModel({});
  const program = runPasses(await hgrnBit("test", config, checkpoint, MACHINE));
  const head = program.tensors.get("lm_head.norm.weight");
  const factor = head?.kind === "constant" ? head.factor : 1;
  expect(factor).toBeGreaterThan(1);
  const scale = program.regions.at(-1)!.graph.nodes.find((node) => node.op === "scale");
  expect(scale).toMatchObject({ weight: "lm_head.weight", factor: 1 / factor });
});
