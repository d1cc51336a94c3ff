import type { IToken } from "chevrotain";
import type { LexedLines } from "./lexer.js";
import { Colon } from "./tokens.js";

/** What closes a block, by what opens it. */
const CLOSERS: Readonly<Record<string, string>> = {
  ".macro": ".endm",
  ".rept": ".endr",
  ".irp": ".endr",
  ".if": ".endif",
  ".ifdef": ".endif",
  ".ifndef": ".endif",
};
const MIDDLES: ReadonlySet<string> = new Set([".elseif", ".else"]);
const ENDS: ReadonlySet<string> = new Set(Object.values(CLOSERS));

/** Directives that open, divide or close a block of lines. */
export const BLOCK_DIRECTIVES: readonly string[] = [...Object.keys(CLOSERS), ...MIDDLES, ...ENDS];

/** Lines from one that opens a block to the one that closes it. */
export interface Block {
  /** `.if`, `.macro`, … */
  readonly opener: string;
  readonly first: number;
  /** The line of the closer; behind the last line when it is missing. */
  readonly last: number;
  /** Lines of `.elseif` and `.else`. */
  readonly middles: readonly number[];
}

/** A block that is not closed, or what closes none. `related` is the line it should belong to. */
export interface BlockError {
  readonly line: number;
  readonly message: string;
  readonly help?: string;
  readonly related?: { readonly line: number; readonly message: string };
}

export interface BlockStructure {
  /** By the line that opens it. */
  readonly blocks: ReadonlyMap<number, Block>;
  readonly errors: readonly BlockError[];
}

/** The token of a line behind its labels: an instruction, a directive, a macro's name. */
export function commandToken({ tokens, starts, ends }: LexedLines, line: number): number {
  let at = starts[line]!;
  const end = ends[line]!;
  while (at + 1 < end && tokens[at + 1]!.tokenTypeIdx === Colon.tokenTypeIdx) at += 2;
  return at;
}

/** The blocks of a text. Every error is reported; a block that is not closed goes to the end. */
export function blockStructure(lines: LexedLines): BlockStructure {
  const blocks = new Map<number, Block>();
  const errors: BlockError[] = [];
  const open: { opener: string; first: number; middles: number[]; otherwise: boolean }[] = [];
  const count = lines.starts.length;
  const close = (last: number) => {
    const { opener, first, middles } = open.pop()!;
    blocks.set(first, { opener, first, last, middles });
  };
  for (let line = 0; line < count; line++) {
    const token: IToken | undefined = lines.tokens[commandToken(lines, line)];
    const word = token?.image ?? "";
    if (word[0] !== "." || lines.starts[line] === lines.ends[line]) continue;
    if (word in CLOSERS) {
      open.push({ opener: word, first: line, middles: [], otherwise: false });
    } else if (MIDDLES.has(word)) {
      const top = open.at(-1);
      if (!top || CLOSERS[top.opener] !== ".endif") {
        errors.push({ line, message: `"${word}" without ".if"` });
      } else if (top.otherwise) {
        errors.push({
          line,
          message: `"${word}" after ".else"`,
          related: { line: top.middles.at(-1)!, message: '".else" is here' },
        });
      } else {
        top.middles.push(line);
        top.otherwise = word === ".else";
      }
    } else if (ENDS.has(word)) {
      const depth = open.findLastIndex(({ opener }) => CLOSERS[opener] === word);
      if (depth < 0) {
        const openers = Object.keys(CLOSERS).filter((opener) => CLOSERS[opener] === word);
        errors.push({ line, message: `"${word}" without "${openers.join('" or "')}"` });
        continue;
      }
      while (open.length > depth + 1) {
        errors.push(unclosed(open.at(-1)!, { line, message: `"${word}" is here` }));
        close(line);
      }
      close(line);
    }
  }
  while (open.length > 0) {
    errors.push(unclosed(open.at(-1)!));
    close(count);
  }
  return { blocks, errors };
}

function unclosed(
  { opener, first }: { opener: string; first: number },
  related?: BlockError["related"],
): BlockError {
  const help = `close it with "${CLOSERS[opener]}"`;
  return { line: first, message: `"${opener}" is not closed`, help, ...(related && { related }) };
}
