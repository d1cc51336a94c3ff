import { UserError } from "../diagnostics/diagnostic.js";

/** A tensor of a reference file, row-major. */
export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number | bigint>;
}

export type Golden = ReadonlyMap<string, GoldenTensor>;

/** The reference's likelihoods: one pass over a text, the state never reset. */
export interface GoldenText {
  /** positions + 1 ids */
  readonly ids: readonly number[];
  /** -ln p of each next id; absent when the file lacks it */
  readonly perToken?: readonly number[];
  /** the reference's most likely next id at each position; absent when the file lacks it */
  readonly argmax?: readonly number[];
}

/** The reference's logits for a prompt. */
export interface GoldenPrompt {
  readonly name: string;
  readonly ids: readonly number[];
  /** The logits of position i. */
  logits(position: number): ArrayLike<number>;
}

/** What the reference generated: a prompt, then what followed it. */
export interface GoldenGreedy {
  readonly name: string;
  readonly prompt: readonly number[];
  readonly generated: readonly number[];
}

/** What there is to compare with. */
export interface GoldenParts {
  readonly text?: GoldenText;
  readonly prompts: readonly GoldenPrompt[];
  readonly greedy: readonly GoldenGreedy[];
  /** Names of tensors that could have been there. */
  readonly lacks: readonly string[];
  /** Names of tensors that nothing here compares; `group.*` where that is all of a group. */
  readonly unused: readonly string[];
}

/** Ids that a `greedy` tensor starts with before the generated ones (the goldens' convention). */
const GREEDY_PROMPT = 16;

/** Reads tensors by name and remembers which were asked for. */
class Reader {
  readonly lacks: string[] = [];
  readonly #used = new Set<string>();

  constructor(
    private readonly golden: Golden,
    private readonly vocabulary: number,
  ) {}

  get unused(): string[] {
    const groupOf = (name: string) => name.split(".", 1)[0]!;
    const used = new Set([...this.#used].map(groupOf));
    const names = [...this.golden.keys()].filter((name) => !this.#used.has(name));
    const groups = names.map((name) => {
      const isWhole = name.includes(".") && !used.has(groupOf(name));
      return isWhole ? `${groupOf(name)}.*` : name;
    });
    return [...new Set(groups)].sort();
  }

  find(name: string, shape: readonly (number | undefined)[]): GoldenTensor | undefined {
    const tensor = this.golden.get(name);
    if (!tensor) {
      this.lacks.push(name);
      return undefined;
    }
    this.#used.add(name);
    const matches =
      tensor.shape.length === shape.length &&
      shape.every((size, i) => size === undefined || size === tensor.shape[i]);
    if (matches && tensor.data.length === tensor.shape.reduce((a, b) => a * b, 1)) return tensor;
    throw new UserError(
      `golden tensor "${name}" has shape [${tensor.shape.join(", ")}], expected [${shape.map((size) => size ?? "any").join(", ")}]`,
      "check that the golden file belongs to this model",
    );
  }

  numbers(name: string, length?: number): number[] | undefined {
    const tensor = this.find(name, [length]);
    return tensor && Array.from(tensor.data, Number);
  }

  ids(name: string, length?: number): number[] | undefined {
    const ids = this.numbers(name, length);
    const wrong = ids?.find((id) => !(Number.isInteger(id) && id >= 0 && id < this.vocabulary));
    if (wrong === undefined) return ids;
    throw new UserError(
      `golden tensor "${name}" holds id ${wrong}, the model's vocabulary has ${this.vocabulary}`,
      "check that the golden file belongs to this model",
    );
  }

  prompt(name: string, idsName: string, logitsName: string): GoldenPrompt | undefined {
    const ids = this.ids(idsName);
    if (!ids) return undefined;
    const logits = this.find(logitsName, [ids.length, this.vocabulary]);
    if (!logits) return undefined;
    const data = Float64Array.from({ length: logits.data.length }, (_, i) =>
      Number(logits.data[i]),
    );
    const row = this.vocabulary;
    return { name, ids, logits: (i) => data.subarray(i * row, (i + 1) * row) };
  }
}

function text(reader: Reader): GoldenText | undefined {
  const ids = reader.ids("nll.input_ids");
  if (!ids) return undefined;
  const positions = ids.length - 1;
  const perToken = reader.numbers("nll.per_token", positions);
  const argmax = reader.ids("nll.argmax", positions);
  return { ids, ...(perToken && { perToken }), ...(argmax && { argmax }) };
}

/**
 * Find what a golden file holds.
 * @throws UserError when a tensor's shape or ids do not fit the model
 */
export function goldenParts(golden: Golden, vocabulary: number): GoldenParts {
  const reader = new Reader(golden, vocabulary);
  const prompts: GoldenPrompt[] = [];
  const greedy: GoldenGreedy[] = [];
  const names = [...golden.keys()].flatMap((name) => /^(prompt\d+)\./.exec(name)?.[1] ?? []);
  for (const name of [...new Set(names)].sort()) {
    const prompt = reader.prompt(name, `${name}.input_ids`, `${name}.logits`);
    if (prompt) prompts.push(prompt);
    const ids = reader.ids(`${name}.greedy`);
    if (ids && ids.length > GREEDY_PROMPT)
      greedy.push({
        name,
        prompt: ids.slice(0, GREEDY_PROMPT),
        generated: ids.slice(GREEDY_PROMPT),
      });
  }
  const plain = golden.has("logits") && reader.prompt("logits", "input_ids", "logits");
  if (plain) prompts.push(plain);
  const found = text(reader);
  if (!found && prompts.length === 0 && greedy.length === 0)
    throw new UserError(
      "the golden file holds nothing to compare with",
      'it should have "nll.input_ids" with "nll.per_token", "prompt0.input_ids" with "prompt0.logits", or "input_ids" with "logits"',
    );
  return {
    ...(found && { text: found }),
    prompts,
    greedy,
    lacks: reader.lacks,
    unused: reader.unused,
  };
}
