import type { Diagnostic, Note, Span } from "./diagnostic.js";

/** Colours a piece of text. */
type Style = (text: string) => string;

/** How the parts of a message are coloured; chalk's functions fit. */
export interface RenderColours {
  readonly error: Style;
  readonly warning: Style;
  readonly note: Style;
  readonly help: Style;
  readonly place: Style;
  readonly gutter: Style;
  readonly message: Style;
}

export interface RenderOptions {
  /** The text of a file that a span names, if it is at hand; its line is then shown. */
  source(file: string): string | undefined;
  /** No colours when absent. */
  readonly colours?: RenderColours;
}

const plain: Style = (text) => text;
const NO_COLOURS: RenderColours = {
  error: plain,
  warning: plain,
  note: plain,
  help: plain,
  place: plain,
  gutter: plain,
  message: plain,
};

/** Columns of a source line that are shown at most. */
const MAX_WIDTH = 120;
/** Columns that stay visible in front of the marked stretch when a line is cut. */
const LEAD = 40;
const GUTTER = 6;

/**
 * Diagnostics as text: `file:line:column: error: message`, the line, a mark under the words, notes
 * and help; a blank line between two of them.
 */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: RenderOptions,
): string {
  const lineOf = lineReader(options);
  return diagnostics.map((d) => renderDiagnostic(d, options, lineOf)).join("\n");
}

type LineReader = (span: Span) => string | undefined;

function renderDiagnostic(
  { severity, message, span, notes = [], help }: Diagnostic,
  { colours = NO_COLOURS }: RenderOptions,
  lineOf: LineReader,
): string {
  const style = colours[severity];
  const out = [heading(span, style(`${severity}:`), colours.message(message), colours)];
  if (span) out.push(...excerpt(span, lineOf, style, colours));
  if (help !== undefined) out.push(`${colours.help("help:")} ${help}`);
  for (const note of notes) out.push(...renderNote(note, lineOf, colours));
  return out.map((line) => `${line}\n`).join("");
}

function renderNote({ message, span }: Note, lineOf: LineReader, colours: RenderColours): string[] {
  const first = heading(span, colours.note("note:"), message, colours);
  return span ? [first, ...excerpt(span, lineOf, colours.note, colours)] : [first];
}

function heading(
  span: Span | undefined,
  label: string,
  message: string,
  colours: RenderColours,
): string {
  const place = span ? `${colours.place(`${span.file}:${span.line}:${span.column}:`)} ` : "";
  return `${place}${label} ${message}`;
}

/** The source line and a mark under the span; nothing when the source is not at hand. */
function excerpt(span: Span, lineOf: LineReader, style: Style, colours: RenderColours): string[] {
  const line = lineOf(span);
  if (line === undefined) return [];
  const start = Math.min(span.column - 1, line.length);
  const length = Math.max(1, Math.min(span.length, line.length - start));
  const { text, from, before, after } = window(line, start, length);
  const lead = [...line.slice(from, start)].map((c) => (c === "\t" ? "\t" : " ")).join("");
  const marked = Math.min(length, MAX_WIDTH);
  const marks = [...line.slice(start, start + marked)].length || 1;
  const gutter = (label: string) => colours.gutter(`${label.padStart(GUTTER)} |`);
  const shown = printable(`${before}${text}${after}`);
  return [
    `${gutter(String(span.line))} ${shown}`.trimEnd(),
    `${gutter("")} ${" ".repeat(before.length)}${lead}${style("^".repeat(marks))}`,
  ];
}

/** The part of a line that is shown: all of it, unless it is very long. */
function window(line: string, start: number, length: number) {
  if (line.length <= MAX_WIDTH) return { text: line, from: 0, before: "", after: "" };
  const from = start + Math.min(length, LEAD) <= MAX_WIDTH ? 0 : start - LEAD;
  const to = Math.min(line.length, from + MAX_WIDTH);
  return {
    text: line.slice(from, to),
    from,
    before: from > 0 ? "…" : "",
    after: to < line.length ? "…" : "",
  };
}

/** Without characters that move the cursor. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
  return text.replace(/[\0-\x08\x0a-\x1f\x7f]/g, "\ufffd");
}

/** Reads lines of the sources, splitting each source once. */
function lineReader({ source }: RenderOptions): LineReader {
  const files = new Map<string, string[] | undefined>();
  return ({ file, line }) => {
    if (!files.has(file)) files.set(file, source(file)?.split(/\r?\n/));
    return files.get(file)?.[line - 1];
  };
}
