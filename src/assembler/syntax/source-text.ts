import type { IToken } from "chevrotain";
import type { Origin } from "../source/origin.js";
import type { MacroHeader, Range, Statement, SyntaxProblem } from "./ast.js";
import { type Block, type BlockError, BlockFinder } from "./blocks.js";
import { lexLines } from "./lexer.js";
import { parseLine } from "./parse-line.js";
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
    for (let i = 0; i < starts.length; i++) {
      const problem = errors.get(i);
      const own = tokens.slice(starts[i]!, ends[i]!);
      const command = commandIndex(own);
      const word = own[command]?.image ?? "";
      const first = own[0] ?? problem!;
      const last = own.at(-1);
      this.starts.push("startOffset" in first ? first.startOffset : first.start);
      this.ends.push(last ? last.startOffset + last.image.length : problem!.end);
      const line = this.parsed.length;
      if (word[0] === ".") this.finder.add(word, line);
      this.parsed.push(problem ?? this.parse(own, command, word));
    }
  }

  private parse(tokens: IToken[], command: number, word: string): ParsedLine {
    if (word === ".macro")
      return parseLine(command === 0 ? tokens : tokens.slice(command), (p) => p.macroHeader());
    // An .irp is in its own block already, but its line is a statement.
    if (this.finder.isInText && word !== ".irp") return undefined;
    return parseLine(tokens, (parser) => parser.line());
  }
}

/** The token behind the labels: an instruction, a directive, a macro's name. */
function commandIndex(tokens: readonly IToken[]): number {
  let at = 0;
  while (tokens[at + 1]?.tokenTypeIdx === Colon.tokenTypeIdx) at += 2;
  return at;
}
