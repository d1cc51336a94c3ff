import { type IToken, isRecognitionException } from "chevrotain";
import type { SyntaxProblem } from "./ast.js";
import { LiteralError } from "./literals.js";
import { LineParser } from "./parser.js";
import { foundToken } from "./parser-messages.js";

/** Deepest nesting of parentheses and conditional expressions in one line. */
const MAX_NESTING = 100;
/** Operators of one operand: the trees that they make are walked recursively. */
const MAX_OPERATORS = 500;

let sharedParser: LineParser | undefined;

/**
 * Parse the tokens of a line.
 * @param tokens at least one
 */
export function parseLine<T>(tokens: IToken[], rule: (parser: LineParser) => T): T | SyntaxProblem {
  const tooDeep = complexityProblem(tokens);
  if (tooDeep) return tooDeep;
  sharedParser ??= new LineParser();
  const parser = sharedParser;
  parser.input = tokens;
  const last = tokens.at(-1)!;
  try {
    const result = rule(parser);
    const error = parser.errors[0];
    if (!error) return result;
    const message =
      error.token === tokens[0]
        ? `expected an instruction, a directive or a label, found ${foundToken(error.token)}`
        : error.message;
    return problemAt(message, error.token, last);
  } catch (error) {
    if (error instanceof LiteralError) {
      const { message, range, help } = error;
      return { kind: "error", message, ...range, ...(help !== undefined && { help }) };
    }
    if (isRecognitionException(error as Error))
      return problemAt((error as Error).message, last, last);
    throw error;
  }
}

/** @param last the last token of the line, for a problem at the line's end */
function problemAt(message: string, token: IToken, last: IToken): SyntaxProblem {
  const atEnd = Number.isNaN(token.startOffset);
  const start = atEnd ? last.startOffset + last.image.length : token.startOffset;
  return { kind: "error", message, start, end: start + (atEnd ? 1 : token.image.length) };
}

/** Refuses what would overflow the stack of whoever walks the tree. */
function complexityProblem(tokens: readonly IToken[]): SyntaxProblem | undefined {
  if (tokens.length <= MAX_NESTING) return undefined;
  let depth = 0;
  let conditions = 0;
  let operators = 0;
  for (const { image, startOffset: start, tokenType } of tokens) {
    if (image === "(") depth++;
    else if (image === ")") depth--;
    else if (image === "?") conditions++;
    else if (image === "," && depth === 0) operators = conditions = 0;
    else if (tokenType.name === "Sign" || tokenType.name.endsWith("Operator")) operators++;
    const range = { start, end: start + image.length };
    if (depth > MAX_NESTING || conditions > MAX_NESTING)
      return { kind: "error", message: `nested more than ${MAX_NESTING} deep`, ...range };
    if (operators > MAX_OPERATORS) {
      const message = `an expression of more than ${MAX_OPERATORS} operators`;
      return { kind: "error", message, help: "give parts of it names", ...range };
    }
  }
  return undefined;
}
