import type { Range } from "./ast.js";

/** Characters of a piece, about: enough that the lexer's fixed cost does not count. */
const PIECE = 32768;

/**
 * Cuts a text where a line ends and no token does not: not in a continued line, and not at all if it
 * has comments that may go over several lines.
 */
export function* pieces(text: string): Generator<Range, void, undefined> {
  if (text.length <= 2 * PIECE || text.includes("/*")) {
    yield { start: 0, end: text.length };
    return;
  }
  let start = 0;
  while (start < text.length) {
    let end = text.indexOf("\n", start + PIECE) + 1;
    while (end > 0 && isContinued(text, end - 1)) end = text.indexOf("\n", end) + 1;
    if (end === 0) end = text.length;
    yield { start, end };
    start = end;
  }
}

/** Whether a line that ends at an offset goes on in the next one: a backslash, then blanks. */
function isContinued(text: string, newline: number): boolean {
  let at = newline - 1;
  while (at >= 0 && /[ \t\r]/.test(text[at]!)) at--;
  return text[at] === "\\";
}
