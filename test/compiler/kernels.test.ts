/** Images do not depend on whether the host runs the kernels of weights. */
import { afterAll, expect, test, vi } from "vitest";
import { kernelsOf } from "../../src/checkpoint/kernels/memory.js";
import { openCheckpoint } from "../../src/checkpoint/open.js";
import { compile } from "../../src/compiler/compile.js";
import { findConfiguration } from "../../src/isa/configurations.js";
import { TemporaryFolders, writeCheckpoint } from "../support/checkpoints.js";

let plain = false;
const used = { kernels: 0, plain: 0 };

vi.mock("../../src/checkpoint/kernels/memory.js", async (original) => {
  const memory = await original<typeof import("../../src/checkpoint/kernels/memory.js")>();
  return {
    ...memory,
    kernelMemory: (size: number) => {
      used[plain ? "plain" : "kernels"]++;
      return plain ? new ArrayBuffer(size) : memory.kernelMemory(size);
    },
  };
});

const folders = new TemporaryFolders();
afterAll(() => folders.clean());

const SHAPES = {
  // Rows without padding, of which several matrices fit into the memory of one; and with padding.
  dense: { hidden_size: 64, intermediate_size: 96, num_hidden_layers: 3, vocab_size: 130 },
  padded: {},
  tied: { tie_word_embeddings: true },
  // Embeddings and an output matrix of several chunks.
  long: { hidden_size: 512, intermediate_size: 64, num_hidden_layers: 1, vocab_size: 4500 },
};

test.each(
  Object.keys(SHAPES).flatMap((shape) =>
    (shape === "long" ? (["F32"] as const) : (["F32", "F16", "BF16"] as const)).flatMap((type) =>
      (["t4", "t5"] as const).map((packing) => [shape, type, packing] as const),
    ),
  ),
)("%s %s %s", async (shape, type, packing) => {
  const folder = await folders.create();
  await writeCheckpoint(folder, { config: SHAPES[shape as keyof typeof SHAPES], type });
  const images = [];
  for (plain of [false, true]) {
    const before = { ...used };
    const checkpoint = await openCheckpoint(folder, { checkValues: "when read" });
    const options = { configuration: findConfiguration("d5005")!, packing, name: "model" };
    const compiled = await compile(checkpoint, options);
    await checkpoint.close();
    expect(used[plain ? "plain" : "kernels"]).toBeGreaterThan(before[plain ? "plain" : "kernels"]);
    const bytes = compiled.files.get("model.bin")!;
    expect(kernelsOf(bytes) === undefined).toBe(plain);
    images.push({ bytes, assembly: compiled.assembly });
  }
  expect(images[0]!.assembly).toBe(images[1]!.assembly);
  expect(Buffer.compare(images[0]!.bytes, images[1]!.bytes)).toBe(0);
});
