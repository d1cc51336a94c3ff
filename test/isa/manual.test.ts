import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { anchor } from "../../isa/generate/markdown.js";
import { ALIASES, CSRS, INSTRUCTIONS, TRAPS } from "../../src/isa/index.js";

const folder = fileURLToPath(new URL("../../docs/isa/", import.meta.url));
const pages = new Map(
  readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]),
);
const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```$/gm, "");
const headings = (text: string) =>
  [...withoutCode(text).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading!);

describe("the reference manual", () => {
  it("has every instruction once, on its unit's page", () => {
    for (const { syntax, unit, summary } of INSTRUCTIONS) {
      const text = pages.get(`${unit}.md`)!;
      expect(headings(text).filter((heading) => heading === `\`${syntax}\``)).toHaveLength(1);
      expect(text).toContain(`## \`${syntax}\`\n\n${summary}\n`);
    }
  });

  it("has every alias, trap and control register", () => {
    for (const { syntax } of ALIASES) expect(pages.get("aliases.md")).toContain(`| \`${syntax}\` `);
    for (const name of [...Object.keys(TRAPS), ...Object.keys(CSRS)])
      expect(pages.get("machine.md")).toContain(`| \`${name}\` `);
  });

  it.each([...pages])("links to what exists: %s", (_, text) => {
    const links = [...withoutCode(text).matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)];
    for (const [link, file = "", fragment] of links) {
      const target = join(folder, file);
      expect(existsSync(target), link).toBe(true);
      if (fragment === undefined) continue;
      expect(dirname(target), link).toBe(folder.replace(/\/$/, ""));
      expect(headings(pages.get(file)!).map(anchor), link).toContain(fragment);
    }
  });

  it("draws every word with 64 bits", () => {
    for (const text of pages.values()) {
      for (const [diagram] of text.matchAll(/^```text\n {2}63 [\s\S]*?^```$/gm)) {
        const widths = diagram.split("\n").at(-2)!.trim().split(/\s+/).map(Number);
        const total = widths.reduce((sum, width) => sum + width, 0);
        // The word with a long constant is drawn without the zeros between its fields.
        expect(total, diagram).toBe(diagram.includes("imm48") && !diagram.includes("0x") ? 61 : 64);
      }
    }
  });
});
