import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { DIRECTIVE_NAMES } from "../../src/assembler/directives/directive-names.js";
import { ALIASES, INSTRUCTIONS, REGISTERS } from "../../src/isa/index.js";
import { tokenize } from "./tokenize.js";

const editors = fileURLToPath(new URL("../../editors/", import.meta.url));
const read = (path: string) => JSON.parse(readFileSync(editors + path, "utf8"));

describe("the TextMate grammar", () => {
  const { patterns } = read("vscode/syntaxes/tasm.tmLanguage.json");
  const scopes = (line: string) =>
    tokenize(patterns, line).map(([text, scope]) => `${text}: ${scope.replace(/\.tasm$/, "")}`);

  it.each<[string, string[]]>([
    [
      "loop:  ldv.h v3, -0x40(x5), 12 # load",
      [
        "loop: entity.name.label",
        ":: punctuation.separator.label",
        "ldv.h: support.function.lsu",
        "v3: variable.language.register.v",
        "-: keyword.operator",
        "0x40: constant.numeric.integer",
        "x5: variable.language.register.x",
        "12: constant.numeric.integer",
        "# load: comment.line",
      ],
    ],
    [
      "  bnez x31, 1b",
      [
        "bnez: keyword.control.flow",
        "x31: variable.language.register.x",
        "1b: entity.name.label.reference",
      ],
    ],
    [
      "  norm v1, v0, eps(1e-6) // like 1.5",
      [
        "norm: support.function.rms",
        "v1: variable.language.register.v",
        "v0: variable.language.register.v",
        "eps: support.function.expression",
        "1e-6: constant.numeric.real",
        "// like 1.5: comment.line",
      ],
    ],
    [
      'rows = 4 /* halt */ .ascii "a # b\\" c"',
      [
        "rows: variable.other.constant",
        "=: keyword.operator.assignment",
        "4: constant.numeric.integer",
        "/* halt */: comment.block",
        ".ascii: keyword.control.directive",
        '"a # b\\" c": string.quoted.double',
      ],
    ],
    [
      "  csrr ra, vlmax",
      [
        "csrr: support.function.control",
        "ra: variable.language.register.alias",
        "vlmax: constant.language.csr",
      ],
    ],
    [
      "  .trits t5, \\name",
      [
        ".trits: keyword.control.directive",
        "t5: constant.language.packing",
        "\\name: variable.parameter.macro",
      ],
    ],
    // Names that only contain a word of the language.
    ["  add.row haltx v8 x32 my.exp .database", []],
  ])("colours: %s", (line, expected) => {
    expect(scopes(line)).toEqual(expected);
  });

  it("knows every mnemonic, register and directive", () => {
    const scopeOf = (word: string) => {
      const [token, ...rest] = tokenize(patterns, ` ${word} `);
      expect(rest).toEqual([]);
      expect(token?.[0]).toBe(word);
      return token?.[1];
    };
    for (const { mnemonic } of [...INSTRUCTIONS, ...ALIASES])
      expect(scopeOf(mnemonic)).toMatch(/^(support\.function|keyword\.control\.flow)/);
    for (const [file, { count }] of Object.entries(REGISTERS))
      for (let i = 0; i < count; i++)
        expect(scopeOf(`${file}${i}`)).toBe(`variable.language.register.${file}.tasm`);
    for (const name of DIRECTIVE_NAMES)
      expect(scopeOf(name)).toBe("keyword.control.directive.tasm");
  });
});

describe("the Visual Studio Code extension", () => {
  it("names files that exist, and a scope that the grammar has", () => {
    const { contributes } = read("vscode/package.json");
    const [language] = contributes.languages;
    const [grammar] = contributes.grammars;
    const [snippets] = contributes.snippets;
    for (const path of [language.configuration, grammar.path, snippets.path])
      expect(existsSync(`${editors}vscode/${path}`), path).toBe(true);
    expect(read(`vscode/${grammar.path}`).scopeName).toBe(grammar.scopeName);
    expect([grammar.language, snippets.language]).toEqual([language.id, language.id]);
    const { wordPattern, folding } = read("vscode/language-configuration.json");
    expect("  ldv.h".match(new RegExp(wordPattern))?.[0]).toBe("ldv.h");
    expect("  .macro f").toMatch(new RegExp(folding.markers.start));
    expect("  .endm").toMatch(new RegExp(folding.markers.end));
  });

  it("has a snippet for every form", () => {
    const snippets = read("vscode/snippets/tasm.json");
    for (const { syntax, mnemonic } of [...INSTRUCTIONS, ...ALIASES])
      expect(snippets[syntax].prefix, syntax).toBe(mnemonic);
    const body = snippets["ldv.h vd, mem, shift"].body.replaceAll("$", "");
    expect(body).toBe("ldv.h {1:vd}, {2:0}(x{3:N}), {4:shift}");
  });
});

describe("completion.json", () => {
  it("has every form of every mnemonic with its operands' ranges", () => {
    const { mnemonics, directives } = read("completion.json");
    const forms = mnemonics.flatMap(({ forms }: { forms: object[] }) => forms);
    expect(forms).toHaveLength(INSTRUCTIONS.length + ALIASES.length);
    expect(directives).toEqual(DIRECTIVE_NAMES);
    const slli = mnemonics.find(({ mnemonic }: { mnemonic: string }) => mnemonic === "slli");
    expect(slli.forms[0].operands[2]).toMatchObject({ kind: "imm", min: 0, max: 63 });
    expect(slli.forms[0].operands[0]).toMatchObject({ kind: "x", access: "written" });
  });
});
