import { TextDecoder } from "node:util";
import type { TextStream, Tokenizer, Vocabulary } from "./tokenizer.js";

/** Ids that are the bytes of UTF-8 text. */
export class ByteTokenizer implements Tokenizer {
  readonly kind = "bytes";
  readonly vocabularySize: number;
  readonly bosTokenId?: number;
  readonly eosTokenId?: number;

  constructor({ vocabularySize, bosTokenId, eosTokenId }: Vocabulary) {
    this.vocabularySize = vocabularySize;
    if (bosTokenId !== undefined) this.bosTokenId = bosTokenId;
    if (eosTokenId !== undefined) this.eosTokenId = eosTokenId;
  }

  encode(text: string): number[] {
    return [...new TextEncoder().encode(text)];
  }

  decode(ids: readonly number[]): string {
    return decoder().decode(Uint8Array.from(ids));
  }

  stream(): TextStream {
    const utf8 = decoder();
    return {
      push: (id) => utf8.decode(Uint8Array.of(id), { stream: true }),
      end: () => utf8.decode(),
    };
  }
}

/** Keeps a byte order mark: it is text like any other here. */
function decoder(): TextDecoder {
  return new TextDecoder("utf-8", { ignoreBOM: true });
}
