import { copyFile, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import {
  Checkpoint,
  checkedCheckpoint,
  memoryTensors,
  openCheckpoint,
  parseConfig,
} from "../../src/checkpoint/index.js";
import type { Tensor } from "../../src/tensors/index.js";
import { pack } from "../../src/ternary/packing.js";
import {
  type CheckpointOptions,
  randomTensors,
  rawSafetensors,
  safetensorsBytes,
  shardName,
  TemporaryFolders,
  TINY_CONFIG,
  writeCheckpoint,
} from "../support/checkpoints.js";
import { succeeds, userError } from "../support/errors.js";

const folders = new TemporaryFolders();
afterAll(() => folders.clean());

async function make(options?: CheckpointOptions): Promise<string> {
  const folder = await folders.create();
  await writeCheckpoint(folder, options);
  return folder;
}

/** The lines after the title of the error that opening a folder gives. */
async function problems(folder: string): Promise<string[]> {
  const { message } = await userError(() => openCheckpoint(folder));
  expect(message).toContain(folder);
  return message.split("\n  - ").slice(1);
}

const INDEX = "model.safetensors.index.json";
const MATRIX = "model.layers.1.attn.o_proj.weight";

describe("reading", () => {
  test.each<[string, CheckpointOptions]>([
    ["F32", {}],
    ["F16", { type: "F16" }],
    ["BF16", { type: "BF16" }],
    ["shards", { shards: 3 }],
    ["shards of F16", { shards: 2, type: "F16" }],
    ["no lower bounds", { config: { use_lower_bound: false } }],
    ["expansion and heads", { config: { use_lower_bound: false, expand_ratio: 2, num_heads: 2 } }],
    [
      "one layer, expanded, with lower bounds",
      { config: { num_hidden_layers: 1, expand_ratio: 2 } },
    ],
    ["default intermediate size", { config: { intermediate_size: null } }],
    ["intermediate size 720", { config: { intermediate_size: 720 } }],
  ])("%s", async (_, options) => {
    const folder = await make(options);
    const checkpoint = await openCheckpoint(folder);
    const json = { ...TINY_CONFIG, ...options.config };
    const written = randomTensors(parseConfig("config.json", json), options.type);
    expect(checkpoint.config.json).toEqual(json);
    expect(checkpoint.tensors.map(({ name }) => name).sort()).toEqual([...written.keys()].sort());
    const precision = { F32: 0, F16: 2 ** -11, BF16: 2 ** -8 }[options.type ?? "F32"];
    for (const { name, shape } of checkpoint.tensors) {
      const tensor = await checkpoint.readTensor(name);
      const original = written.get(name)!;
      expect(shape).toEqual(original.shape);
      const errors = tensor.map((x, i) => Math.abs(x - Number(original.data[i])));
      expect(Math.max(...errors)).toBeLessThanOrEqual(precision * 1.25);
    }
    await checkpoint.close();
  });

  test("rows of a matrix have the scale of all of it", async () => {
    const checkpoint = await openCheckpoint(await make());
    const whole = await checkpoint.ternaryMatrix(MATRIX);
    const range = { start: 7, end: 19 };
    const part = await checkpoint.ternaryMatrix(MATRIX, range);
    expect(part.scale).toBe(whole.scale);
    expect(part.rows).toBe(12);
    const { columns } = whole;
    expect(part.trits).toEqual(whole.trits.subarray(7 * columns, 19 * columns));
    const weights = await checkpoint.readTensor(MATRIX);
    expect(await checkpoint.readRows(MATRIX, range)).toEqual(
      weights.subarray(7 * columns, 19 * columns),
    );
    const packed = await checkpoint.packedMatrix(MATRIX, "t5", range);
    expect(packed.counts).toEqual(part.counts);
    await checkpoint.close();
  });

  test("a matrix of several chunks is the same in one piece and in pieces", async () => {
    const shape = [3000, 700];
    const config = parseConfig("c", { ...TINY_CONFIG, vocab_size: 3000, hidden_size: 700 });
    const data = Float32Array.from({ length: 3000 * 700 }, (_, i) => Math.sin(i) / (1 + (i % 7)));
    const source = memoryTensors("memory", new Map([["lm_head.weight", { shape, data }]]));
    const checkpoint = new Checkpoint("m", config, source);
    const done: number[] = [];
    const packed = await checkpoint.packedMatrix("lm_head.weight", "t5", undefined, (row) => {
      done.push(row);
    });
    const matrix = await checkpoint.ternaryMatrix("lm_head.weight");
    expect(done.length).toBeGreaterThan(1);
    expect(done.at(-1)).toBe(3000);
    expect(packed.counts).toEqual(matrix.counts);
    const mean = data.reduce((sum, w) => sum + Math.abs(w), 0) / data.length;
    expect(matrix.scale).toBe(Math.fround(1 / Math.fround(mean)));
    expect(packed.bytes).toEqual(pack(matrix.trits, 3000, 700, "t5"));
  });

  test("a tied output matrix is the embeddings, whether it is stored or not", async () => {
    const config = { tie_word_embeddings: true };
    const stored = (tensors: Map<string, Tensor>) =>
      tensors.set("lm_head.weight", tensors.get("model.embeddings.weight")!);
    for (const change of [undefined, stored]) {
      const checkpoint = await openCheckpoint(await make({ config, ...(change && { change }) }));
      expect(await checkpoint.readTensor("lm_head.weight")).toEqual(
        await checkpoint.readTensor("model.embeddings.weight"),
      );
      expect((await checkpoint.ternaryMatrix("lm_head.weight")).rows).toBe(TINY_CONFIG.vocab_size);
      await checkpoint.close();
    }
  });

  test("two tensors that are tied but differ are refused", async () => {
    const folder = await make({
      config: { tie_word_embeddings: true },
      change: (tensors) => {
        const { type, shape, data } = tensors.get("model.embeddings.weight")!;
        const changed = Float32Array.from(data as Float32Array);
        changed[5]! += 1;
        tensors.set("lm_head.weight", { type, shape, data: changed });
      },
    });
    expect(await problems(folder)).toEqual([
      "tensor lm_head.weight differs from model.embeddings.weight, but tie_word_embeddings says that they are one",
    ]);
  });
});

describe("weights that are not what the configuration promises", () => {
  test("missing, unexpected, misshapen and non-finite tensors are named in one error", async () => {
    const folder = await make({
      change: (tensors) => {
        tensors.delete("model.norm.weight");
        tensors.delete("model.layers.0.mlp.down_proj.norm.weight");
        tensors.set("model.layers.0.attn.i_proj.bias", {
          type: "F32",
          shape: [24],
          data: new Float32Array(24),
        });
        const matrix = tensors.get(MATRIX)!;
        tensors.set(MATRIX, { ...matrix, shape: [12, 48] });
        (tensors.get("lm_head.weight")!.data as Float32Array)[77] = Number.NaN;
        (tensors.get("model.lower_bounds")!.data as Float32Array)[3] = -Infinity;
      },
    });
    const path = join(folder, "model.safetensors");
    expect(await problems(folder)).toEqual([
      "tensor model.layers.0.mlp.down_proj.norm.weight is missing; expected shape [36]",
      `tensor ${MATRIX} has shape [12, 48]; expected [24, 24] (${path})`,
      "tensor model.norm.weight is missing; expected shape [24]",
      'tensor "model.layers.0.attn.i_proj.bias" is unexpected: the model has none of that name',
      `tensor model.lower_bounds holds -Infinity at element 3; expected finite numbers (${path})`,
      `tensor lm_head.weight holds NaN at element 77; expected finite numbers (${path})`,
    ]);
  });

  test("a transposed matrix is misshapen", async () => {
    const folder = await make({
      change: (tensors) => {
        const name = "model.layers.0.mlp.gate_proj.weight";
        tensors.set(name, { ...tensors.get(name)!, shape: [24, 72] });
      },
    });
    expect((await problems(folder))[0]).toContain("has shape [24, 72]; expected [72, 24]");
  });

  test("another model's weights give a list that ends", async () => {
    const folder = await make({ config: { num_hidden_layers: 60, use_lower_bound: false } });
    const other = await make({ config: { use_lower_bound: false } });
    await copyFile(join(other, "model.safetensors"), join(folder, "model.safetensors"));
    const lines = await problems(folder);
    expect(lines).toHaveLength(61);
    expect(lines.at(-1)).toBe("and 810 more");
  });

  test("an infinity in half precision is found", async () => {
    const folder = await make({
      type: "F16",
      change: (tensors) => {
        (tensors.get("model.norm.weight")!.data as Float32Array)[0] = 1e6;
      },
    });
    expect((await problems(folder))[0]).toContain("holds Infinity at element 0");
  });

  test("integers are no weights", async () => {
    const folder = await make({
      change: (tensors) =>
        tensors.set("model.norm.weight", { type: "I32", shape: [24], data: new Int32Array(24) }),
    });
    expect(await problems(folder)).toEqual([
      'tensor "model.norm.weight" has type I32; expected F32, F16, BF16',
    ]);
  });

  test("a source in memory is checked alike", async () => {
    const config = parseConfig("c", TINY_CONFIG);
    const tensors = randomTensors(config) as Map<string, Tensor & { data: Float32Array }>;
    await (await checkedCheckpoint("m", config, memoryTensors("memory", tensors))).close();
    tensors.delete("lm_head.weight");
    const error = await userError(() =>
      checkedCheckpoint("m", config, memoryTensors("memory", tensors)),
    );
    expect(error.message).toContain("tensor lm_head.weight is missing; expected shape [40, 24]");
  });
});

describe("folders", () => {
  test.each<[string, (folder: string) => Promise<unknown>, string]>([
    ["no folder", (f) => rm(f, { recursive: true }), "config.json does not exist"],
    ["no config.json", (f) => rm(join(f, "config.json")), "config.json does not exist"],
    [
      "config.json is no JSON",
      (f) => writeFile(join(f, "config.json"), "{,}"),
      "config.json:1:2: expected a key",
    ],
    [
      "config.json has a key twice",
      (f) => writeFile(join(f, "config.json"), '{"hidden_size":1,"hidden_size":2}'),
      'key "hidden_size" occurs twice',
    ],
    [
      "config.json is huge",
      (f) => writeFile(join(f, "config.json"), Buffer.alloc(2 ** 21, 32)),
      "has 2097152 bytes; at most 1048576 are expected",
    ],
    [
      "config.json is no object",
      (f) => writeFile(join(f, "config.json"), "[]"),
      "expected a JSON object",
    ],
    [
      "no weights",
      (f) => rm(join(f, "model.safetensors")),
      `has neither model.safetensors nor ${INDEX}`,
    ],
    [
      "weights of another kind",
      (f) => rename(join(f, "model.safetensors"), join(f, "pytorch_model.bin")),
      "has neither model.safetensors",
    ],
    [
      "shards without an index",
      (f) => rename(join(f, "model.safetensors"), join(f, shardName(1, 2))),
      `has shards (["model-00001-of-00002.safetensors"]) but no ${INDEX}`,
    ],
    [
      "empty weights",
      (f) => writeFile(join(f, "model.safetensors"), ""),
      "has 0 bytes; a safetensors file has at least 8",
    ],
  ])("%s", async (_, change, expected) => {
    const folder = await make();
    await change(folder);
    expect((await userError(() => openCheckpoint(folder))).message).toContain(expected);
  });

  test("weights of another kind come with the way to convert them", async () => {
    const folder = await make();
    await rename(join(folder, "model.safetensors"), join(folder, "pytorch_model.bin"));
    const { help } = await userError(() => openCheckpoint(folder));
    expect(help).toContain("convert pytorch_model.bin with model.save_pretrained");
  });

  test("a weight file that is cut anywhere, or damaged in its header, is a UserError", async () => {
    const folder = await make();
    const path = join(folder, "model.safetensors");
    const bytes = await readFile(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
        await writeFile(path, bytes.subarray(0, length));
        expect(await succeeds(() => openCheckpoint(folder))).toBe(false);
      }),
      { numRuns: 40 },
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(3000), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const damaged = Uint8Array.from(bytes);
        damaged[at]! ^= change;
        await writeFile(path, damaged);
        await succeeds(async () => (await openCheckpoint(folder)).close());
      }),
      { numRuns: 100 },
    );
  });
});

describe("shards", () => {
  const SHARD = shardName(2, 3);

  async function withIndex(change: (index: { weight_map: Record<string, unknown> }) => void) {
    const folder = await make({ shards: 3 });
    const path = join(folder, INDEX);
    const index = JSON.parse(await readFile(path, "utf8"));
    change(index);
    await writeFile(path, JSON.stringify(index));
    return folder;
  }

  test("a shard is missing", async () => {
    const folder = await make({ shards: 3 });
    await rm(join(folder, SHARD));
    expect(await problems(folder)).toEqual([`shard ${SHARD} is missing`]);
  });

  test("a shard is not in the index", async () => {
    const folder = await make({ shards: 3 });
    await copyFile(join(folder, SHARD), join(folder, shardName(4, 4)));
    expect(await problems(folder)).toEqual([`shard ${shardName(4, 4)} is not in the index`]);
  });

  test("a shard holds another one's tensors", async () => {
    const folder = await make({ shards: 3 });
    await copyFile(join(folder, shardName(1, 3)), join(folder, SHARD));
    const lines = await problems(folder);
    expect(lines).toContain('tensor "model.embeddings.weight" is in two shards');
    expect(lines).toContain(
      `tensor "model.lower_bounds" is in no shard, but the index has it in ${SHARD}`,
    );
  });

  test("the index puts a tensor elsewhere, leaves one out, or invents one", async () => {
    const folder = await withIndex(({ weight_map }) => {
      weight_map["model.lower_bounds"] = shardName(1, 3);
      delete weight_map["model.norm.weight"];
      weight_map.invented = SHARD;
    });
    const lines = await problems(folder);
    expect(lines).toHaveLength(3);
    expect(lines).toContain(
      `tensor "model.lower_bounds" is in ${SHARD}, but the index has it in ${shardName(1, 3)}`,
    );
    expect(lines.join()).toMatch(/"model.norm.weight" is in \S+, but the index has it nowhere/);
    expect(lines).toContain(`tensor "invented" is in no shard, but the index has it in ${SHARD}`);
  });

  test.each([
    ["../other.safetensors"],
    ["/etc/passwd"],
    ["a\\b.safetensors"],
    [7],
    [null],
    ["x.bin"],
  ])("the index names %j, which is no file of the folder", async (shard) => {
    const folder = await withIndex(({ weight_map }) => {
      weight_map["model.norm.weight"] = shard;
    });
    expect((await problems(folder))[0]).toBe(
      `tensor "model.norm.weight": expected the name of a .safetensors file in the same folder, got ${JSON.stringify(shard)}`,
    );
  });

  test.each([
    ["[]", 'expected "weight_map" to map tensors to files'],
    ['{"weight_map":[]}', 'expected "weight_map" to map tensors to files'],
    ['{"weight_map":{"a":"b","a":"c"}}', 'key "a" occurs twice'],
    ["", "expected a JSON value"],
  ])("the index is %j", async (text, expected) => {
    const folder = await make({ shards: 3 });
    await writeFile(join(folder, INDEX), text);
    expect((await userError(() => openCheckpoint(folder))).message).toContain(expected);
  });

  test("a damaged shard is named", async () => {
    const folder = await make({ shards: 3 });
    await writeFile(join(folder, SHARD), rawSafetensors("{}", 0, 2n ** 40n));
    const { message } = await userError(() => openCheckpoint(folder));
    expect(message).toContain(`${join(folder, SHARD)}: its header claims 1099511627776 bytes`);
  });

  test("an index without tensors has none of the model's", async () => {
    const folder = await withIndex((index) => {
      index.weight_map = {};
    });
    expect((await problems(folder)).join()).toContain(`shard ${SHARD} is not in the index`);
    for (const k of [1, 2, 3]) await rm(join(folder, shardName(k, 3)));
    expect((await problems(folder))[0]).toContain("tensor model.embeddings.weight is missing");
  });
});

test("a header that claims 100 MB in a small file costs no memory", async () => {
  const folder = await make();
  await writeFile(join(folder, "model.safetensors"), rawSafetensors("{}", 0, 99_999_999n));
  const before = process.memoryUsage().arrayBuffers;
  await userError(() => openCheckpoint(folder));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e6);
});

test("a huge shape in config.json costs no memory before the weights are seen", async () => {
  const folder = await make();
  const config = { ...TINY_CONFIG, vocab_size: 2 ** 22, hidden_size: 2 ** 16 };
  await writeFile(join(folder, "config.json"), JSON.stringify(config));
  const before = process.memoryUsage().arrayBuffers;
  const lines = await problems(folder);
  expect(lines[0]).toContain("expected [4194304, 65536]");
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16e6);
});

test("the helper's files are what the format asks for", () => {
  const bytes = safetensorsBytes(randomTensors(parseConfig("c", TINY_CONFIG)));
  const header = Number(Buffer.from(bytes).readBigUInt64LE());
  expect(header % 8).toBe(0);
  expect(Object.keys(JSON.parse(Buffer.from(bytes).toString("utf8", 8, 8 + header)))[0]).toBe(
    "__metadata__",
  );
});
