import { describe, expect, test } from "vitest";
import type { Diagnostic } from "./diagnostic.js";
import { type RenderColours, renderDiagnostics } from "./render.js";

const TEXT = "first\n\tadd v0, v1\r\nthird";
const source = (file: string) => (file === "a.tasm" ? TEXT : undefined);

const error: Diagnostic = {
  severity: "error",
  message: "something is wrong",
  span: { file: "a.tasm", line: 2, column: 6, length: 2 },
};

describe("renderDiagnostics", () => {
  test("shows place, message, line and mark; a tab stays a tab", () => {
    expect(renderDiagnostics([error], { source })).toBe(
      [
        "a.tasm:2:6: error: something is wrong",
        "     2 | \tadd v0, v1",
        "       | \t    ^^",
        "",
      ].join("\n"),
    );
  });

  test("help comes before notes, a note without a span has no line", () => {
    const notes = [
      { message: "defined here", span: { file: "a.tasm", line: 1, column: 1, length: 5 } },
      { message: "by the way" },
    ];
    expect(renderDiagnostics([{ ...error, help: "do this", notes }], { source })).toBe(
      [
        "a.tasm:2:6: error: something is wrong",
        "     2 | \tadd v0, v1",
        "       | \t    ^^",
        "help: do this",
        "a.tasm:1:1: note: defined here",
        "     1 | first",
        "       | ^^^^^",
        "note: by the way",
        "",
      ].join("\n"),
    );
  });

  test("a blank line separates two diagnostics", () => {
    const plain: Diagnostic = { severity: "warning", message: "w" };
    expect(renderDiagnostics([plain, plain], { source })).toBe("warning: w\n\nwarning: w\n");
  });

  test("without the source there is no excerpt", () => {
    const elsewhere = { ...error, span: { ...error.span!, file: "b.tasm" } };
    expect(renderDiagnostics([elsewhere], { source })).toBe(
      "b.tasm:2:6: error: something is wrong\n",
    );
  });

  test("a span behind the end of its line is marked there", () => {
    const atEnd = { ...error, span: { file: "a.tasm", line: 3, column: 99, length: 7 } };
    expect(renderDiagnostics([atEnd], { source })).toContain("     3 | third\n       |      ^\n");
  });

  test("a long line is cut around the mark", () => {
    const long = `${"x".repeat(500)}HERE${"y".repeat(500)}`;
    const span = { file: "l", line: 1, column: 501, length: 4 };
    const [, line, mark] = renderDiagnostics([{ ...error, span }], { source: () => long }).split(
      "\n",
    );
    expect(line!.length).toBeLessThan(140);
    expect(line!.slice(mark!.indexOf("^"), mark!.lastIndexOf("^") + 1)).toBe("HERE");
  });

  test("control characters of the source do not reach the terminal", () => {
    const span = { file: "l", line: 1, column: 1, length: 1 };
    const text = renderDiagnostics([{ ...error, span }], { source: () => "a\u001b[31mb\u0007" });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is tested
    expect(text).not.toMatch(/[\u001b\u0007]/);
  });

  test("colours are those that are given, around each part", () => {
    const style = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
    const colours: RenderColours = {
      error: style("error"),
      warning: style("warning"),
      note: style("note"),
      help: style("help"),
      place: style("place"),
      gutter: style("gutter"),
      message: style("message"),
    };
    expect(renderDiagnostics([{ ...error, help: "h" }], { source, colours })).toBe(
      [
        "<place>a.tasm:2:6:</place> <error>error:</error> <message>something is wrong</message>",
        "<gutter>     2 |</gutter> \tadd v0, v1",
        "<gutter>       |</gutter> \t    <error>^^</error>",
        "<help>help:</help> h",
        "",
      ].join("\n"),
    );
  });
});
