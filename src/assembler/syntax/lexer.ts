import { type IToken, Lexer } from "chevrotain";
import type { SyntaxProblem } from "./ast.js";
import { Newline, TOKENS, UnclosedComment, UnclosedText } from "./tokens.js";

const lexer = new Lexer(TOKENS, {
  positionTracking: "onlyOffset",
  ensureOptimizations: true,
  skipValidations: true,
});

/** A text as tokens, in the lines that are not blank. */
export interface LexedLines {
  readonly tokens: readonly IToken[];
  /** Line i is tokens `starts[i]` to `ends[i] - 1`; none if there is only an error in it. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** By line: the first thing in it that is no token. */
  readonly errors: ReadonlyMap<number, SyntaxProblem>;
}

/**
 * The tokens of a piece of a text, with offsets in the whole text.
 * @param end behind a line's end, or the text's
 */
export function lexLines(text: string, from: number, end: number): LexedLines {
  const whole = from === 0 && end === text.length;
  const { tokens, errors } = lexer.tokenize(whole ? text : text.slice(from, end));
  if (from > 0) for (const token of tokens) token.startOffset += from;
  const found = errors.map(({ offset, length }) => unknownText(text, from + offset, length));
  for (const token of tokens) {
    if (token.tokenTypeIdx === UnclosedText.tokenTypeIdx)
      found.push(unclosed(token, "string", 'close it with " on the same line'));
    else if (token.tokenTypeIdx === UnclosedComment.tokenTypeIdx)
      found.push(unclosed(token, "comment", "close it with */"));
  }
  found.sort((a, b) => a.start - b.start);

  const starts: number[] = [];
  const ends: number[] = [];
  const firstErrors = new Map<number, SyntaxProblem>();
  let start = 0;
  let nextError = 0;
  for (let i = 0; i <= tokens.length; i++) {
    const token = tokens[i];
    if (token && token.tokenTypeIdx !== Newline.tokenTypeIdx) continue;
    const lineEnd = token ? token.startOffset : Number.POSITIVE_INFINITY;
    const error = found[nextError];
    const wrong = error !== undefined && error.start < lineEnd;
    if (wrong) firstErrors.set(starts.length, error);
    while (nextError < found.length && found[nextError]!.start < lineEnd) nextError++;
    if (i > start || wrong) {
      starts.push(start);
      ends.push(i);
    }
    start = i + 1;
  }
  return { tokens, starts, ends, errors: firstErrors };
}

function unclosed({ startOffset: start }: IToken, what: string, help: string): SyntaxProblem {
  const end = start + (what === "comment" ? 2 : 1);
  return { kind: "error", message: `the ${what} that begins here is not closed`, help, start, end };
}

function unknownText(text: string, start: number, length: number): SyntaxProblem {
  const found = String.fromCodePoint(text.codePointAt(start)!);
  const end = start + Math.max(1, length);
  const error = { kind: "error", start, end } as const;
  const parameter = /^\\(?:@|\(\)|\w+)/.exec(text.slice(start, start + 40))?.[0];
  if (parameter !== undefined)
    return {
      ...error,
      end: start + parameter.length,
      message: `"${parameter}" stands for a macro's argument, but this is no line of a macro`,
    };
  if (found === ";")
    return {
      ...error,
      end: start + 1,
      message: 'unexpected ";"',
      help: "write one statement a line; a comment begins with # or //",
    };
  if (found === "'")
    return { ...error, message: `unexpected "'"`, help: "a character is written 'a'" };
  const printable = /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(found);
  const code = found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  return {
    ...error,
    message: printable ? `unexpected character "${found}"` : `unexpected character U+${code}`,
  };
}
