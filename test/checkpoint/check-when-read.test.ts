import { afterAll, expect, test } from "vitest";
import { openCheckpoint } from "../../src/checkpoint/index.js";
import { compile } from "../../src/compiler/index.js";
import { findConfiguration } from "../../src/isa/configurations.js";
import {
  type CheckpointOptions,
  TemporaryFolders,
  writeCheckpoint,
} from "../support/checkpoints.js";
import { userError } from "../support/errors.js";

const folders = new TemporaryFolders();
afterAll(() => folders.clean());

const PLACES: readonly [string, number][] = [
  ["model.embeddings.weight", 41],
  ["model.lower_bounds", 3],
  ["model.layers.1.attn_norm.weight", 5],
  ["model.layers.0.attn.f_proj.weight", 7],
  ["model.layers.0.mlp.gate_proj.weight", 1000],
  ["lm_head.weight", 77],
];

async function make(options: CheckpointOptions): Promise<string> {
  const folder = await folders.create();
  await writeCheckpoint(folder, options);
  return folder;
}

async function damaged(places: readonly [string, number][], value: number): Promise<string> {
  return make({
    change: (tensors) => {
      for (const [name, index] of places) (tensors.get(name)!.data as Float32Array)[index] = value;
    },
  });
}

const whenRead = { checkValues: "when read" } as const;
const options = { configuration: findConfiguration("d5005")!, packing: "t5" } as const;

test.each(PLACES)("compiling finds what is not finite in %s", async (name, index) => {
  for (const value of [Number.NaN, -Infinity]) {
    const folder = await damaged([[name, index]], value);
    const expected = await userError(() => openCheckpoint(folder));
    expect(expected.message).toContain(`tensor ${name} holds ${value} at element ${index}`);
    const checkpoint = await openCheckpoint(folder, whenRead);
    expect(await userError(() => compile(checkpoint, options))).toEqual(expected);
    await checkpoint.close();
  }
});

test("the first that is read tells of all", async () => {
  const folder = await damaged(PLACES, Number.NaN);
  const checkpoint = await openCheckpoint(folder, whenRead);
  const error = await userError(() => checkpoint.packedMatrix("lm_head.weight", "t4"));
  for (const [name, index] of PLACES)
    expect(error.message).toContain(`tensor ${name} holds NaN at element ${index}`);
  await checkpoint.close();
});

test("wrong shapes are told when the folder is opened, with all that is wrong", async () => {
  const folder = await make({
    change: (tensors) => {
      tensors.delete("model.norm.weight");
      (tensors.get("lm_head.weight")!.data as Float32Array)[77] = Number.NaN;
    },
  });
  const expected = await userError(() => openCheckpoint(folder));
  expect(expected.message).toContain("lm_head.weight holds NaN");
  expect(await userError(() => openCheckpoint(folder, whenRead))).toEqual(expected);
});

test.each(["t4", "t5"] as const)(
  "the same image whenever values are checked, %s",
  async (packing) => {
    for (const config of [{}, { tie_word_embeddings: true }]) {
      const folder = await make({ config });
      const [first, second] = [
        await openCheckpoint(folder),
        await openCheckpoint(folder, whenRead),
      ];
      const image = async (checkpoint: typeof first) =>
        (await compile(checkpoint, { ...options, packing })).image();
      expect(await image(second)).toEqual(await image(first));
      await first.close();
      await second.close();
    }
  },
);
