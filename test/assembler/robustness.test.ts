import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assemble } from "../../src/assembler/index.js";
import { renderDiagnostics } from "../../src/diagnostics/render.js";
import { imageProblem } from "../../src/image/index.js";

// Lines of all golden sources, shuffled, and with parts cut out, doubled and swapped: whatever the
// text is, there is an image that is valid, or an error, and every span lies in its file.

const HERE = fileURLToPath(new URL(".", import.meta.url));
const LINES = ["errors", "warnings", "ok"].flatMap((folder) =>
  readdirSync(HERE + folder)
    .filter((file) => file.endsWith(".tasm"))
    .flatMap((file) => readFileSync(`${HERE}${folder}/${file}`, "utf8").split("\n"))
    .filter((line) => line.length < 200),
);
const WORDS = [...new Set(LINES.flatMap((line) => line.match(/[\w.\\@]+|\s+|[^\w\s]/g) ?? []))];

const line = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...LINES) },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.constantFrom(...WORDS), { maxLength: 12 })
      .map((words) => words.join("")),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...LINES), fc.nat(60), fc.nat(20), fc.constantFrom(...WORDS))
      .map(([text, at, count, word]) => text.slice(0, at) + word + text.slice(at + count)),
  },
);
const source = fc
  .tuple(fc.array(line, { maxLength: 40 }), fc.constantFrom("\n", "\r\n"))
  .map(([lines, end]) => lines.join(end));

describe("any text", () => {
  test("gives a valid image or errors whose places exist", () => {
    let images = 0;
    fc.assert(
      fc.property(source, (text) => {
        const result = assemble("r.tasm", text, { readFile: () => undefined });
        const { image, diagnostics } = result;
        const errors = diagnostics.filter(({ severity }) => severity === "error");
        expect(image === undefined).toBe(errors.length > 0);
        if (image) {
          images++;
          expect(imageProblem(image)).toBeUndefined();
          const again = assemble("r.tasm", result.expanded(), { readFile: () => undefined });
          expect(again.image && { ...again.image, lines: [] }).toEqual({ ...image, lines: [] });
        }
        const lines = text.split(/\r?\n/);
        const spans = diagnostics.flatMap(({ span, notes = [] }) => [
          span,
          ...notes.map((note) => note.span),
        ]);
        for (const span of spans) {
          if (!span) continue;
          const found = lines[span.line - 1];
          expect(found).toBeDefined();
          expect(span.column).toBeLessThanOrEqual(found!.length + 1);
          expect(span.length).toBeGreaterThan(0);
          expect(span.column + span.length - 1).toBeLessThanOrEqual(found!.length + 1);
        }
        renderDiagnostics(diagnostics, { source: () => text });
        result.listing();
      }),
      { numRuns: 400 },
    );
    expect(images).toBeGreaterThan(10);
  });
});
