import { createHash, type Hash } from "node:crypto";
import { type BigIntStats, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { ISA } from "../isa/index.js";
import type { Configuration } from "../isa/spec.js";
import type { Packing } from "../ternary/packing.js";

/**
 * A file that changed this recently may change again without a trace in its times: file systems
 * count them in steps of up to 2 s.
 */
const SETTLED_MS = 2500;
const LONGEST_CONFIG = 1 << 20;

/** What an image is compiled from, beside the folder's files. */
export interface CompileInputs {
  readonly configuration: Configuration;
  readonly packing: Packing;
  readonly synthetic: boolean;
}

/**
 * Names what compiling a folder gives: equal keys mean equal images. Of weights and of the program's
 * own files it takes what the file system says of them, above all the time of the last change, which
 * no write leaves as it was (docs/decisions/0013-image-cache.md).
 * @param program folder of this package, whose code makes the image
 * @param now milliseconds since 1970
 * @returns undefined when a file changed only just, or cannot be read
 */
export function imageKey(
  folder: string,
  inputs: CompileInputs,
  program: string,
  now = Date.now(),
): string | undefined {
  const hash = createHash("sha256");
  const { configuration, packing, synthetic } = inputs;
  const name = basename(resolve(folder)); // an image has it
  hash.update(JSON.stringify({ name, isa: ISA, configuration, packing, synthetic }));
  try {
    hash.update(readFileSync(join(program, "package.json")));
    for (const file of programFiles(program))
      addFile(hash, file, statSync(join(program, file), { bigint: true }));
    const config = join(folder, "config.json");
    if (statSync(config).size > LONGEST_CONFIG) return undefined;
    hash.update(readFileSync(config));
    for (const file of modelFiles(folder, synthetic)) {
      const status = statSync(join(folder, file), { bigint: true });
      if (now - Number(status.ctimeMs) < SETTLED_MS) return undefined;
      addFile(hash, file, status);
    }
  } catch {
    return undefined; // whoever compiles the folder will say what is wrong with it
  }
  return hash.digest("hex");
}

function modelFiles(folder: string, synthetic: boolean): string[] {
  const wanted = synthetic
    ? /^tokenizer\.(json|model)$/
    : /\.safetensors$|\.json$|^tokenizer\.model$/;
  return readdirSync(folder)
    .filter((name) => wanted.test(name) && statSync(join(folder, name)).isFile())
    .sort();
}

/** The built program, and its sources where they are what runs. */
function programFiles(program: string): string[] {
  return ["dist", "src"].flatMap((part) =>
    listRecursively(join(program, part))
      .filter((name) => /(?<!\.test|\.d)\.[jt]s$/.test(name))
      .sort()
      .map((name) => join(part, name)),
  );
}

function listRecursively(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true }) as string[];
  } catch {
    return [];
  }
}

function addFile(hash: Hash, name: string, status: BigIntStats): void {
  const { dev, ino, size, mtimeNs, ctimeNs } = status;
  hash.update(`\n${name}\0${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}`);
}
