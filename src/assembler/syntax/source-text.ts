import { type IToken, isRecognitionException } from "chevrotain";
import type { Origin } from "../source/origin.js";
import type { MacroHeader, Range, Statement, SyntaxProblem } from "./ast.js";
import { type BlockStructure, blockStructure, commandToken } from "./blocks.js";
import { type LexedLines, lexLines } from "./lexer.js";
import { LiteralError } from "./literals.js";
import { LineParser } from "./parser.js";

let sharedParser: LineParser | undefined;

/** Deepest nesting of parentheses and conditional expressions in one line. */
const MAX_NESTING = 100;
/** Operators of one operand: the trees that they make are walked recursively. */
const MAX_OPERATORS = 1000;

/**
 * A text to assemble (a file, or an expanded body) in lines. A line is parsed when it is first
 * needed, once, however often it is repeated; lines that are skipped are never parsed.
 */
export class SourceText {
  private readonly lexed: LexedLines;
  private readonly parsed: (Statement | SyntaxProblem | undefined)[] = [];
  readonly structure: BlockStructure;

  constructor(
    readonly text: string,
    readonly origin: Origin,
  ) {
    this.lexed = lexLines(text);
    this.structure = blockStructure(this.lexed);
  }

  /** Lines that are not blank. */
  get lineCount(): number {
    return this.lexed.starts.length;
  }

  /** The first word of a line behind its labels. */
  word(line: number): string {
    const at = commandToken(this.lexed, line);
    return at < this.lexed.ends[line]! ? this.lexed.tokens[at]!.image : "";
  }

  /** From the first to the last token of a line. */
  lineRange(line: number): Range {
    const { tokens, starts, ends, errors } = this.lexed;
    const first = tokens[starts[line]!];
    if (!first || starts[line] === ends[line]) {
      const { start, end } = errors.get(line)!;
      return { start, end };
    }
    const last = tokens[ends[line]! - 1]!;
    return { start: first.startOffset, end: last.startOffset + last.image.length };
  }

  /** The text between two lines, with everything behind the first and before the second one. */
  between(first: number, last: number): Range {
    const end = last < this.lineCount ? this.startOfLine(last) : this.text.length;
    const newline = this.text.indexOf("\n", this.lineRange(first).end);
    return { start: newline < 0 || newline >= end ? end : newline + 1, end };
  }

  statement(line: number): Statement | SyntaxProblem {
    this.parsed[line] ??= this.parse(line, (parser) => parser.line());
    return this.parsed[line]!;
  }

  macroHeader(line: number): MacroHeader | SyntaxProblem {
    return this.parse(line, (parser) => parser.macroHeader(), commandToken(this.lexed, line));
  }

  private startOfLine(line: number): number {
    const { start } = this.lineRange(line);
    return this.text.lastIndexOf("\n", start - 1) + 1;
  }

  private parse<T>(
    line: number,
    rule: (parser: LineParser) => T,
    from = this.lexed.starts[line]!,
  ): T | SyntaxProblem {
    const { tokens, ends, errors } = this.lexed;
    const wrong = errors.get(line);
    if (wrong) return wrong;
    const end = ends[line]!;
    const tooDeep = complexityError(tokens, from, end);
    if (tooDeep) return tooDeep;
    sharedParser ??= new LineParser();
    const parser = sharedParser;
    parser.input = tokens.slice(from, end);
    try {
      const result = rule(parser);
      const error = parser.errors[0];
      if (!error) return result;
      return syntaxError(error.message, error.token, tokens[end - 1]!);
    } catch (error) {
      if (error instanceof LiteralError) {
        const { message, range, help } = error;
        return { kind: "error", message, ...range, ...(help !== undefined && { help }) };
      }
      if (isRecognitionException(error as Error))
        return syntaxError((error as Error).message, tokens[end - 1]!, tokens[end - 1]!);
      throw error;
    }
  }
}

/** @param last the last token of the line, for an error at the line's end */
function syntaxError(message: string, token: IToken, last: IToken): SyntaxProblem {
  const atEnd = Number.isNaN(token.startOffset);
  const start = atEnd ? last.startOffset + last.image.length : token.startOffset;
  return { kind: "error", message, start, end: start + (atEnd ? 1 : token.image.length) };
}

/** Refuses what would overflow the stack of whoever walks the tree. */
function complexityError(
  tokens: readonly IToken[],
  from: number,
  end: number,
): SyntaxProblem | undefined {
  if (end - from <= MAX_NESTING) return undefined;
  let depth = 0;
  let conditions = 0;
  let operators = 0;
  for (let i = from; i < end; i++) {
    const token = tokens[i]!;
    const { image } = token;
    const type = token.tokenType.name;
    if (image === "(") depth++;
    else if (image === ")") depth--;
    else if (image === "?") conditions++;
    else if (image === "," && depth === 0) operators = conditions = 0;
    else if (type === "Sign" || type.endsWith("Operator")) operators++;
    const range = { start: token.startOffset, end: token.startOffset + image.length };
    if (depth > MAX_NESTING || conditions > MAX_NESTING)
      return { kind: "error", message: `nested more than ${MAX_NESTING} deep`, ...range };
    if (operators > MAX_OPERATORS)
      return {
        kind: "error",
        message: `an expression of more than ${MAX_OPERATORS} operators`,
        help: "give parts of it names",
        ...range,
      };
  }
  return undefined;
}
