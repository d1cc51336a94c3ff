import type { IToken } from "chevrotain";
import type { Origin } from "../source/origin.js";
import type { MacroHeader, Range, Statement, SyntaxProblem } from "./ast.js";
import { type Block, type BlockError, BlockFinder } from "./blocks.js";
import { lexLines } from "./lexer.js";
import { parseLine, parseLines, type TokenRange } from "./parse-line.js";
import { pieces } from "./pieces.js";
import { Colon } from "./tokens.js";

type ParsedLine = Statement | MacroHeader | SyntaxProblem | undefined;

/**
 * A text to assemble (a file, or an expanded body) in the lines that are not blank. All of them are
 * parsed, but those that are text until a macro or an .irp replaces parameters in them.
 */
export class SourceText {
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly parsed: ParsedLine[] = [];
  private readonly finder = new BlockFinder();

  constructor(
    readonly text: string,
    readonly origin: Origin,
  ) {
    // Piece by piece, so that the tokens of a long text are garbage while they are young: they take
    // several times the room of the trees.
    for (const { start, end } of pieces(text)) this.addPiece(start, end);
    this.finder.finish(this.lineCount);
  }

  get lineCount(): number {
    return this.starts.length;
  }

  /** By the line that opens it. */
  get blocks(): ReadonlyMap<number, Block> {
    return this.finder.blocks;
  }

  get blockErrors(): readonly BlockError[] {
    return this.finder.errors;
  }

  /** From the first to the last token of a line. */
  lineRange(line: number): Range {
    return { start: this.starts[line]!, end: this.ends[line]! };
  }

  /** What is between two lines: everything behind the first and before the second one. */
  between(first: number, last: number): Range {
    const end =
      last < this.lineCount
        ? this.text.lastIndexOf("\n", this.starts[last]! - 1) + 1
        : this.text.length;
    const newline = this.text.indexOf("\n", this.ends[first]!);
    return { start: newline < 0 || newline >= end ? end : newline + 1, end };
  }

  /** A line that is neither text of a macro nor the head of one. */
  statement(line: number): Statement | SyntaxProblem {
    return this.parsed[line] as Statement | SyntaxProblem;
  }

  /** A line that begins with `.macro`. */
  macroHeader(line: number): MacroHeader | SyntaxProblem {
    return this.parsed[line] as MacroHeader | SyntaxProblem;
  }

  private addPiece(start: number, end: number): void {
    const { tokens, starts, ends, errors } = lexLines(this.text, start, end);
    let run: TokenRange[] = [];
    const parseRun = () => {
      for (const statement of parseLines(tokens, run)) this.parsed.push(statement);
      run = [];
    };
    for (let i = 0; i < starts.length; i++) {
      const line = { start: starts[i]!, end: ends[i]! };
      const problem = errors.get(i);
      const command = commandIndex(tokens, line);
      const word = command < line.end ? tokens[command]!.image : "";
      const number = this.starts.length;
      this.addRange(tokens, line, problem);
      if (word[0] === ".") this.finder.add(word, number);
      if (problem || word === ".macro" || (this.finder.isInText && word !== ".irp")) {
        parseRun();
        const isHeader = word === ".macro" && !problem;
        this.parsed.push(isHeader ? parseMacroHeader(tokens.slice(command, line.end)) : problem);
      } else run.push(line);
    }
    parseRun();
  }

  private addRange(
    tokens: readonly IToken[],
    { start, end }: TokenRange,
    problem: SyntaxProblem | undefined,
  ): void {
    const last = tokens[end - 1];
    const isEmpty = start === end || !last;
    this.starts.push(isEmpty ? problem!.start : tokens[start]!.startOffset);
    this.ends.push(isEmpty ? problem!.end : last.startOffset + last.image.length);
  }
}

function parseMacroHeader(tokens: IToken[]): MacroHeader | SyntaxProblem {
  return parseLine(tokens, (parser) => parser.macroHeader());
}

/** The token behind the labels: an instruction, a directive, a macro's name. */
function commandIndex(tokens: readonly IToken[], { start, end }: TokenRange): number {
  let at = start;
  while (at + 1 < end && tokens[at + 1]!.tokenTypeIdx === Colon.tokenTypeIdx) at += 2;
  return at;
}
