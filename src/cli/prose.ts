/** A text whose lines are only wrapped in the source: paragraphs stay, single line breaks go. */
export function prose(text: string): string {
  return text
    .trim()
    .split(/\n\n+/)
    .map((paragraph) => paragraph.replace(/\s+/g, " "))
    .join("\n\n");
}
