import { Tokenizer as HuggingFaceTokenizer } from "@huggingface/tokenizers";
import { UserError } from "../diagnostics/diagnostic.js";
import { decodeUtf8, parseJson, shown } from "../tensors/strict-json.js";
import { streamText } from "./text-stream.js";
import type { TextStream, Tokenizer, Vocabulary } from "./tokenizer.js";
import { TokenizerChecker } from "./tokenizer-json-check.js";

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
    const description = new TokenizerChecker(file, HELP, vocabularySize).check(json);
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
