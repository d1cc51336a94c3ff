import { UserError } from "../diagnostics/diagnostic.js";
import type { TextStream, Tokenizer, Vocabulary } from "./tokenizer.js";

/** Text that is token ids in decimal, separated by white space: for models without a tokenizer. */
export class IdTokenizer implements Tokenizer {
  readonly kind = "ids";
  readonly vocabularySize: number;
  readonly bosTokenId?: number;
  readonly eosTokenId?: number;

  constructor({ vocabularySize, bosTokenId, eosTokenId }: Vocabulary) {
    this.vocabularySize = vocabularySize;
    if (bosTokenId !== undefined) this.bosTokenId = bosTokenId;
    if (eosTokenId !== undefined) this.eosTokenId = eosTokenId;
  }

  encode(text: string): number[] {
    const words = text.split(/[\s,]+/).filter(Boolean);
    return words.map((word) => {
      const id = Number(word);
      if (/^\d+$/.test(word) && id < this.vocabularySize) return id;
      throw new UserError(
        `"${word}" is no token id`,
        `without a tokenizer a prompt is ids from 0 to ${this.vocabularySize - 1}, such as: 12 7 300`,
      );
    });
  }

  decode(ids: readonly number[]): string {
    return ids.join(" ");
  }

  /** Every id, the first too if others came before it, is separated from the one before it. */
  stream(context: readonly number[] = []): TextStream {
    let separator = context.length > 0 ? " " : "";
    return {
      push(id) {
        const text = `${separator}${id}`;
        separator = " ";
        return text;
      },
      end: () => "",
    };
  }
}
