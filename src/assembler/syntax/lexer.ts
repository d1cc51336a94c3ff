import { type IToken, Lexer } from "chevrotain";
import type { SyntaxProblem } from "./ast.js";
import { Newline, TOKENS, UnclosedComment, UnclosedText } from "./tokens.js";

const lexer = new Lexer(TOKENS, {
  positionTracking: "onlyOffset",
  ensureOptimizations: true,
  skipValidations: true,
  errorMessageProvider: {
    // Ours are made where they are shown: a file of garbage has one for every character.
    buildUnexpectedCharactersMessage: () => "",
    buildUnableToPopLexerModeMessage: () => "",
  },
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
  const unknown = errors.map(({ offset, length }) => ({ start: from + offset, length }));

  const starts: number[] = [];
  const ends: number[] = [];
  const firstErrors = new Map<number, SyntaxProblem>();
  let start = 0;
  let nextUnknown = 0;
  let unclosed: IToken | undefined;
  for (let i = 0; i <= tokens.length; i++) {
    const token = tokens[i];
    if (token && token.tokenTypeIdx !== Newline.tokenTypeIdx) {
      if (isUnclosed(token)) unclosed ??= token;
      continue;
    }
    // Only the first problem of a line is told: the others mostly follow from it.
    const lineEnd = token ? token.startOffset : Number.POSITIVE_INFINITY;
    const first = unknown[nextUnknown];
    const isFirst = first && first.start < (unclosed?.startOffset ?? lineEnd);
    if (isFirst) firstErrors.set(starts.length, unknownText(text, first.start, first.length));
    else if (unclosed) firstErrors.set(starts.length, unclosedText(unclosed));
    while (nextUnknown < unknown.length && unknown[nextUnknown]!.start < lineEnd) nextUnknown++;
    if (i > start || isFirst) {
      starts.push(start);
      ends.push(i);
    }
    start = i + 1;
    unclosed = undefined;
  }
  return { tokens, starts, ends, errors: firstErrors };
}

function isUnclosed({ tokenTypeIdx }: IToken): boolean {
  return (
    tokenTypeIdx === UnclosedText.tokenTypeIdx || tokenTypeIdx === UnclosedComment.tokenTypeIdx
  );
}

function unclosedText({ startOffset: start, tokenTypeIdx }: IToken): SyntaxProblem {
  const [what, opener, help]: [string, string, string] =
    tokenTypeIdx === UnclosedText.tokenTypeIdx
      ? ["string", '"', 'close it with " on the same line']
      : ["comment", "/*", "close it with */"];
  const message = `the ${what} that begins here is not closed`;
  return { kind: "error", message, help, start, end: start + opener.length };
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
