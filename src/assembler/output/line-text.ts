import type { SourceText } from "../syntax/source-text.js";

/** The text of the lines that hold a line's tokens, with what else stands in them. */
export function lineText(source: SourceText, line: number): string {
  const { start, end } = source.lineRange(line);
  const from = source.text.lastIndexOf("\n", start - 1) + 1;
  const newline = source.text.indexOf("\n", end);
  const text = source.text.slice(from, newline < 0 ? source.text.length : newline);
  if (!text.includes("\n")) return text.trimEnd();
  const [first, ...rest] = text.split("\n");
  return [first!.trimEnd(), ...rest.map((part) => part.trim())].join(" ").trimEnd();
}
