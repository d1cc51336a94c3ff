/** What a tokenizer must know of its model; a ModelConfig has it. */
export interface Vocabulary {
  /** Ids are below it. */
  readonly vocabularySize: number;
  readonly bosTokenId?: number;
  readonly eosTokenId?: number;
}

/** Text to token ids and back. */
export interface Tokenizer extends Vocabulary {
  readonly kind: "bytes" | "ids" | "tokenizer.json";
  /**
   * Ids of a text, with the special tokens that the tokenizer puts around one.
   * @throws UserError when the tokenizer has no id for a part of it
   */
  encode(text: string): number[];
  /** Text of ids, without special tokens; bytes that are no UTF-8 become U+FFFD. */
  decode(ids: readonly number[]): string;
  /**
   * A decoder for ids that come one by one.
   * @param context ids before the first, such as the prompt's: they decide whether a space
   * separates the first word
   */
  stream(context?: readonly number[]): TextStream;
}

/** Gives text as soon as it is certain: never a part of a character. */
export interface TextStream {
  /** The text that `id` completes; often empty when a character spans several ids. */
  push(id: number): string;
  /** What was held back, at the end of the text. */
  end(): string;
}
