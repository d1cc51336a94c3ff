import { UserError } from "../diagnostics/diagnostic.js";
import type { Image } from "./image.js";
import { type MemoryRange, memoryContents } from "./memory-range.js";

const BYTE_HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));
const PIECE_CHARACTERS = 1 << 16;

/**
 * Text that Verilog's `$readmemh` reads (IEEE 1800, 21.4): one word a line, most significant digit
 * first, memory being little-endian; `@` lines give the word's index from the start of the range
 * where words are left out. What no section initialises is left out.
 * @param wordBits width of a word, a multiple of 8; 64 is an instruction
 * @returns pieces of the text, so that a large memory never is one string
 * @throws UserError when the range is unknown, or its contents do not begin at a word
 */
export function* readmemh(
  image: Image,
  range: MemoryRange,
  wordBits = 64,
): Generator<string, void, undefined> {
  if (!Number.isInteger(wordBits / 8) || wordBits < 8)
    throw new UserError(`a word of ${wordBits} bits; expected a multiple of 8`);
  const wordBytes = wordBits / 8;
  let text = "";
  let end = 0;
  for (const { offset, bytes } of memoryContents(image, range).pieces) {
    if (offset % wordBytes !== 0 || offset < end)
      throw new UserError(
        `contents begin ${offset} bytes into the range, inside a word of ${wordBits} bits`,
        "choose a narrower word, or one section",
      );
    if (offset !== end) text += `@${(offset / wordBytes).toString(16)}\n`;
    for (let at = 0; at < bytes.length; at += wordBytes) {
      for (let i = at + wordBytes - 1; i >= at; i--) text += BYTE_HEX[bytes[i] ?? 0];
      text += "\n";
      if (text.length >= PIECE_CHARACTERS) {
        yield text;
        text = "";
      }
    }
    end = offset + Math.ceil(bytes.length / wordBytes) * wordBytes;
  }
  if (text) yield text;
}
