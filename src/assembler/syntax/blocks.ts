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
/** Blocks whose lines are text until parameters are replaced in them. */
const TEXTUAL: ReadonlySet<string> = new Set([".macro", ".irp"]);

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

interface OpenBlock {
  readonly opener: string;
  readonly first: number;
  readonly middles: number[];
  hasElse: boolean;
}

/** Finds the blocks of a text, line by line. A block that is not closed goes to the end. */
export class BlockFinder {
  /** By the line that opens it. */
  readonly blocks = new Map<number, Block>();
  readonly errors: BlockError[] = [];
  private readonly open: OpenBlock[] = [];
  private textual = 0;

  /** Whether the next line is text of a macro or an .irp. */
  get isInText(): boolean {
    return this.textual > 0;
  }

  /** @param word the first word of the line behind its labels */
  add(word: string, line: number): void {
    if (word in CLOSERS) {
      this.open.push({ opener: word, first: line, middles: [], hasElse: false });
      if (TEXTUAL.has(word)) this.textual++;
    } else if (MIDDLES.has(word)) this.divide(word, line);
    else if (ENDS.has(word)) this.end(word, line);
  }

  /** @param count lines of the text */
  finish(count: number): void {
    while (this.open.length > 0) {
      this.reportUnclosed();
      this.close(count);
    }
  }

  private divide(word: string, line: number): void {
    const top = this.open.at(-1);
    if (!top || CLOSERS[top.opener] !== ".endif") {
      this.errors.push({ line, message: `"${word}" without ".if"` });
    } else if (top.hasElse) {
      const related = { line: top.middles.at(-1)!, message: '".else" is here' };
      this.errors.push({ line, message: `"${word}" after ".else"`, related });
    } else {
      top.middles.push(line);
      top.hasElse = word === ".else";
    }
  }

  private end(word: string, line: number): void {
    const depth = this.open.findLastIndex(({ opener }) => CLOSERS[opener] === word);
    if (depth < 0) {
      const openers = Object.keys(CLOSERS).filter((opener) => CLOSERS[opener] === word);
      this.errors.push({ line, message: `"${word}" without "${openers.join('" or "')}"` });
      return;
    }
    while (this.open.length > depth + 1) {
      this.reportUnclosed({ line, message: `"${word}" is here` });
      this.close(line);
    }
    this.close(line);
  }

  private close(last: number): void {
    const { opener, first, middles } = this.open.pop()!;
    this.blocks.set(first, { opener, first, last, middles });
    if (TEXTUAL.has(opener)) this.textual--;
  }

  private reportUnclosed(related?: BlockError["related"]): void {
    const { opener, first } = this.open.at(-1)!;
    const help = `close it with "${CLOSERS[opener]}"`;
    const message = `"${opener}" is not closed`;
    this.errors.push({ line: first, message, help, ...(related && { related }) });
  }
}
