import { access } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../diagnostics/diagnostic.js";
import { readSmallFile } from "../tensors/byte-source.js";
import { ByteTokenizer } from "./bytes.js";
import type { Tokenizer, Vocabulary } from "./tokenizer.js";
import { JsonTokenizer } from "./tokenizer-json.js";

const FILE = "tokenizer.json";
const SENTENCE_PIECE = "tokenizer.model";
const LONGEST_TOKENIZER = 128 << 20;
/** A vocabulary of this size without a tokenizer is that of bytes. */
const BYTES = 256;

/**
 * The tokenizer of a checkpoint's folder.
 * @throws UserError when there is none, or only one that cannot be read
 */
export async function loadTokenizer(folder: string, vocabulary: Vocabulary): Promise<Tokenizer> {
  const bytes = await readTokenizerFile(folder);
  if (!bytes && (await exists(join(folder, SENTENCE_PIECE)))) {
    throw new UserError(
      `${folder} has only a SentencePiece tokenizer (${SENTENCE_PIECE}), which cannot be read`,
      `convert it once, with Python's transformers: AutoTokenizer.from_pretrained("${folder}").save_pretrained("${folder}") writes ${FILE}`,
    );
  }
  return parseTokenizer(bytes ? join(folder, FILE) : folder, bytes, vocabulary);
}

/** The bytes of a folder's tokenizer.json, as an image carries them; undefined when it has none. */
export async function readTokenizerFile(folder: string): Promise<Uint8Array | undefined> {
  const path = join(folder, FILE);
  return (await exists(path)) ? readSmallFile(path, LONGEST_TOKENIZER) : undefined;
}

/**
 * The tokenizer of tokenizer.json's bytes, or that of bytes where there is none.
 * @param name of the file, folder or image, for messages
 * @throws UserError when there is none and the vocabulary is not that of bytes
 */
export function parseTokenizer(
  name: string,
  bytes: Uint8Array | undefined,
  vocabulary: Vocabulary,
): Tokenizer {
  if (bytes) return new JsonTokenizer(name, bytes, vocabulary);
  if (vocabulary.vocabularySize === BYTES) return new ByteTokenizer(vocabulary);
  throw new UserError(
    `${name} has no ${FILE}, and a vocabulary of ${vocabulary.vocabularySize} is not that of bytes (${BYTES})`,
    `put the model's ${FILE} beside its config.json, or generate with --ids`,
  );
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
