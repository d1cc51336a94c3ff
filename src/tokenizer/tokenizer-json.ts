import { Tokenizer as HuggingFaceTokenizer } from "@huggingface/tokenizers";
import { UserError } from "../diagnostics/diagnostic.js";
import { decodeUtf8, isObject, parseJson, shown } from "../tensors/strict-json.js";
import { streamText } from "./text-stream.js";
import type { TextStream, Tokenizer, Vocabulary } from "./tokenizer.js";

const MODELS = ["BPE", "Unigram", "WordPiece", "WordLevel"];
const HELP = "use the tokenizer.json that belongs to the checkpoint";

/** The tokenizer that a tokenizer.json describes. */
export class JsonTokenizer implements Tokenizer {
  readonly kind = "tokenizer.json";
  readonly vocabularySize: number;
  readonly bosTokenId?: number;
  readonly eosTokenId?: number;
  private readonly library: HuggingFaceTokenizer;

  /**
   * @param file named in messages
   * @param bytes of the tokenizer.json
   * @throws UserError when it is no tokenizer, or has ids that the model lacks
   */
  constructor(
    private readonly file: string,
    bytes: Uint8Array,
    { vocabularySize, bosTokenId, eosTokenId }: Vocabulary,
  ) {
    this.vocabularySize = vocabularySize;
    if (bosTokenId !== undefined) this.bosTokenId = bosTokenId;
    if (eosTokenId !== undefined) this.eosTokenId = eosTokenId;
    const json = parseJson(file, decodeUtf8(file, bytes, HELP), HELP);
    const description = checkTokenizer(file, json, vocabularySize);
    this.library = this.calling(() => new HuggingFaceTokenizer(description, {}));
  }

  encode(text: string): number[] {
    const ids = this.calling(() => this.library.encode(text).ids);
    for (const id of ids) {
      if (!Number.isInteger(id) || id >= this.vocabularySize) {
        throw new UserError(
          `${this.file} has no token for a part of the text ${shown(text)}`,
          "leave out characters that the model does not know",
        );
      }
    }
    return ids;
  }

  decode(ids: readonly number[]): string {
    // A vocabulary may be padded: the model can then choose ids that have no text.
    const known = ids.filter((id) => this.library.id_to_token(id) !== undefined);
    if (known.length === 0) return "";
    return this.calling(() =>
      this.library.decode(known, {
        skip_special_tokens: true,
        clean_up_tokenization_spaces: false,
      }),
    );
  }

  stream(context: readonly number[] = []): TextStream {
    return streamText((ids) => this.decode(ids), context);
  }

  /** The library takes much on trust: what it throws is about the file. */
  private calling<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new UserError(`${this.file} is no tokenizer that can be used: ${reason}`, HELP);
    }
  }
}

/** Check what the library would take on trust, and fill in what it insists on. */
function checkTokenizer(file: string, json: unknown, vocabularySize: number): object {
  const fail = (problem: string): never => {
    throw new UserError(`${file}: ${problem}`, HELP);
  };
  const checkId = (token: string, id: unknown) => {
    if (!Number.isInteger(id) || (id as number) < 0) {
      fail(`token ${shown(token)} has id ${shown(id)}; expected a natural number`);
    }
    if ((id as number) >= vocabularySize) {
      fail(
        `token ${shown(token)} has id ${shown(id)}; the model's vocabulary ends at ${vocabularySize - 1}`,
      );
    }
  };
  if (!isObject(json)) return fail(`expected a JSON object, got ${shown(json)}`);
  const { model, added_tokens: added = [] } = json;
  if (!isObject(model)) return fail(`expected "model" to be an object, got ${shown(model)}`);
  checkVocabulary(model, checkId, fail);
  if (model.type === "BPE" || model.merges !== undefined) checkMerges(model.merges, fail);
  if (!Array.isArray(added))
    return fail(`expected "added_tokens" to be a list, got ${shown(added)}`);
  for (const token of added) {
    if (!isObject(token) || typeof token.content !== "string" || token.content === "") {
      fail(`added token ${shown(token)} has no "content"`);
    }
    checkId(token.content, token.id);
  }
  const absent = { normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null };
  return { ...absent, ...json, added_tokens: added };
}

function checkVocabulary(
  { type, vocab }: Readonly<Record<string, unknown>>,
  checkId: (token: string, id: unknown) => void,
  fail: (problem: string) => never,
): void {
  // Old files leave the type out: the library tells it by what else there is.
  if (type !== undefined && !MODELS.includes(type as string)) {
    fail(`"model.type" is ${shown(type)}; expected one of ${MODELS.join(", ")}`);
  }
  if (Array.isArray(vocab) && (type === "Unigram" || type === undefined)) {
    vocab.forEach((entry, id) => {
      if (!Array.isArray(entry) || typeof entry[0] !== "string" || typeof entry[1] !== "number") {
        fail(`entry ${id} of the vocabulary is ${shown(entry)}; expected [token, score]`);
      }
      checkId(entry[0], id);
    });
  } else if (isObject(vocab) && type !== "Unigram") {
    for (const [token, id] of Object.entries(vocab)) checkId(token, id);
  } else {
    const expected = type === "Unigram" ? "list tokens and scores" : "map tokens to ids";
    fail(`expected "model.vocab" to ${expected}, got ${shown(vocab)}`);
  }
}

function checkMerges(merges: unknown, fail: (problem: string) => never): void {
  if (!Array.isArray(merges)) {
    fail(`expected "model.merges" to be a list, got ${shown(merges)}`);
    return;
  }
  merges.forEach((merge, i) => {
    const pair = typeof merge === "string" ? merge.split(" ") : merge;
    // The library decides by the first merge how it reads all of them.
    const alike = typeof merge === typeof merges[0];
    if (
      !alike ||
      !Array.isArray(pair) ||
      pair.length !== 2 ||
      pair.some((part) => typeof part !== "string")
    ) {
      fail(`merge ${i} is ${shown(merge)}; expected two tokens`);
    }
  });
}
