import { GENERATED, wrap } from "./names.js";

/** A Markdown page with a title, its parts separated by blank lines. */
export function page(title: string, ...parts: readonly string[]): string {
  return `<!-- ${GENERATED} -->\n\n# ${title}\n\n${parts.map(fillParagraphs).join("\n\n")}\n`;
}

/** Lines that were broken before values were put into them, broken anew. */
function fillParagraphs(text: string): string {
  return text
    .split(/(^```[\s\S]*?^```$)/m)
    .map((piece) =>
      piece.startsWith("```")
        ? piece
        : piece.replace(/(?:^[\w[`].*\n?)+/gm, (lines) => {
            const end = lines.endsWith("\n") ? "\n" : "";
            return wrap(lines.trim(), "") + end;
          }),
    )
    .join("");
}

/** A Markdown table whose columns are aligned, so that it reads well as plain text too. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [header, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = header.map((_, i) => Math.max(3, ...cells.map((row) => row[i]!.length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [line(cells[0]!), rule, ...cells.slice(1).map(line)].join("\n");
}

/** A block of text in a fixed-width font. */
export function code(text: string, language = "text"): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

/** The anchor that a heading gets: that of GitHub's renderer. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");
}

/** The first letter in upper case. */
export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
