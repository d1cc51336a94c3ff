import { type Origin, type Segment, substitutedOrigin } from "../source/origin.js";
import type { Range } from "../syntax/ast.js";

/** A parameter in a body that nothing is known of. */
export interface UnknownParameter extends Range {
  readonly name: string;
}

export interface Substituted {
  readonly text: string;
  readonly origin: Origin;
  readonly unknown: readonly UnknownParameter[];
  /** Whether the text depends on the number of the expansion. */
  readonly usesCount: boolean;
}

/** Unknown parameters of a body that are reported. */
const MAX_UNKNOWN = 20;

/** `\name`, `\@` (the number of the expansion), `\()` (nothing: it ends a parameter's name). */
const REFERENCE = /\\(?:([A-Za-z_]\w*)|(@)|(\(\)))/g;

/**
 * A body with its parameters replaced. In strings an unknown `\n` is left alone: it is an escape.
 * @param text the text that the body is a stretch of
 * @param count what `\@` becomes; undefined leaves it to a surrounding macro
 */
export function substitute(
  text: string,
  body: Range,
  origin: Origin,
  parameters: ReadonlyMap<string, string>,
  count: number | undefined,
): Substituted {
  const segments: Segment[] = [];
  const unknown: UnknownParameter[] = [];
  let result = "";
  let copied = body.start;
  let usesCount = false;
  const copyTo = (end: number) => {
    if (end > copied) segments.push({ at: result.length, from: copied });
    result += text.slice(copied, end);
  };
  const insideString = quoteTracker(text, body.start);
  REFERENCE.lastIndex = body.start;
  for (let match = REFERENCE.exec(text); match; match = REFERENCE.exec(text)) {
    if (match.index >= body.end) break;
    const [whole, name, counter, separator] = match;
    let value: string | undefined;
    if (name !== undefined) value = parameters.get(name);
    else if (separator !== undefined) value = "";
    else if (counter !== undefined && count !== undefined) value = String(count);
    if (value === undefined) {
      const range = { start: match.index, end: match.index + whole.length };
      if (name !== undefined && !insideString(match.index) && unknown.length < MAX_UNKNOWN)
        unknown.push({ name, ...range });
      continue;
    }
    usesCount ||= counter !== undefined;
    copyTo(match.index);
    segments.push({ at: result.length, from: match.index, replaced: whole.length });
    result += value;
    copied = match.index + whole.length;
  }
  copyTo(body.end);
  if (segments.length === 0) segments.push({ at: 0, from: body.start });
  return { text: result, origin: substitutedOrigin(origin, segments), unknown, usesCount };
}

/** Says of ascending offsets whether they are in a string. */
function quoteTracker(text: string, from: number): (at: number) => boolean {
  let position = from;
  let inside = false;
  return (at) => {
    for (; position < at; position++) {
      const character = text[position];
      if (character === "\n") inside = false;
      else if (character === '"') inside = !inside;
      else if (character === "\\" && inside && /["\\]/.test(text[position + 1] ?? "")) position++;
    }
    return inside;
  };
}
