import { UserError } from "../diagnostics/diagnostic.js";
import { isObject, shown } from "../tensors/strict-json.js";

const MODELS = ["BPE", "Unigram", "WordPiece", "WordLevel"];

/** Checks what the tokenizer library would take on trust. */
export class TokenizerChecker {
  constructor(
    private readonly file: string,
    private readonly help: string,
    private readonly vocabularySize: number,
  ) {}

  /**
   * @param json the parsed tokenizer.json
   * @returns the same with the keys that the library insists on
   * @throws UserError
   */
  check(json: unknown): object {
    if (!isObject(json)) return this.fail(`expected a JSON object, got ${shown(json)}`);
    const { model, added_tokens: added = [] } = json;
    if (!isObject(model)) return this.fail(`expected "model" to be an object, got ${shown(model)}`);
    this.vocabulary(model);
    if (model.type === "BPE" || model.merges !== undefined) this.merges(model.merges);
    this.addedTokens(added);
    const absent = { normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null };
    return { ...absent, ...json, added_tokens: added };
  }

  private vocabulary({ type, vocab }: Readonly<Record<string, unknown>>): void {
    // Old files leave the type out: the library tells it by what else there is.
    if (type !== undefined && !MODELS.includes(type as string)) {
      this.fail(`"model.type" is ${shown(type)}; expected one of ${MODELS.join(", ")}`);
    }
    if (Array.isArray(vocab) && (type === "Unigram" || type === undefined)) {
      for (const [id, entry] of vocab.entries()) {
        if (!Array.isArray(entry) || typeof entry[0] !== "string" || typeof entry[1] !== "number") {
          this.fail(`entry ${id} of the vocabulary is ${shown(entry)}; expected [token, score]`);
        }
        this.id(entry[0], id);
      }
    } else if (isObject(vocab) && type !== "Unigram") {
      for (const [token, id] of Object.entries(vocab)) this.id(token, id);
    } else {
      const expected = type === "Unigram" ? "list tokens and scores" : "map tokens to ids";
      this.fail(`expected "model.vocab" to ${expected}, got ${shown(vocab)}`);
    }
  }

  private merges(merges: unknown): void {
    const list = this.list("model.merges", merges);
    for (const [i, merge] of list.entries()) {
      const pair = typeof merge === "string" ? merge.split(" ") : merge;
      // The library decides by the first merge how it reads all of them.
      const alike = typeof merge === typeof list[0];
      if (
        !alike ||
        !Array.isArray(pair) ||
        pair.length !== 2 ||
        pair.some((part) => typeof part !== "string")
      ) {
        this.fail(`merge ${i} is ${shown(merge)}; expected two tokens`);
      }
    }
  }

  private addedTokens(added: unknown): void {
    for (const token of this.list("added_tokens", added)) {
      if (isObject(token) && typeof token.content === "string" && token.content !== "") {
        this.id(token.content, token.id);
      } else this.fail(`added token ${shown(token)} has no "content"`);
    }
  }

  private list(key: string, value: unknown): readonly unknown[] {
    return Array.isArray(value)
      ? value
      : this.fail(`expected "${key}" to be a list, got ${shown(value)}`);
  }

  private id(token: string, id: unknown): void {
    if (typeof id !== "number" || !Number.isInteger(id) || id < 0) {
      this.fail(`token ${shown(token)} has id ${shown(id)}; expected a natural number`);
    } else if (id >= this.vocabularySize) {
      this.fail(
        `token ${shown(token)} has id ${id}; the model's vocabulary ends at ${this.vocabularySize - 1}`,
      );
    }
  }

  private fail(problem: string): never {
    throw new UserError(`${this.file}: ${problem}`, this.help);
  }
}
