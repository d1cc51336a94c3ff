import { UserError } from "../diagnostics/diagnostic.js";
import type { Image, ImageSymbol } from "../image/image.js";

/** What a compiled model's image says of itself. */
export interface ModelDescription {
  readonly name: string;
  /** The checkpoint's config.json. */
  readonly config: Readonly<Record<string, unknown>>;
}

const MODEL_SECTION = ".ternac.model";

/** The description in an image's metadata, or undefined when it holds none. */
export function modelDescription(image: Image): ModelDescription | undefined {
  const section = image.sections.find(({ name }) => name === MODEL_SECTION);
  if (!section?.data) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(section.data));
  } catch {
    throw new UserError(
      `section "${MODEL_SECTION}" of the image is no JSON`,
      "compile the model again",
    );
  }
  const { name, config } = (value ?? {}) as Record<string, unknown>;
  if (typeof name !== "string" || typeof config !== "object" || config === null)
    throw new UserError(
      `section "${MODEL_SECTION}" of the image lacks "name" or "config"`,
      "compile the model again",
    );
  return { name, config: config as Record<string, unknown> };
}

/** The symbols that the host uses of a compiled model. */
export interface ModelSymbols {
  readonly logits: ImageSymbol;
  readonly state: ImageSymbol;
  readonly control: ImageSymbol;
  readonly vocabulary: number;
}

function find(image: Image, name: string, type: "q" | "i64"): ImageSymbol {
  const symbol = image.symbols.find((candidate) => candidate.name === name);
  if (symbol?.tensor?.type === type) return symbol;
  throw new UserError(
    `the image is no compiled model: ${symbol ? `its symbol "${name}" is no tensor of type ${type}` : `it has no symbol "${name}"`}`,
    "use `run` for a program of its own, or `compile` to make an image of a model",
  );
}

/** @throws UserError when the image is no compiled model */
export function modelSymbols(image: Image): ModelSymbols {
  const logits = find(image, "logits", "q");
  const vocabulary = logits.tensor!.shape.reduce((product, size) => product * size, 1);
  return {
    logits,
    state: find(image, "state", "q"),
    control: find(image, "control", "i64"),
    vocabulary,
  };
}
