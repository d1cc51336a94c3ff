import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  parseConfig,
  type ReleasedSize,
  releasedConfig,
  safetensorsStream,
  syntheticTensors,
} from "../checkpoint/index.js";
import { UserError } from "../diagnostics/diagnostic.js";
import type { WeightType } from "../tensors/element-type.js";
import { makeFolder } from "./make-folder.js";
import { writeBinary, writeText } from "./output.js";
import { Progress } from "./progress.js";
import { explainSystemError } from "./system-error.js";

/** What `synth` wrote. */
export interface SyntheticFolder {
  readonly folder: string;
  /** Paths of the files. */
  readonly written: readonly string[];
  readonly weights: number;
}

/**
 * Write a model of made-up weights in the shape of a released one: a config.json, and all weights
 * when a type for them is given.
 * @throws UserError when the folder holds another model, whose files are never replaced
 */
export async function writeSyntheticFolder(
  size: ReleasedSize,
  folder: string,
  type?: WeightType,
): Promise<SyntheticFolder> {
  const configPath = join(folder, "config.json");
  const weightsPath = join(folder, "model.safetensors");
  const json = releasedConfig(size);
  const text = `${JSON.stringify(json, null, 2)}\n`;
  createFolder(folder);
  refuseOther(configPath, (found) => found === text);
  if (type) refuseOther(weightsPath, () => false);

  const source = syntheticTensors(parseConfig(configPath, json));
  const weights = [...source.shapes.values()]
    .map((shape) => shape.reduce((product, dimension) => product * dimension, 1))
    .reduce((sum, count) => sum + count, 0);
  await writeText(configPath, text);
  if (!type) return { folder, written: [configPath], weights };
  const progress = new Progress("writing weights");
  try {
    const onProgress = (done: number, total: number) => progress.update(done, total);
    await writeBinary(weightsPath, safetensorsStream(source, type, onProgress));
  } finally {
    progress.finish();
  }
  return { folder, written: [configPath, weightsPath], weights };
}

function createFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    throw explainSystemError(error, `cannot create folder ${folder}`);
  }
}

/** @throws UserError when a file exists and is not what would be written */
function refuseOther(path: string, same: (text: string) => boolean): void {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status) return;
  const small = status.isFile() && status.size < 1 << 20;
  if (small && same(readFileSync(path, "utf8"))) return;
  throw new UserError(
    `${path} exists already`,
    "choose another folder with --output, or remove the file",
  );
}
