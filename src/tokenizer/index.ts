export { IdTokenizer } from "./ids.js";
export { loadTokenizer, parseTokenizer, readTokenizerFile } from "./load.js";
export type { TextStream, Tokenizer, Vocabulary } from "./tokenizer.js";
