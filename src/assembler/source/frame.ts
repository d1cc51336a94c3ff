import type { Note, Span } from "../../diagnostics/diagnostic.js";
import type { SourceLocation } from "../../image/image.js";
import type { Origin } from "./origin.js";

type Expansions = NonNullable<SourceLocation["expandedFrom"]>;

/** Why a text is being assembled: a macro call, an include, a repetition; the outermost has none. */
export interface Frame {
  readonly kind: "macro" | "include" | "repetition";
  /** The macro's name, the included path, or what the repetition is at. */
  readonly name: string;
  /** Where the call is. */
  readonly span: Span;
  readonly parent: Frame | undefined;
  /** Of all kinds. */
  readonly depth: number;
  /** The macro calls, innermost first, as the image records them. */
  readonly expandedFrom: Expansions | undefined;
}

export function enterFrame(
  kind: Frame["kind"],
  name: string,
  span: Span,
  parent: Frame | undefined,
): Frame {
  const { file, line, column } = span;
  const outer = parent?.expandedFrom;
  return {
    kind,
    name,
    span,
    parent,
    depth: (parent?.depth ?? 0) + 1,
    expandedFrom:
      kind === "macro" ? [{ macro: name, file, line, column }, ...(outer ?? [])] : outer,
  };
}

/** Frames of which a backtrace shows the innermost and the outermost ones only. */
const SHOWN = 4;

/** The backtrace of a place, innermost call first. */
export function backtrace(frame: Frame | undefined): Note[] {
  const notes: Note[] = [];
  for (let f = frame; f; f = f.parent) notes.push({ message: described(f), span: f.span });
  const hidden = notes.length - 2 * SHOWN;
  if (hidden > 1)
    notes.splice(SHOWN, hidden, { message: `${hidden} more expansions are not shown` });
  return notes;
}

function described({ kind, name }: Frame): string {
  if (kind === "macro") return `in the expansion of macro "${name}", called here`;
  if (kind === "include") return `in "${name}", included here`;
  return `in the repetition here, ${name}`;
}

/** The span of offsets `from` to `to` of an assembled text, cut at the end of its first line. */
export function spanOf(origin: Origin, from: number, to: number): Span {
  const { file } = origin;
  const start = Math.min(origin.start(from), file.text.length);
  const { line, column } = file.position(start);
  const [firstLine] = file.text.slice(start, origin.end(to)).split(/\r?\n/, 1);
  return { file: file.name, line, column, length: Math.max(1, firstLine!.length) };
}
