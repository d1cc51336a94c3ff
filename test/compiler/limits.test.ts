import { expect, test } from "vitest";
import { Checkpoint, parseConfig, syntheticTensors } from "../../src/checkpoint/index.js";
import { compile } from "../../src/compiler/index.js";
import { UserError } from "../../src/diagnostics/diagnostic.js";
import { CONFIGURATIONS } from "../../src/isa/index.js";
import { TINY_CONFIG } from "../support/checkpoints.js";

const tiny = CONFIGURATIONS.find(({ name }) => name === "tiny")!;

/** Compiles a model with made-up weights; only what is refused before they are read is quick. */
function compileShape(changes: Record<string, unknown>, configuration = tiny): Promise<unknown> {
  const config = parseConfig("config.json", { ...TINY_CONFIG, ...changes });
  const checkpoint = new Checkpoint("model", config, syntheticTensors(config));
  return compile(checkpoint, { configuration, packing: "t4" });
}

test.each([
  [{ hidden_size: 2049 }, "has 2049 elements, more than the vlmax of configuration tiny, 2048"],
  [{ intermediate_size: 2816 }, "has 2816 elements, more than the vlmax of configuration tiny"],
  [
    { hidden_size: 1100, expand_ratio: 2, use_lower_bound: false },
    "has 2200 elements, more than the vlmax of configuration tiny, 2048",
  ],
  [
    { vocab_size: 4000000, hidden_size: 64 },
    "bytes of DRAM, more than the dram of configuration tiny, 268435456",
  ],
  [{ rms_norm_eps: 0.5 }, "a normalisation's eps is 0.5; the norm instruction takes 0 to 0.00391"],
])("%j is refused with its reason", async (changes, reason) => {
  await expect(compileShape(changes)).rejects.toThrow(reason);
  await expect(compileShape(changes)).rejects.toBeInstanceOf(UserError);
});

test("an instruction memory that is too small is named", async () => {
  await expect(compileShape({}, { ...tiny, instructions: 50 })).rejects.toThrow(
    /needs \d+ instructions, more than the instruction memory of configuration tiny, 50/,
  );
});

test("a packing that the configuration lacks is named", async () => {
  await expect(compileShape({}, { ...tiny, packings: ["t5"] })).rejects.toThrow(
    "configuration tiny has no ternary unit for packing t4",
  );
});
