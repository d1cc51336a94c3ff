import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Checkpoint, ModelConfig } from "../checkpoint/index.js";
import type { Compiled, MlgruLayer } from "../compiler/index.js";
import { UserError } from "../diagnostics/diagnostic.js";
import type { Image } from "../image/image.js";
import { DEFAULT_CONFIGURATION } from "../isa/configurations.js";
import type { Configuration } from "../isa/spec.js";
import type { Session } from "../session/index.js";
import type { Tokenizer } from "../tokenizer/index.js";
import { configurationFor } from "./configuration-for.js";
import { printDiagnostics } from "./diagnostics.js";
import { DEFAULT_PACKING, type ModelSettings, type TargetSettings } from "./flags.js";
import type { ImageCache } from "./image-cache.js";
import { imageKey } from "./image-key.js";
import { loadImage } from "./load-program.js";
import { type OpenedTarget, openTarget, type TargetPlaces } from "./open-target.js";
import { Progress } from "./progress.js";
import { UsageError } from "./usage-error.js";

/** A model that can run: compiled, with what the host needs to talk to it. */
export interface RunnableModel {
  readonly image: Image;
  readonly config: ModelConfig;
  /** @throws UserError when the model has none */
  tokenizer(): Promise<Tokenizer>;
}

/**
 * The model that comes with ternac: as an image in the package, as a checkpoint in the repository.
 * @param root folder of the package
 */
export function bundledModel(root: string): string {
  const image = join(root, "dist/models/shakespeare.elf");
  const folder = join(root, "models/shakespeare");
  // The checkpoint first: an image in a clone may be of an older build.
  const found = [folder, image].find((path) => existsSync(path));
  if (found) return found;
  throw new UsageError("expected a model: the folder of a checkpoint, or an image");
}

/** Whether a path is a checkpoint's folder rather than an image. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/**
 * Open a checkpoint's folder. Its weights are checked when they are read, so that none is read only
 * for that.
 * @throws UserError
 */
export async function openModelFolder(folder: string, synthetic: boolean): Promise<Checkpoint> {
  const { openCheckpoint, syntheticCheckpoint } = await import("../checkpoint/index.js");
  return synthetic
    ? syntheticCheckpoint(folder)
    : openCheckpoint(folder, { checkValues: "when read" });
}

/** Compile a checkpoint's folder, with progress and warnings on standard error. */
export async function compileFolder(
  folder: string,
  settings: ModelSettings,
  options: { readonly stem?: string } = {},
): Promise<Compiled> {
  const { compile } = await import("../compiler/index.js");
  const { readTokenizerFile } = await import("../tokenizer/index.js");
  const { tokenClocks } = await import("../session/index.js");
  const checkpoint = await openModelFolder(folder, settings.synthetic);
  const progress = new Progress("compiling, bytes of weights");
  try {
    const tokenizer = await readTokenizerFile(folder);
    const configuration = settings.config ?? DEFAULT_CONFIGURATION;
    const compiled = await compile(checkpoint, {
      configuration,
      measure: (image) => tokenClocks(image, configuration),
      packing: settings.packing ?? DEFAULT_PACKING,
      ...(tokenizer && { tokenizer }),
      ...options,
      onProgress: (done, total) => progress.update(done, total),
    });
    progress.finish();
    printDiagnostics(compiled.diagnostics);
    return compiled;
  } finally {
    progress.finish();
    await checkpoint.close();
  }
}

/** Compile a layer of the paper's token mixer. */
export async function compileLayer(
  layer: MlgruLayer,
  settings: ModelSettings,
  options: { readonly stem?: string } = {},
): Promise<Compiled> {
  const { compileMlgru } = await import("../compiler/index.js");
  return compileMlgru(layer, {
    configuration: settings.config ?? DEFAULT_CONFIGURATION,
    packing: settings.packing ?? DEFAULT_PACKING,
    ...options,
  });
}

/**
 * Open a model to run it: compile a checkpoint's folder, or take what it was compiled to before, or
 * read an image of one.
 * @param caching where compiled images are kept; without it the folder is compiled
 * @throws UserError
 */
export async function openModel(
  path: string,
  settings: ModelSettings,
  caching?: Caching,
): Promise<RunnableModel> {
  if (isFolder(path)) {
    const image = await imageOfFolder(path, settings, caching);
    return runnable(path, image, (config) => folderTokenizer(path, config, settings.synthetic));
  }
  if (settings.packing || settings.synthetic)
    throw new UsageError(
      `--${settings.packing ? "packing" : "synthetic"} is about compiling a checkpoint, and ${path} is no folder of one`,
    );
  const image = await loadImage(path);
  return runnable(path, image, async (config) => {
    const { parseTokenizer } = await import("../tokenizer/index.js");
    const section = image.sections.find(({ name }) => name === ".ternac.tokenizer");
    return parseTokenizer(path, section?.data, config);
  });
}

/** Where compiled images are kept, and the folder of the program that compiles them. */
export interface Caching {
  readonly cache: ImageCache;
  readonly program: string;
}

async function imageOfFolder(
  folder: string,
  settings: ModelSettings,
  caching: Caching | undefined,
): Promise<Image> {
  const keyNow = () =>
    caching &&
    imageKey(
      folder,
      {
        configuration: settings.config ?? DEFAULT_CONFIGURATION,
        packing: settings.packing ?? DEFAULT_PACKING,
        synthetic: settings.synthetic,
      },
      caching.program,
    );
  const key = keyNow();
  const cached = key && (await caching?.cache.find(key));
  if (cached) return cached;
  const compiled = await compileFolder(folder, settings);
  const image = compiled.image();
  // Not when a file changed meanwhile; nor with warnings, which are to come every time.
  if (key && key === keyNow() && compiled.diagnostics.length === 0)
    await caching?.cache.store(key, image);
  return image;
}

async function folderTokenizer(
  folder: string,
  config: ModelConfig,
  synthetic: boolean,
): Promise<Tokenizer> {
  const { IdTokenizer, loadTokenizer, readTokenizerFile } = await import("../tokenizer/index.js");
  if (synthetic && !(await readTokenizerFile(folder))) return new IdTokenizer(config);
  return loadTokenizer(folder, config);
}

async function runnable(
  path: string,
  image: Image,
  tokenizer: (config: ModelConfig) => Promise<Tokenizer>,
): Promise<RunnableModel> {
  const { modelDescription } = await import("../session/index.js");
  const { parseConfig } = await import("../checkpoint/index.js");
  const description = modelDescription(image);
  if (!description)
    throw new UserError(
      `${path} is an image, but not one of a compiled model`,
      "run a program of its own with: ternac run",
    );
  const config = parseConfig(path, description.config);
  return { image, config, tokenizer: () => tokenizer(config) };
}

/** A session with a model, and the machine that it is on. */
export interface OpenedSession {
  readonly session: Session;
  readonly opened: OpenedTarget;
}

/**
 * A session with a model on the machine that the flags ask for.
 * @param shown see `openTarget`
 * @throws UserError when the machine cannot run it
 */
export async function openSession(
  { image }: RunnableModel,
  settings: TargetSettings & { readonly config?: Configuration | undefined },
  places: TargetPlaces,
  shown = true,
): Promise<OpenedSession> {
  const { Session } = await import("../session/index.js");
  const configuration = configurationFor(image, settings.config);
  const opened = await openTarget(configuration, settings, places, shown);
  try {
    return { session: await Session.open(opened.target, image), opened };
  } catch (error) {
    await opened.close();
    throw error;
  }
}
