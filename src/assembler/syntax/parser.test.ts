import { Lexer } from "chevrotain";
import { describe, expect, test } from "vitest";
import { fileOrigin } from "../source/origin.js";
import { SourceFile } from "../source/source-file.js";
import { LineParser } from "./parser.js";
import { SourceText } from "./source-text.js";
import { TOKENS } from "./tokens.js";

function sourceText(text: string): SourceText {
  return new SourceText(text, fileOrigin(new SourceFile("test.tasm", text)));
}

function words(text: string): string[] {
  const source = sourceText(text);
  return Array.from({ length: source.lineCount }, (_, line) => {
    const { start, end } = source.lineRange(line);
    return text.slice(start, end);
  });
}

describe("the grammar", () => {
  test("passes chevrotain's validation", () => {
    expect(() => new LineParser({ skipValidations: false })).not.toThrow();
  });

  test("has tokens that pass chevrotain's validation", () => {
    const lexer = new Lexer(TOKENS, { positionTracking: "onlyOffset", ensureOptimizations: true });
    expect(lexer.lexerDefinitionErrors).toEqual([]);
  });
});

describe("lines", () => {
  test("are those that are not blank, without comments", () => {
    expect(words("# a\n\n  nop # b\r\n/* c\n d */ add x1, x2 // e\n  halt")).toEqual([
      "nop",
      "add x1, x2",
      "halt",
    ]);
  });

  test("go on behind a backslash", () => {
    expect(words("li x1, \\\n 5\nnop \\ \r\n\n")).toEqual(["li x1, \\\n 5", "nop"]);
  });

  test("of a long text are cut into pieces without loss", () => {
    const line = (i: number) => (i % 3 === 0 ? `l${i}: li x1, \\\n    ${i}` : `l${i}: nop`);
    const all = Array.from({ length: 20_000 }, (_, i) => line(i));
    const source = sourceText(all.join("\n"));
    expect(source.lineCount).toBe(all.length);
    for (const i of [0, 4_999, 12_345, 19_999]) {
      const { start, end } = source.lineRange(i);
      expect(source.text.slice(start, end)).toBe(line(i));
      expect(source.statement(i)).toMatchObject({ labels: [{ name: `l${i}` }] });
    }
  });

  test("of a macro are text, not statements", () => {
    const source = sourceText(".macro m\n \\a: \\b\n.irp c, d\n ??? \n.endr\n.endm\n nop");
    expect(source.blockErrors).toEqual([]);
    expect([...source.blocks.keys()].sort()).toEqual([0, 2]);
    expect(source.statement(6)).toMatchObject({ kind: "statement", body: { name: "nop" } });
  });
});
