import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectedTensors, type ModelConfig, parseConfig } from "../../src/checkpoint/index.js";
import {
  elementCount,
  type Tensor,
  type WeightType,
  writeSafetensors,
} from "../../src/tensors/index.js";

/** The smallest model that has everything: odd widths, two layers, lower bounds. */
export const TINY_CONFIG = {
  model_type: "hgrn_bit",
  architectures: ["HGRNBitForCausalLM"],
  vocab_size: 40,
  hidden_size: 24,
  num_hidden_layers: 2,
  intermediate_size: 36,
  bos_token_id: 0,
  eos_token_id: 1,
} as const;

export interface CheckpointOptions {
  /** Keys of config.json that differ from TINY_CONFIG. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Type of every tensor; F32 by default. */
  readonly type?: WeightType;
  /** More than one writes shards and an index. */
  readonly shards?: number;
  readonly seed?: number;
  /** Changes the tensors before they are written. */
  readonly change?: (tensors: Map<string, Tensor>) => void;
  /** Other files of the folder, such as tokenizer.json. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

/** Uniform numbers in [-1, 1) that depend on the seed only (xorshift32). */
export function randomNumbers(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) ^ 0x6d2b79f5 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >> 0) / 2 ** 31;
  };
}

/**
 * Random weights of a model of any shape, as they come out of training: matrices with deviations
 * that a ternary grid suits, norms around 1.
 */
export function randomTensors(
  config: ModelConfig,
  type: WeightType = "F32",
  seed = 1,
): Map<string, Tensor> {
  const random = randomNumbers(seed);
  const tensors = new Map<string, Tensor>();
  for (const { name, kind, shape } of expectedTensors(config)) {
    const tied = name === "lm_head.weight" && config.tieWordEmbeddings;
    if (tied) continue;
    const data = Float32Array.from({ length: elementCount(shape) }, () =>
      kind === "norm" ? 1 + 0.25 * random() : 0.1 * random(),
    );
    tensors.set(name, { type, shape, data });
  }
  return tensors;
}

/** Creates folders for a test file and removes them all; call `clean` in `afterAll`. */
export class TemporaryFolders {
  private readonly folders: string[] = [];

  async create(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "ternac-test-"));
    this.folders.push(folder);
    return folder;
  }

  async clean(): Promise<void> {
    for (const folder of this.folders.splice(0)) await rm(folder, { recursive: true, force: true });
  }
}

/** Write a tiny random checkpoint into a folder: config.json and its safetensors files. */
export async function writeCheckpoint(
  folder: string,
  options: CheckpointOptions = {},
): Promise<void> {
  const json = { ...TINY_CONFIG, ...options.config };
  const tensors = randomTensors(parseConfig("config.json", json), options.type, options.seed);
  options.change?.(tensors);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "config.json"), JSON.stringify(json, null, 2));
  await writeTensors(folder, tensors, options.shards ?? 1);
  for (const [name, content] of Object.entries(options.files ?? {})) {
    await writeFile(join(folder, name), content);
  }
}

/** Name of shard k (from 1) of n. */
export function shardName(k: number, n: number): string {
  const padded = (value: number) => String(value).padStart(5, "0");
  return `model-${padded(k)}-of-${padded(n)}.safetensors`;
}

/** Write model.safetensors, or that many shards with their index; tensors are dealt in turn. */
export async function writeTensors(
  folder: string,
  tensors: ReadonlyMap<string, Tensor>,
  shards: number,
): Promise<void> {
  if (shards === 1) {
    await writeFile(join(folder, "model.safetensors"), safetensorsBytes(tensors));
    return;
  }
  const weightMap: Record<string, string> = {};
  const parts = Array.from({ length: shards }, () => new Map<string, Tensor>());
  [...tensors].forEach(([name, tensor], i) => {
    parts[i % shards]!.set(name, tensor);
    weightMap[name] = shardName((i % shards) + 1, shards);
  });
  for (const [i, part] of parts.entries()) {
    await writeFile(join(folder, shardName(i + 1, shards)), safetensorsBytes(part));
  }
  await writeFile(
    join(folder, "model.safetensors.index.json"),
    JSON.stringify({ metadata: {}, weight_map: weightMap }),
  );
}

/** A safetensors file in one piece. */
export function safetensorsBytes(tensors: ReadonlyMap<string, Tensor>): Uint8Array {
  return Buffer.concat(writeSafetensors(tensors, { format: "pt" }));
}

/** A safetensors file with a header of the test's own making: any text, any claimed length. */
export function rawSafetensors(
  header: string,
  data: Uint8Array | number = 0,
  claimedLength = BigInt(Buffer.byteLength(header)),
): Uint8Array {
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(claimedLength);
  return Buffer.concat([
    prefix,
    Buffer.from(header),
    typeof data === "number" ? new Uint8Array(data) : data,
  ]);
}
