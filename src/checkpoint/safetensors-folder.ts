import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../diagnostics/diagnostic.js";
import { readSmallFile } from "../tensors/byte-source.js";
import { isWeightType, WEIGHT_TYPES } from "../tensors/element-type.js";
import { SafetensorsFile } from "../tensors/safetensors.js";
import { decodeUtf8, isObject, parseJson, shown } from "../tensors/strict-json.js";
import { widenWeights } from "./kernels/kernels.js";
import { problemList } from "./problems.js";
import type { TensorSource } from "./tensor-source.js";

const SINGLE = "model.safetensors";
const INDEX = "model.safetensors.index.json";
const SHARD = /^model-\d+-of-\d+\.safetensors$/;
const LONGEST_INDEX = 64 << 20;
const INCOMPLETE = "the checkpoint is incomplete or mixed up: download or export it again";

/**
 * The weights of a checkpoint's folder: one file, or shards with an index.
 * @throws UserError when files are missing, damaged, or contradict the index
 */
export async function openSafetensorsFolder(folder: string): Promise<TensorSource> {
  const names = await listFolder(folder);
  // The order in which the transformers library looks for them.
  if (names.has(SINGLE)) return openFiles(folder, [SINGLE], undefined);
  if (names.has(INDEX)) return openShards(folder, names);
  throw noWeights(folder, names);
}

async function listFolder(folder: string): Promise<Set<string>> {
  try {
    return new Set(await readdir(folder));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const problem =
      code === "ENOENT" ? "does not exist" : code === "ENOTDIR" ? "is no folder" : `: ${code}`;
    throw new UserError(`${folder} ${problem}`, "give the folder of a Hugging Face checkpoint");
  }
}

function noWeights(folder: string, names: ReadonlySet<string>): UserError {
  const shards = [...names].filter((name) => SHARD.test(name));
  if (shards.length > 0) {
    return new UserError(`${folder} has shards (${shown(shards)}) but no ${INDEX}`, INCOMPLETE);
  }
  const other = [...names].filter((name) => /\.(bin|pt|pth|gguf|h5)$/.test(name));
  return new UserError(
    `${folder} has neither ${SINGLE} nor ${INDEX}`,
    other.length > 0
      ? `convert ${other[0]} with model.save_pretrained(folder, safe_serialization=True) of the transformers library`
      : "give the folder of a Hugging Face checkpoint",
  );
}

async function openShards(folder: string, names: ReadonlySet<string>): Promise<TensorSource> {
  const path = join(folder, INDEX);
  const text = decodeUtf8(path, await readSmallFile(path, LONGEST_INDEX), INCOMPLETE);
  const json = parseJson(path, text, INCOMPLETE);
  const map = isObject(json) ? json.weight_map : undefined;
  if (!isObject(map)) {
    throw new UserError(`${path}: expected "weight_map" to map tensors to files`, INCOMPLETE);
  }
  const weightMap = new Map<string, string>();
  const problems: string[] = [];
  for (const [tensor, shard] of Object.entries(map)) {
    if (typeof shard === "string" && /^[^/\\:]+\.safetensors$/.test(shard)) {
      weightMap.set(tensor, shard);
    } else {
      problems.push(
        `tensor ${shown(tensor)}: expected the name of a .safetensors file in the same folder, got ${shown(shard)}`,
      );
    }
  }
  const shards = [...new Set(weightMap.values())].sort();
  for (const shard of shards) if (!names.has(shard)) problems.push(`shard ${shard} is missing`);
  for (const name of names) {
    if (SHARD.test(name) && !shards.includes(name))
      problems.push(`shard ${name} is not in the index`);
  }
  if (problems.length > 0)
    throw problemList(`${path} and its folder disagree:`, problems, INCOMPLETE);
  return openFiles(folder, shards, { path, weightMap });
}

async function openFiles(
  folder: string,
  names: readonly string[],
  index: { path: string; weightMap: ReadonlyMap<string, string> } | undefined,
): Promise<TensorSource> {
  const files: SafetensorsFile[] = [];
  const close = async () => {
    for (const file of files) await file.close();
  };
  try {
    const holders = new Map<string, SafetensorsFile>();
    const problems: string[] = [];
    for (const name of names) {
      const file = await SafetensorsFile.open(join(folder, name));
      files.push(file);
      for (const [tensor, { type }] of file.tensors) {
        const promised = index?.weightMap.get(tensor);
        if (holders.has(tensor)) problems.push(`tensor ${shown(tensor)} is in two shards`);
        else if (index && promised !== name) {
          const where = promised ? `in ${promised}` : "nowhere";
          problems.push(`tensor ${shown(tensor)} is in ${name}, but the index has it ${where}`);
        }
        if (!isWeightType(type)) {
          problems.push(
            `tensor ${shown(tensor)} has type ${type}; expected ${WEIGHT_TYPES.join(", ")}`,
          );
        }
        holders.set(tensor, file);
      }
    }
    for (const [tensor, name] of index?.weightMap ?? []) {
      if (!holders.has(tensor)) {
        problems.push(`tensor ${shown(tensor)} is in no shard, but the index has it in ${name}`);
      }
    }
    if (problems.length > 0) {
      throw problemList(`${index?.path ?? files[0]!.path}:`, problems, INCOMPLETE);
    }
    return {
      name: folder,
      shapes: new Map([...holders].map(([name, file]) => [name, file.tensors.get(name)!.shape])),
      locate: (tensor) => holders.get(tensor)?.path ?? folder,
      read: (tensor, start, out) =>
        holders.get(tensor)!.readWeights(tensor, start, out, widenWeights),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
