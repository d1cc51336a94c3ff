import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { readSafetensors, writeSafetensors } from "../../src/tensors/index.js";
import { loadTokenizer } from "../../src/tokenizer/index.js";
import { TemporaryFolders, TINY_CONFIG, writeCheckpoint } from "../support/checkpoints.js";
import { temporaryFolder, ternac, ternacJson } from "./support.js";

const SHAKESPEARE = "models/shakespeare";
const path = temporaryFolder();
const folders = new TemporaryFolders();
afterAll(() => folders.clean());
const bytes = await folders.create();
await writeCheckpoint(bytes, { config: { vocab_size: 256, eos_token_id: null } });

describe("compile", () => {
  it("makes the same image directly and through assembly", async () => {
    const { json } = await ternacJson("compile", bytes, "--emit", "asm", "-o", path("tiny.tasm"));
    expect(json.written.at(-1)).toBe(path("tiny.tasm"));
    for (const file of json.written) expect(existsSync(file), file).toBe(true);
    expect((await ternac("asm", path("tiny.tasm"), "-o", path("a.elf"))).stderr).toBe("");
    await ternac("compile", bytes, "-o", path("b.elf"));
    // Another name and another folder: the image is the same to the last byte all the same.
    expect(readFileSync(path("a.elf")).equals(readFileSync(path("b.elf")))).toBe(true);
    expect((await ternacJson("generate", path("a.elf"), "--tokens", "8")).json.tokens).toHaveLength(
      8,
    );
  });

  it("shows the intermediate representation", async () => {
    const { stdout, exitCode } = await ternac("compile", bytes, "--emit", "ir", "-o", "-");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/argmax|product|norm/);
  });

  it("compiles the paper's layer, with random or given weights", async () => {
    const image = path("layer.elf");
    expect((await ternac("compile", "--mlgru", "64x128", "-o", image)).exitCode).toBe(0);
    const run = await ternac(
      "run",
      image,
      "--set",
      `input=${Array(64).fill(1)}`,
      "--get",
      "output",
    );
    expect(run.exitCode).toBe(0);
    expect(run.stdout.trim().split(" ")).toHaveLength(64);

    const ones = (rows: number, columns: number) =>
      ({
        type: "I8",
        shape: [rows, columns],
        data: new Int8Array(rows * columns).fill(1),
      }) as const;
    const weights = new Map(["f", "c", "g", "o"].map((letter) => [`w_${letter}`, ones(64, 64)]));
    writeFileSync(path("w.safetensors"), Buffer.concat(writeSafetensors(weights)));
    const given = await ternac("compile", "--mlgru", path("w.safetensors"), "-o", image);
    expect(given).toMatchObject({ exitCode: 0, stderr: "" });
    weights.set("w_o", ones(64, 32));
    writeFileSync(path("w.safetensors"), Buffer.concat(writeSafetensors(weights)));
    const wrong = await ternac("compile", "--mlgru", path("w.safetensors"), "-o", image);
    expect(wrong.exitCode).toBe(1);
    expect(wrong.stderr).toMatch(/w_o has shape \[64, 32\]/);
  });

  it.each([
    ["nothing", 2, [], /expected either the folder of a checkpoint or --mlgru/],
    ["a missing folder", 1, ["nowhere"], /nowhere/],
    ["a folder and a layer", 2, [SHAKESPEARE, "--mlgru", "4"], /either/],
    ["a bad width", 2, ["--mlgru", "0x12x"], /--mlgru 0x12x: expected a width/],
    ["an unknown packing", 2, [bytes, "--packing", "t6"], /t4, t5/],
    [
      "two uses of standard output",
      2,
      [bytes, "-o", "-", "--json"],
      /--json prints to standard output/,
    ],
  ])("refuses %s", async (_, status, argv, message) => {
    const { stderr, stdout, exitCode } = await ternac("compile", ...argv);
    expect(stderr + stdout).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(exitCode).toBe(status);
  });

  it("refuses a model that the machine cannot run, made-up weights or not", async () => {
    const folder = await folders.create();
    writeFileSync(`${folder}/config.json`, JSON.stringify({ ...TINY_CONFIG, hidden_size: 4096 }));
    const { stderr, exitCode } = await ternac("compile", folder, "--synthetic", "--config", "tiny");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: .*tiny/);
  });
});

describe("generate", () => {
  it("writes what the reference wrote, and streams it", async () => {
    const golden = await readSafetensors("test/golden/shakespeare.safetensors");
    const greedy = Array.from(golden.get("prompt0.greedy")!.data as BigInt64Array, Number);
    const tokenizer = await loadTokenizer(SHAKESPEARE, { vocabularySize: 2048 });
    const prompt = tokenizer.decode(greedy.slice(0, 16));
    const flags = ["--tokens", "32", "--prompt", prompt];
    const { json } = await ternacJson("generate", SHAKESPEARE, ...flags);
    expect(json.prompt.tokens).toEqual(greedy.slice(0, 16));
    expect(json.tokens).toEqual(greedy.slice(16, 48));
    expect(json.text).toBe(tokenizer.decode(greedy.slice(0, 48)).slice(prompt.length));
    const { stdout, stderr } = await ternac("generate", SHAKESPEARE, ...flags, "--stats");
    expect(stdout).toBe(`${prompt}${json.text}\n`);
    expect(stderr).toMatch(/tokens\/s; [\d,]+ instructions/);
  });

  it("starts an empty prompt from the begin-of-text token", async () => {
    const { json } = await ternacJson("generate", SHAKESPEARE, "--tokens", "4");
    expect(json.prompt).toEqual({ text: "", tokens: [0] });
    expect(json.tokens).toHaveLength(4);
  });

  it("stops at the end-of-text token", async () => {
    const free = (await ternacJson("generate", bytes, "--prompt", "a", "--tokens", "6")).json;
    const stop = free.tokens[3];
    const folder = await folders.create();
    await writeCheckpoint(folder, { config: { vocab_size: 256, eos_token_id: stop } });
    const { json } = await ternacJson("generate", folder, "--prompt", "a", "--tokens", "50");
    expect(json.tokens).toEqual(free.tokens.slice(0, free.tokens.indexOf(stop) + 1));
    expect(json.stopped).toBe("end-of-text");
  });

  it("takes bytes where there is no tokenizer", async () => {
    const { json } = await ternacJson("generate", bytes, "--prompt", "é", "--tokens", "3");
    expect(json.prompt.tokens).toEqual([0xc3, 0xa9]);
    expect(typeof json.text).toBe("string");
  });

  it("reads the prompt from a file, and generates nothing when asked to", async () => {
    writeFileSync(path("prompt.txt"), "ROMEO:");
    const flags = ["--prompt-file", path("prompt.txt"), "--tokens", "0"];
    const { stdout } = await ternac("generate", bytes, ...flags);
    expect(stdout).toBe("ROMEO:\n");
    expect((await ternacJson("generate", bytes, ...flags)).json).toMatchObject({
      tokens: [],
      text: "",
    });
  });

  it("samples by a seed", async () => {
    const sample = async (...flags: string[]) =>
      (await ternacJson("generate", bytes, "--prompt", "a", "--tokens", "12", ...flags)).json
        .tokens;
    const first = await sample("--temperature", "2", "--seed", "7");
    expect(await sample("--temperature", "2", "--seed", "7")).toEqual(first);
    expect(await sample("--temperature", "2", "--seed", "8")).not.toEqual(first);
    expect(await sample("--top-k", "1", "--seed", "8")).toEqual(await sample());
    expect(await sample("--temperature", "0")).toEqual(await sample());
  });

  it("runs an image on the configuration that it was made for", async () => {
    const image = path("tiny-machine.elf");
    await ternac("compile", bytes, "--config", "tiny", "--packing", "t4", "-o", image);
    const { json } = await ternacJson("generate", image, "--prompt", "a", "--tokens", "6");
    const { json: direct } = await ternacJson("generate", bytes, "--prompt", "a", "--tokens", "6");
    expect(json.tokens).toEqual(direct.tokens);
  });

  it.each([
    ["a missing model", 1, ["nowhere"], /cannot read nowhere/],
    [
      "a number of tokens that is none",
      2,
      [bytes, "--tokens", "many"],
      /--tokens: "many" is no integer/,
    ],
    ["a wild top-p", 2, [bytes, "--top-p", "1.5"], /--top-p: "1.5" is no number above 0/],
    ["two prompts", 2, [bytes, "--prompt", "a", "--prompt-file", "b"], /--prompt/],
    ["a packing for an image", 2, ["README.md", "--packing", "t4"], /--packing is about compiling/],
  ])("refuses %s", async (_, status, argv, message) => {
    const { stderr, exitCode } = await ternac("generate", ...argv);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(exitCode).toBe(status);
  });

  it("refuses a program that is no model", async () => {
    writeFileSync(path("halt.tasm"), ".text\nhalt\n");
    await ternac("asm", path("halt.tasm"));
    const { stderr, exitCode } = await ternac("generate", path("halt.elf"));
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/not one of a compiled model\nhelp: .*ternac run/);
  });

  it("refuses a vocabulary without a tokenizer", async () => {
    const folder = await folders.create();
    await writeCheckpoint(folder);
    const { stderr, exitCode } = await ternac("generate", folder);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/has no tokenizer\.json/);
  });
});

describe("eval", () => {
  const golden = "test/golden/shakespeare.safetensors";

  it("compares with a golden as JSON", async () => {
    const { json, exitCode } = await ternacJson(
      "eval",
      SHAKESPEARE,
      "--golden",
      golden,
      "--limit",
      "48",
    );
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({
      tokens: 48,
      goldenLacks: [],
      ternary: { matrices: 37, identical: 37, different: [] },
      model: { name: "shakespeare" },
    });
    expect(json.argmaxAgreement).toBeGreaterThan(0.9);
    expect(json.logitsCosine).toBeGreaterThan(0.9995);
    expect(Math.abs(json.nll / json.nllReference - 1)).toBeLessThan(0.02);
    expect(json.tokensPerSecond).toBeGreaterThan(0);
    expect(json.instructions).toBeGreaterThan(10_000);
  });

  it("prints a table", async () => {
    const { stdout } = await ternac("eval", SHAKESPEARE, "--golden", golden, "--limit", "4");
    expect(stdout).toMatch(/^nll of the reference +\d+\.\d+$/m);
  });

  it("computes the perplexity of a text", async () => {
    writeFileSync(path("text.txt"), "To be, or not to be, that is the question.\n");
    const { json } = await ternacJson("eval", SHAKESPEARE, "--text", path("text.txt"));
    expect(json.perplexity).toBeCloseTo(Math.exp(json.nll), 10);
    expect(json.perplexity).toBeGreaterThan(1);
    expect(json.perplexity).toBeLessThan(500);
    const { stdout } = await ternac("eval", bytes, "--text", path("text.txt"), "--limit", "5");
    expect(stdout).toMatch(/^tokens +5$/m);
  });

  it.each([
    ["nothing to compare with", 2, [], /give --golden FILE or --text FILE/],
    ["both", 2, ["--golden", golden, "--text", "x"], /--golden/],
    ["a missing golden", 1, ["--golden", "none.safetensors"], /none\.safetensors/],
    ["another model's golden", 1, ["--golden", golden], /golden/],
    [
      "no positions",
      2,
      ["--golden", golden, "--limit", "0"],
      /--limit: "0" is no integer from 1 on/,
    ],
  ])("refuses %s", async (_, status, flags, message) => {
    const { stderr, exitCode } = await ternac("eval", bytes, ...flags);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(exitCode).toBe(status);
  });
});

it("a checkpoint with a damaged tensor file gives one clear error", async () => {
  const folder = await folders.create();
  await writeCheckpoint(folder);
  const file = `${folder}/model.safetensors`;
  writeFileSync(file, readFileSync(file).subarray(0, 1000));
  for (const command of ["compile", "generate", "inspect"]) {
    const { stderr, exitCode } = await ternac(command, folder);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: .*model\.safetensors/);
    expect(stderr).not.toMatch(/^\s+at /m);
  }
});
