import { basename, join, resolve } from "node:path";
import { readSmallFile } from "../tensors/byte-source.js";
import { elementCount, shapeText } from "../tensors/element-type.js";
import { decodeUtf8, parseJson, shown } from "../tensors/strict-json.js";
import { Checkpoint } from "./checkpoint.js";
import { type ModelConfig, parseConfig } from "./config.js";
import { EMBEDDINGS, expectedTensors, LM_HEAD } from "./inventory.js";
import { problemList } from "./problems.js";
import { openSafetensorsFolder } from "./safetensors-folder.js";
import { syntheticTensors } from "./synthetic.js";
import { chunks, type TensorSource } from "./tensor-source.js";

const LONGEST_CONFIG = 1 << 20;

/** The configuration of a checkpoint's folder. */
export async function readConfig(folder: string): Promise<ModelConfig> {
  const path = join(folder, "config.json");
  const help = "use the config.json of a Hugging Face checkpoint";
  const text = decodeUtf8(path, await readSmallFile(path, LONGEST_CONFIG), help);
  return parseConfig(path, parseJson(path, text, help));
}

export interface OpenOptions {
  /**
   * When weights are checked to be finite: at once, for which each is read; or when they are read
   * for use, which finds the same and gives the same error. Default: at once.
   */
  readonly checkValues?: "at once" | "when read";
}

/**
 * Open a Hugging Face checkpoint and check it against what its config.json promises.
 * @param folder holds config.json and safetensors files
 * @throws UserError that names all missing, unexpected, misshapen and non-finite tensors
 */
export async function openCheckpoint(
  folder: string,
  options: OpenOptions = {},
): Promise<Checkpoint> {
  const config = await readConfig(folder);
  const source = await openSafetensorsFolder(folder);
  return checkedCheckpoint(basename(resolve(folder)), config, source, options);
}

/** A checkpoint with the made-up weights of docs/checkpoints.md, from a folder's config.json. */
export async function syntheticCheckpoint(folder: string): Promise<Checkpoint> {
  const config = await readConfig(folder);
  return new Checkpoint(basename(resolve(folder)), config, syntheticTensors(config));
}

/** A checkpoint of any source, checked; the source is closed when it is wrong. */
export async function checkedCheckpoint(
  name: string,
  config: ModelConfig,
  source: TensorSource,
  { checkValues = "at once" }: OpenOptions = {},
): Promise<Checkpoint> {
  const damage = async () => {
    const problems = await valueProblems(new Checkpoint(name, config, source), source);
    if (problems.length > 0) return wrongWeights(source, problems);
    return new Error(`${source.name} changed while it was read`);
  };
  try {
    const later = checkValues === "when read";
    const checkpoint = new Checkpoint(name, config, source, later ? damage : undefined);
    const problems = shapeProblems(config, source);
    // Values are told together with the shapes that are wrong.
    if (!later || problems.length > 0) problems.push(...(await valueProblems(checkpoint, source)));
    if (problems.length === 0) problems.push(...(await tieProblems(checkpoint, source)));
    if (problems.length > 0) throw wrongWeights(source, problems);
    return checkpoint;
  } catch (error) {
    await source.close();
    throw error;
  }
}

function wrongWeights(source: TensorSource, problems: readonly string[]): Error {
  return problemList(
    `${source.name}: the weights are not what config.json promises:`,
    problems,
    "use the config.json that belongs to the weights, or download or export the checkpoint again",
  );
}

function shapeProblems(config: ModelConfig, source: TensorSource): string[] {
  const problems: string[] = [];
  const known = new Set<string>();
  for (const { name, shape } of expectedTensors(config)) {
    known.add(name);
    const found = source.shapes.get(name);
    if (!found) {
      if (name === LM_HEAD && config.tieWordEmbeddings) continue;
      problems.push(`tensor ${name} is missing; expected shape ${shapeText(shape)}`);
    } else if (shapeText(found) !== shapeText(shape)) {
      problems.push(
        `tensor ${name} has shape ${shapeText(found)}; expected ${shapeText(shape)} (${source.locate(name)})`,
      );
    }
  }
  for (const name of source.shapes.keys()) {
    if (!known.has(name)) {
      problems.push(`tensor ${shown(name)} is unexpected: the model has none of that name`);
    }
  }
  return problems;
}

/** Also fills the checkpoint's sums, so that ternarising reads each matrix only once more. */
async function valueProblems(checkpoint: Checkpoint, source: TensorSource): Promise<string[]> {
  const problems: string[] = [];
  for (const { name, shape } of checkpoint.tensors) {
    if (shapeText(source.shapes.get(name) ?? []) !== shapeText(shape)) continue;
    if (Number.isFinite(await checkpoint.absoluteSum(name))) continue;
    const { index, value } = await firstNonFinite(source, name, elementCount(shape));
    problems.push(
      `tensor ${name} holds ${value} at element ${index}; expected finite numbers (${source.locate(name)})`,
    );
  }
  return problems;
}

async function tieProblems(checkpoint: Checkpoint, source: TensorSource): Promise<string[]> {
  if (!checkpoint.config.tieWordEmbeddings || !source.shapes.has(LM_HEAD)) return [];
  if (await sameValues(checkpoint, source)) return [];
  return [
    `tensor ${LM_HEAD} differs from ${EMBEDDINGS}, but tie_word_embeddings says that they are one`,
  ];
}

async function firstNonFinite(
  source: TensorSource,
  name: string,
  count: number,
): Promise<{ index: number; value: number }> {
  let start = 0;
  for await (const chunk of chunks(source, name, 0, count)) {
    const at = chunk.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) return { index: start + at, value: chunk[at]! };
    start += chunk.length;
  }
  throw new Error(`${name} changed while it was read`);
}

async function sameValues(checkpoint: Checkpoint, source: TensorSource): Promise<boolean> {
  const count = elementCount(checkpoint.shape(EMBEDDINGS));
  const other = chunks(source, LM_HEAD, 0, count);
  for await (const chunk of chunks(source, EMBEDDINGS, 0, count)) {
    const { value } = await other.next();
    if (!value || chunk.some((x, i) => x !== value[i])) return false;
  }
  return true;
}
