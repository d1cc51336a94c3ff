import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { EMBEDDINGS } from "../../src/checkpoint/index.js";
import { hgrnBit } from "../../src/compiler/frontends/hgrnbit.js";
import { compile } from "../../src/compiler/index.js";
import { compactTable } from "../../src/compiler/passes/compact-table.js";
import { runPasses } from "../../src/compiler/passes/pipeline.js";
import { Emulator } from "../../src/emulator/index.js";
import type { Image } from "../../src/image/image.js";
import { MEMORY } from "../../src/isa/generated.js";
import { CONFIGURATIONS, type Configuration } from "../../src/isa/index.js";
import { toReal } from "../../src/numerics/fixed.js";
import type { Packing } from "../../src/ternary/packing.js";
import { ReferenceModel } from "../support/reference.js";
import { FIXED } from "./arithmetic.js";
import { Evaluator } from "./evaluate.js";
import { anyModel, type TestModel, testModel } from "./models.js";

const anyPacking = fc.constantFrom<Packing>("t4", "t5");
const anyConfiguration = fc.constantFrom(...CONFIGURATIONS);
const RESET = 1n << 62n;
const HALT = -(1n << 63n);

function entry(token: number, count: number, flags = 0n): bigint {
  return BigInt(token) | (BigInt(count) << 32n) | flags;
}

/** A program on the emulator, and its vectors by symbol. */
class Running {
  private constructor(
    readonly emulator: Emulator,
    private readonly image: Image,
  ) {}

  static async start(image: Image, configuration: Configuration): Promise<Running> {
    const emulator = new Emulator({ configuration });
    await emulator.load(image);
    return new Running(emulator, image);
  }

  /** Runs until the program wants an entry; returns the tokens that it produced. */
  async feed(...entries: bigint[]): Promise<number[]> {
    expect(await this.emulator.pushInput(entries)).toBe(entries.length);
    expect(await this.emulator.run()).toEqual({ reason: "input" });
    return (await this.emulator.takeOutput()).map(Number);
  }

  async vector(symbol: string, length: number, row = 0): Promise<number[]> {
    const found = this.image.symbols.find(({ name }) => name === symbol)!;
    const stride = Math.ceil((length * 4) / MEMORY.line_bytes) * MEMORY.line_bytes;
    const bytes = await this.emulator.readMemory(found.address + row * stride, length * 4);
    return Array.from(new Int32Array(bytes.slice().buffer));
  }

  async control(token: number): Promise<void> {
    const { address } = this.image.symbols.find(({ name }) => name === "control")!;
    const bytes = new Uint8Array(BigInt64Array.of(BigInt(token)).buffer);
    await this.emulator.writeMemory(address, bytes);
  }
}

async function evaluatorOf(model: TestModel, vlmax: number, packing: Packing): Promise<Evaluator> {
  const source = await hgrnBit("test", model.config, model.checkpoint, { vlmax, packing });
  return new Evaluator(runPasses(source), model.weights, FIXED);
}

describe("a compiled program", () => {
  test("computes the bits that its intermediate representation means", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyModel,
        anyPacking,
        anyConfiguration,
        fc.boolean(),
        fc.integer({ min: 3, max: 8 }),
        async (model, packing, configuration, schedule, vectorRegisters) => {
          const options = { configuration, packing, schedule, vectorRegisters };
          const image = (await compile(model.checkpoint, options)).image();
          const running = await Running.start(image, configuration);
          const evaluator = await evaluatorOf(model, configuration.vlmax, packing);
          const { vocabularySize, layers, inputSize } = model.config;
          for (const token of [0, vocabularySize - 1, vocabularySize >> 1]) {
            const produced = await running.feed(entry(token, 1));
            expect(produced).toEqual([evaluator.step(token)]);
            expect(await running.vector("logits", vocabularySize)).toEqual([
              ...evaluator.vector("logits"),
            ]);
          }
          for (let layer = 0; layer < layers; layer++)
            expect(await running.vector("state", inputSize, layer)).toEqual([
              ...evaluator.vector("state", layer),
            ]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("is close to the model in double precision", async () => {
    const configuration = CONFIGURATIONS[0]!;
    await fc.assert(
      fc.asyncProperty(anyModel, anyPacking, async (model, packing) => {
        const { vocabularySize } = model.config;
        const image = (await compile(model.checkpoint, { configuration, packing })).image();
        const running = await Running.start(image, configuration);
        const reference = new ReferenceModel(model.config, model.tensors);
        let [product, own, theirs] = [0, 0, 0];
        for (let i = 0; i < 4; i++) {
          const token = (i * 7) % vocabularySize;
          await running.feed(entry(token, 1));
          const logits = (await running.vector("logits", vocabularySize)).map(toReal);
          const expected = reference.step(token);
          logits.forEach((logit, k) => {
            product += logit * expected[k]!;
            own += logit * logit;
            theirs += expected[k]! ** 2;
          });
        }
        if (theirs > 0) expect(product / Math.sqrt(own * theirs)).toBeGreaterThan(0.995);
      }),
      { numRuns: 30 },
    );
  });

  test("works with a vocabulary of many blocks, the loop over them included", async () => {
    // A machine with a small vlmax makes many blocks of a vocabulary that is quick to multiply.
    const configuration = { ...CONFIGURATIONS[0]!, vlmax: 96 };
    for (const [packing, vocabulary] of [
      ["t4", 97],
      ["t4", 960],
      ["t4", 1111],
      ["t5", 800],
      ["t5", 1043],
      ["t5", 81],
    ] as const) {
      const model = testModel({ vocab_size: vocabulary });
      const image = (await compile(model.checkpoint, { configuration, packing })).image();
      const running = await Running.start(image, configuration);
      const evaluator = await evaluatorOf(model, configuration.vlmax, packing);
      for (const token of [3, 5]) {
        const [best] = await running.feed(entry(token, 1));
        expect(best).toBe(evaluator.step(token));
        const logits = await running.vector("logits", vocabulary);
        expect(logits).toEqual([...evaluator.vector("logits")]);
        expect(best).toBe(logits.indexOf(Math.max(...logits)));
      }
    }
  });
});

test("narrow storage and a scaled stream mean the same to the program and to its representation", async () => {
  const model = testModel({ num_hidden_layers: 3 }, 9);
  const configuration = CONFIGURATIONS[0]!;
  const options = { constantTolerance: 1e-2, embeddingTolerance: 1e-2, streamFactor: 8 };
  const compiled = await compile(model.checkpoint, { configuration, packing: "t4", ...options });
  expect(compiled.ir()).toMatch(/^table .* stored i16/m);
  expect(compiled.ir()).toMatch(/^constant mlp_norm.* stored i16/m);
  const running = await Running.start(compiled.image(), configuration);
  const source = await hgrnBit("test", model.config, model.checkpoint, {
    vlmax: configuration.vlmax,
    packing: "t4",
  });
  const program = await compactTable(
    runPasses(source, options),
    EMBEDDINGS,
    model.checkpoint,
    options.embeddingTolerance,
  );
  const evaluator = new Evaluator(program, model.weights, FIXED);
  for (const token of [39, 7]) {
    expect(await running.feed(entry(token, 1))).toEqual([evaluator.step(token)]);
    expect(await running.vector("logits", 40)).toEqual([...evaluator.vector("logits")]);
  }
});

test("weights beyond the range of an element are reported", async () => {
  const model = testModel({});
  (model.tensors.get("model.embeddings.weight")!.data as Float32Array)[5] = -2500;
  const options = { configuration: CONFIGURATIONS[0]!, packing: "t4" } as const;
  const { diagnostics } = await compile(model.checkpoint, options);
  expect(diagnostics).toMatchObject([
    { severity: "warning", message: expect.stringMatching(/^model\.embeddings\.weight holds/) },
  ]);
  const smaller = await compile(model.checkpoint, { ...options, streamFactor: 0.5 });
  expect(smaller.diagnostics).toEqual([]);
});

test("the image's data is the data file itself, not a copy", async () => {
  const { checkpoint } = testModel({ vocab_size: 1000 });
  const compiled = await compile(checkpoint, {
    configuration: CONFIGURATIONS[0]!,
    packing: "t5",
  });
  const data = compiled.image().sections.find(({ name }) => name === ".data")!.data!;
  const file = compiled.files.get("test.bin")!;
  expect(data.buffer).toBe(file.buffer);
  expect(data.length).toBe(file.length);
});

describe("the token loop", () => {
  const model = testModel({ vocab_size: 30 }, 5);
  const configuration = CONFIGURATIONS[0]!;
  let running: Running;
  const start = async () => {
    const compiled = await compile(model.checkpoint, { configuration, packing: "t5" });
    running = await Running.start(compiled.image(), configuration);
  };
  afterEach(() => running.emulator.close());

  test("count n produces n tokens, each from the one before", async () => {
    await start();
    await running.control(-1);
    const run = await running.feed(entry(3, 6, RESET));
    expect(run.length).toBe(6);
    const single: number[] = [];
    let token = 3;
    for (let i = 0; i < 6; i++) {
      const [next] = await running.feed(entry(token, 1, i === 0 ? RESET : 0n));
      single.push(next!);
      token = next!;
    }
    expect(run).toEqual(single);
  });

  test("count 0 takes the token into the state and produces nothing", async () => {
    await start();
    expect(await running.feed(entry(4, 0, RESET), entry(9, 0))).toEqual([]);
    const state = await running.vector("state", 24, 1);
    expect(state.some((h) => h !== 0)).toBe(true);
    await running.feed(entry(4, 1, RESET), entry(9, 1));
    expect(await running.vector("state", 24, 1)).toEqual(state);
  });

  test("a run stops after the token in control", async () => {
    await start();
    await running.control(-1);
    const all = await running.feed(entry(3, 16, RESET));
    const stop = all[4]!;
    await running.control(stop);
    const cut = await running.feed(entry(3, 16, RESET));
    expect(cut).toEqual(all.slice(0, all.indexOf(stop) + 1));
  });

  test("control holds the end-of-text id at first", async () => {
    await start();
    expect((await running.vector("control", 2))[0]).toBe(model.config.eosTokenId);
  });

  test("reset makes the past forgotten", async () => {
    await start();
    const [first] = await running.feed(entry(7, 1, RESET));
    const logits = await running.vector("logits", 30);
    await running.feed(entry(2, 0), entry(11, 0));
    expect(await running.feed(entry(7, 1, RESET))).toEqual([first]);
    expect(await running.vector("logits", 30)).toEqual(logits);
  });

  test("bit 63 halts", async () => {
    await start();
    await running.emulator.pushInput([HALT]);
    expect(await running.emulator.run()).toEqual({ reason: "halted" });
  });

  test("a token beyond the vocabulary and a malformed entry trap", async () => {
    for (const [bad, value] of [
      [entry(30, 1), 1n],
      [entry(3, 1, 1n << 55n), 2n],
    ] as const) {
      await start();
      await running.emulator.pushInput([bad]);
      expect(await running.emulator.run()).toMatchObject({
        reason: "trap",
        trap: "software",
        value,
      });
    }
  });
});
