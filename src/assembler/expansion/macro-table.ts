import { nearest } from "../../diagnostics/suggest.js";
import type { Assembly } from "../assembly.js";
import { noteAt, type Site } from "../source/reporter.js";
import type { Command } from "../syntax/ast.js";
import type { Block } from "../syntax/blocks.js";
import { SourceText } from "../syntax/source-text.js";
import type { ExpansionBudget } from "./budget.js";
import { bindArguments, defineMacro, type Macro } from "./macro.js";
import { substitute, type UnknownParameter } from "./substitute.js";

/** Texts of a macro's expansions that are kept for calls with the same arguments. */
const KEPT_EXPANSIONS = 64;

/** The macros of a program and the texts that they expand to. */
export class MacroTable {
  private readonly macros = new Map<string, Macro>();
  private readonly kept = new Map<Macro, Map<string, SourceText>>();
  /** Macros with an error in their body, which is reported once and not with every call. */
  private readonly broken = new Set<Macro>();
  private expansions = 0;

  constructor(
    private readonly assembly: Assembly,
    private readonly budget: ExpansionBudget,
  ) {}

  find(name: string): Macro | undefined {
    return this.macros.get(name);
  }

  names(): Iterable<string> {
    return this.macros.keys();
  }

  define(site: Site, block: Block): void {
    const macro = defineMacro(this.assembly, site, block, this.macros);
    if (!macro) return;
    this.macros.set(macro.name, macro);
    this.kept.set(macro, new Map());
    const errors = site.source.blockErrors;
    if (errors.some(({ line }) => line >= block.first && line < block.last)) this.broken.add(macro);
  }

  /** The text that a call stands for, or undefined after an error was reported. */
  expand(macro: Macro, command: Command, site: Site): SourceText | undefined {
    if (this.broken.has(macro)) return undefined;
    const bound = bindArguments(this.assembly, macro, command, site);
    if (!bound) return undefined;
    const kept = this.kept.get(macro)!;
    const key = JSON.stringify([...bound.values()]);
    const known = kept.get(key);
    if (known) return known;
    const { source, body } = macro;
    const number = this.expansions++;
    const expanded = substitute(source.text, body, source.origin, bound, number);
    for (const parameter of expanded.unknown)
      if (!isOfNestedBlock(macro, parameter.name))
        this.reportUnknown(macro, parameter, bound.keys());
    if (this.broken.has(macro)) return undefined;
    if (!this.budget.countCharacters(expanded.text.length, site, command)) return undefined;
    const text = new SourceText(expanded.text, expanded.origin);
    if (!expanded.usesCount && kept.size < KEPT_EXPANSIONS) kept.set(key, text);
    return text;
  }

  private reportUnknown(
    macro: Macro,
    { name, start, end }: UnknownParameter,
    parameters: Iterable<string>,
  ): void {
    const similar = nearest(name, parameters);
    const place = { site: macro.place.site, range: { start, end } };
    this.assembly.reporter.error(place, `macro "${macro.name}" has no parameter "${name}"`, {
      notes: [noteAt("the macro is defined here", macro.place)],
      help: similar === undefined ? undefined : `did you mean "\\${similar}"?`,
    });
    this.broken.add(macro);
  }
}

/** Whether a name belongs to a macro or an .irp inside a macro's body. */
function isOfNestedBlock({ source, body }: Macro, name: string): boolean {
  const opener = /^\s*(?:[\w.]+:\s*)*\.(?:macro|irp)\b/;
  const parameter = new RegExp(`\\b${name}\\b`);
  const lines = source.text.slice(body.start, body.end).split("\n");
  return lines.some((line) => opener.test(line) && parameter.test(line));
}
