import { type AssemblyWords, assemblyWords } from "./assembly-words.js";
import type { Specification } from "./load.js";

/** A rule of a TextMate grammar. */
interface Rule {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
  readonly patterns?: readonly Rule[];
}

/** editors/vscode/syntaxes/tasm.tmLanguage.json: how an editor colours assembly source. */
export function emitGrammar(spec: Specification): string {
  const grammar = {
    information_for_contributors: "Generated from isa/*.yaml by `npm run generate`. Do not edit.",
    name: "Ternac assembly",
    scopeName: "source.tasm",
    fileTypes: ["tasm"],
    patterns: rules(spec, assemblyWords(spec)).map(scoped),
  };
  return `${JSON.stringify(grammar, null, 2)}\n`;
}

/** The rules in the order in which an editor tries them at one place. */
function rules(spec: Specification, words: AssemblyWords): Rule[] {
  return [
    { name: "comment.line", match: "(?:#|//).*$" },
    { name: "comment.block", begin: "/\\*", end: "\\*/" },
    {
      name: "string.quoted.double",
      match: '"(?:[^"\\\\]|\\\\.)*"',
      captures: { 0: { name: "string.quoted.double" } },
    },
    { name: "string.quoted.single", match: "'(?:[^'\\\\]|\\\\.){1,12}'" },
    { name: "variable.parameter.macro", match: "\\\\(?:@|\\(\\)|\\w+)" },
    {
      match: "^\\s*(\\.?[A-Za-z_][\\w.]*|\\d+)\\s*(:)",
      captures: { 1: { name: "entity.name.label" }, 2: { name: "punctuation.separator.label" } },
    },
    {
      match: "^\\s*([A-Za-z_][\\w.]*)\\s*(=)(?!=)",
      captures: {
        1: { name: "variable.other.constant" },
        2: { name: "keyword.operator.assignment" },
      },
    },
    { name: "keyword.control.directive", match: word(words.directives) },
    // Before the mnemonics: a function may have the name of an instruction.
    { name: "support.function.expression", match: `${word(words.functions)}(?=\\s*\\()` },
    ...mnemonicRules(spec),
    ...Object.keys(spec.machine.registers).map((file) => ({
      name: `variable.language.register.${file}`,
      match: word(words.registers.filter((register) => register.startsWith(file))),
    })),
    {
      name: "variable.language.register.alias",
      match: word(Object.keys(spec.machine.register_aliases)),
    },
    { name: "constant.language.csr", match: word(Object.keys(spec.machine.csrs)) },
    { name: "constant.language.packing", match: word(Object.keys(spec.machine.packings)) },
    {
      name: "constant.numeric.real",
      match: "(?:\\b\\d+\\.\\d*|(?<![\\w.])\\.\\d+)(?:[eE][+-]?\\d+)?",
    },
    { name: "constant.numeric.real", match: "\\b\\d+[eE][+-]?\\d+\\b" },
    { name: "entity.name.label.reference", match: "\\b\\d+[bf](?![\\w.])" },
    {
      name: "constant.numeric.integer",
      match: "\\b(?:0[xX][\\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|\\d[\\d_]*)\\b",
    },
    { name: "keyword.operator", match: "<<|>>|<=|>=|==|!=|&&|\\|\\||[-+*/%&|^~!<>?:=]" },
  ];
}

/** Control flow stands out; the other instructions are told apart by their unit. */
function mnemonicRules(spec: Specification): Rule[] {
  const scopes = new Map<string, Set<string>>();
  const add = (scope: string, mnemonic: string) =>
    scopes.set(scope, (scopes.get(scope) ?? new Set()).add(mnemonic));
  const jumps = new Set<string>();
  for (const { mnemonic, timing, operands } of spec.instructions)
    if (timing === "branch" || operands.length === 0) jumps.add(mnemonic);
  // An alias belongs where the first instruction that it becomes belongs.
  for (const { mnemonic, expands } of spec.aliases)
    if (jumps.has(expands[0]!.split(" ", 1)[0]!)) jumps.add(mnemonic);
  for (const { mnemonic, unit } of spec.instructions)
    if (!jumps.has(mnemonic)) add(`support.function.${unit}`, mnemonic);
  const known = new Set(spec.instructions.map(({ mnemonic }) => mnemonic));
  for (const { mnemonic } of spec.aliases)
    if (!jumps.has(mnemonic) && !known.has(mnemonic)) add("support.function.alias", mnemonic);
  return [
    { name: "keyword.control.flow", match: word([...jumps]) },
    ...[...scopes].map(([name, mnemonics]) => ({ name, match: word([...mnemonics]) })),
  ];
}

/** Any of the words, whole: a name of the language may hold dots. */
function word(words: readonly string[]): string {
  // Longer ones first, so that `ldv.h` is not taken for `ldv`.
  const sorted = [...words].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return `(?<![\\w.])(?:${sorted.map((text) => text.replaceAll(".", "\\.")).join("|")})(?![\\w.])`;
}

/** The rule with the language's name at the end of every scope, as themes expect it. */
function scoped(rule: Rule): Rule {
  const { name, captures } = rule;
  return {
    ...rule,
    ...(name !== undefined && { name: `${name}.tasm` }),
    ...(captures && {
      captures: Object.fromEntries(
        Object.entries(captures).map(([group, { name }]) => [group, { name: `${name}.tasm` }]),
      ),
    }),
  };
}
