import type { Span } from "../../diagnostics/diagnostic.js";
import { MAX_EXPANDED_CHARACTERS, MAX_EXPANDED_LINES, MAX_FRAME_DEPTH } from "../limits.js";
import { enterFrame, type Frame } from "../source/frame.js";
import type { Reporter, Site } from "../source/reporter.js";
import type { Range } from "../syntax/ast.js";

/** What macros, includes and repetitions may take; a program that takes more is given up. */
export class ExpansionBudget {
  /** Whether a limit was exceeded, so that not all of the program is read. */
  isExceeded = false;
  private lines = 0;
  private characters = 0;

  constructor(private readonly reporter: Reporter) {}

  /** Count a line of an expansion; false when it is one too many. */
  countLine(site: Site, line: number): boolean {
    if (++this.lines <= MAX_EXPANDED_LINES) return true;
    this.reportLines(site, site.source.lineRange(line));
    this.isExceeded = true;
    return false;
  }

  /** Whether a repetition may make so many lines; reports it if not. */
  allowsLines(count: number, site: Site, range: Range): boolean {
    if (count <= MAX_EXPANDED_LINES) return true;
    this.reportLines(site, range);
    return false;
  }

  /** Count the characters of an expanded text; false when they are too many. */
  countCharacters(count: number, site: Site, range: Range): boolean {
    this.characters += count;
    if (this.characters <= MAX_EXPANDED_CHARACTERS) return true;
    const message = `macros make more than ${MAX_EXPANDED_CHARACTERS} characters`;
    this.reporter.error({ site, range }, message);
    this.isExceeded = true;
    return false;
  }

  /** A frame inside the site's, or undefined after an error was reported. */
  enter(
    kind: Frame["kind"],
    name: string,
    span: Span,
    site: Site,
    range: Range,
  ): Frame | undefined {
    const frame = enterFrame(kind, name, span, site.frame);
    if (frame.depth <= MAX_FRAME_DEPTH) return frame;
    const message = hasAncestor(site.frame, kind, name)
      ? `${kind === "include" ? `"${name}" includes` : `macro "${name}" calls`} itself without end`
      : `more than ${MAX_FRAME_DEPTH} macros, includes and repetitions inside each other`;
    const help = "stop it with a condition: .if … .endif";
    this.reporter.error({ site, range }, message, { help });
    this.isExceeded = true;
    return undefined;
  }

  private reportLines(site: Site, range: Range): void {
    const message = `macros, repetitions and includes make more than ${MAX_EXPANDED_LINES} lines`;
    const help = "for many equal bytes there are .fill and .zero";
    this.reporter.error({ site, range }, message, { help });
  }
}

function hasAncestor(frame: Frame | undefined, kind: Frame["kind"], name: string): boolean {
  for (let f = frame; f; f = f.parent) if (f.kind === kind && f.name === name) return true;
  return false;
}
