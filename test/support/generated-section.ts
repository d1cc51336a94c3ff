/** Parts of a Markdown page that a command writes: between `<!-- NAME: COMMAND -->` and `<!-- end -->`. */
import { readFileSync, writeFileSync } from "node:fs";

function sectionOf(page: string, name: string) {
  const match = new RegExp(`(<!-- ${name}: [^>]* -->\n)([\\s\\S]*?)(\n<!-- end -->)`).exec(page);
  if (!match) throw new Error(`the page has no part <!-- ${name}: ... -->`);
  return { match, start: match.index + match[1]!.length, text: match[2]! };
}

/** Lines that a page has in a part now. */
export function readSection(path: string, name: string): string[] {
  return sectionOf(readFileSync(path, "utf8"), name).text.trim().split("\n");
}

/** Put a text into a part of a page. */
export function writeSection(path: string, name: string, text: string): void {
  const page = readFileSync(path, "utf8");
  const { start, text: old } = sectionOf(page, name);
  const section = `\n${text.trim()}\n`;
  writeFileSync(path, page.slice(0, start) + section + page.slice(start + old.length));
}
