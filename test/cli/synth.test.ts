import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  expectedTensors,
  openCheckpoint,
  parseConfig,
  safetensorsStream,
  syntheticCheckpoint,
  syntheticTensors,
} from "../../src/checkpoint/index.js";
import { writeBinary } from "../../src/cli/output.js";
import { elementCount } from "../../src/tensors/element-type.js";
import { TINY_CONFIG } from "../support/checkpoints.js";
import { temporaryFolder, ternac, ternacJson } from "./support.js";

const path = temporaryFolder();

describe("synth", () => {
  // Layers x [width, channel mixer], from design and paper: what the released models have.
  it.each([
    ["370m", 24, 1024, 2816, 374_108_160],
    ["1.3b", 24, 2048, 5632, 1_364_779_008],
    ["2.7b", 32, 2560, 6912, 2_702_357_504],
  ])("writes the shape of %s", async (size, layers, hidden, intermediate, weights) => {
    const folder = path(size);
    const { json, exitCode } = await ternacJson("synth", size, "-o", folder);
    expect(exitCode).toBe(0);
    expect(json).toEqual({ folder, written: [`${folder}/config.json`], weights });
    const { config } = await syntheticCheckpoint(folder);
    expect(config).toMatchObject({
      layers,
      hiddenSize: hidden,
      inputSize: hidden,
      intermediateSize: intermediate,
      vocabularySize: 32000,
    });
    const counted = expectedTensors(config).map(({ shape }) => elementCount(shape));
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(weights);
  });

  it("is the shape of the golden", async () => {
    const golden = JSON.parse(readFileSync("test/golden/synthetic-370m/config.json", "utf8"));
    await ternac("synth", "370m", "-o", path("same"));
    const { config } = await syntheticCheckpoint(path("same"));
    const { json: _, bosTokenId, eosTokenId, ...shape } = config;
    expect(parseConfig("golden", golden)).toMatchObject(shape);
  });

  it("never replaces another model's files", async () => {
    const folder = path("other");
    mkdirSync(folder);
    writeFileSync(path("other/config.json"), JSON.stringify(TINY_CONFIG));
    const config = await ternac("synth", "370m", "-o", folder);
    expect(config.exitCode).toBe(1);
    expect(config.stderr).toMatch(/other\/config\.json exists already/);
    writeFileSync(path("same/model.safetensors"), "weights");
    const weights = await ternac("synth", "370m", "-o", path("same"), "--weights", "bf16");
    expect(weights.stderr).toMatch(/same\/model\.safetensors exists already/);
    expect(readFileSync(path("same/model.safetensors"), "utf8")).toBe("weights");
  });

  it("refuses other sizes", async () => {
    const { stderr, exitCode } = await ternac("synth", "7b");
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/370m, 1\.3b, 2\.7b/);
    expect(existsSync("synthetic-7b")).toBe(false);
  });
});

describe.each(["F32", "BF16", "F16"] as const)("weights that are written as %s", (type) => {
  it("are the made-up ones", async () => {
    const folder = path(type);
    mkdirSync(folder);
    writeFileSync(`${folder}/config.json`, JSON.stringify(TINY_CONFIG));
    const source = syntheticTensors(parseConfig("config.json", TINY_CONFIG));
    const done: number[] = [];
    const stream = safetensorsStream(source, type, (count, total) => done.push(count / total));
    await writeBinary(`${folder}/model.safetensors`, stream);
    expect(done.at(-1)).toBe(1);
    const written = await openCheckpoint(folder);
    const made = await syntheticCheckpoint(folder);
    // Half a unit in the last place of a number in [1, 2).
    const rounding = { F32: 0, F16: 2 ** -11, BF16: 2 ** -8 }[type];
    for (const { name } of made.tensors) {
      const expected = await made.readTensor(name);
      const errors = (await written.readTensor(name)).map((x, i) => Math.abs(x - expected[i]!));
      expect(Math.max(...errors), name).toBeLessThanOrEqual(rounding);
    }
    await written.close();
  });
});

describe("a synthetic model", () => {
  const folder = path("tiny");
  mkdirSync(folder);
  writeFileSync(
    `${folder}/config.json`,
    JSON.stringify({ ...TINY_CONFIG, vocab_size: 300, bos_token_id: 5, eos_token_id: null }),
  );

  it("writes token ids, as it has no tokenizer", async () => {
    const from = ["generate", folder, "--synthetic", "--tokens", "3"] as const;
    const { json } = await ternacJson(...from, "--prompt", "7 5");
    expect(json.prompt.tokens).toEqual([7, 5]);
    expect(json.text).toBe(` ${json.tokens.join(" ")}`);
    const { stdout } = await ternac(...from, "--prompt", "7 5");
    expect(stdout).toBe(`7 5 ${json.tokens.join(" ")}\n`);
    expect((await ternacJson(...from)).json.prompt.tokens).toEqual([5]);
    const wrong = await ternac(...from, "--prompt", "ROMEO");
    expect(wrong.stderr).toMatch(/"ROMEO" is no token id/);
  });

  it("as an image does so when it is asked to", async () => {
    await ternac("compile", folder, "--synthetic", "-o", path("tiny.elf"));
    const refused = await ternac("generate", path("tiny.elf"), "--prompt", "7 5");
    expect(refused.stderr).toMatch(/generate with --ids/);
    const { json } = await ternacJson("generate", path("tiny.elf"), "--ids", "--prompt", "7 5");
    expect(json.tokens.length).toBeGreaterThan(0);
  });

  it("can be inspected", async () => {
    const { json } = await ternacJson("inspect", folder, "--synthetic");
    expect(json.tensors.length).toBeGreaterThan(0);
  });
});
