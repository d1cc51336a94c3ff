import type { Assembly } from "../assembly.js";
import { asExpression, asName, hasOperands } from "../directives/directive.js";
import { DIRECTIVE_NAMES } from "../directives/directive-names.js";
import { DIRECTIVES } from "../directives/index.js";
import { reportUnknownDirective } from "../directives/unknown.js";
import { emitInstruction } from "../instructions/emit.js";
import { MAX_CONDITION_DEPTH } from "../limits.js";
import type { ListedLine } from "../output/listed-line.js";
import { spanOf } from "../source/frame.js";
import { noteAt, type Site } from "../source/reporter.js";
import { defineConstant, defineLabel } from "../symbols/define.js";
import type { Scope } from "../symbols/symbol-table.js";
import type { Command, Statement } from "../syntax/ast.js";
import type { Block } from "../syntax/blocks.js";
import { SourceText } from "../syntax/source-text.js";
import { ExpansionBudget } from "./budget.js";
import { chosenBranch } from "./conditions.js";
import { IncludedFiles } from "./included-files.js";
import type { Macro } from "./macro.js";
import { MacroTable } from "./macro-table.js";
import { substitute } from "./substitute.js";

/** Goes through the lines of a program: files, macros, repetitions, conditions. */
export class Expander {
  /** Every line that was carried out, in order. */
  readonly listed: ListedLine[] = [];
  private readonly budget: ExpansionBudget;
  private readonly macros: MacroTable;
  private readonly files: IncludedFiles;
  private readonly checked = new Set<SourceText>();
  private conditionDepth = 0;

  constructor(readonly assembly: Assembly) {
    this.budget = new ExpansionBudget(assembly.reporter);
    this.macros = new MacroTable(assembly, this.budget);
    this.files = new IncludedFiles(assembly);
  }

  /** Whether a limit was exceeded, so that not all of the program was read. */
  get isStopped(): boolean {
    return this.budget.isExceeded;
  }

  /** Carry out the whole of a text. */
  runAll(site: Site): void {
    this.checkStructure(site);
    this.run(site, 0, site.source.lineCount);
  }

  private run(site: Site, from: number, to: number): void {
    const { blocks } = site.source;
    for (let line = from; line < to && !this.isStopped; line++) {
      if (site.frame && !this.budget.countLine(site, line)) return;
      const block = blocks.get(line);
      const { current } = this.assembly.sections;
      const { size } = current;
      const listed = { site, line, section: current, from: size, to: size, replaced: false, block };
      this.listed.push(listed);
      if (block) {
        this.block(site, block);
        line = block.last;
      } else {
        this.line(site, line, listed);
        if (!listed.replaced) listed.to = current.size;
      }
    }
  }

  /** The scope of a statement that is carried out now. */
  scope(site: Site): Scope {
    const section = this.assembly.sections.current;
    const sequence = this.assembly.nextSequence();
    return { site, sequence, here: { section, offset: section.size } };
  }

  /** A line as a statement with its labels defined, or undefined after an error was reported. */
  private statement(site: Site, line: number, scope: Scope): Statement | undefined {
    const statement = site.source.statement(line);
    if (statement.kind === "error") {
      const { message, help } = statement;
      this.assembly.reporter.error({ site, range: statement }, message, { help });
      return undefined;
    }
    for (const label of statement.labels) defineLabel(this.assembly, label, scope);
    return statement;
  }

  private line(site: Site, line: number, listed: ListedLine): void {
    const scope = this.scope(site);
    const body = this.statement(site, line, scope)?.body;
    if (body?.kind === "assignment")
      defineConstant(this.assembly, body.name, body.nameRange, body.value, scope);
    else if (body) this.command(site, body, scope, listed);
  }

  private command(site: Site, command: Command, scope: Scope, listed: ListedLine): void {
    const { name } = command;
    const macro = this.macros.find(name);
    if (macro) {
      listed.replaced = true;
      this.callMacro(macro, command, site);
    } else if (name === ".include") {
      listed.replaced = true;
      this.include(command, scope);
    } else if (!name.startsWith(".")) {
      emitInstruction(this.assembly, command, scope, this.macros.names());
    } else if (Object.hasOwn(DIRECTIVES, name)) {
      DIRECTIVES[name as keyof typeof DIRECTIVES](this.assembly, command, scope);
    } else if (!DIRECTIVE_NAMES.includes(name)) {
      // Else it ends a block that does not begin, which was reported with the text's structure.
      reportUnknownDirective(this.assembly, command, scope);
    }
  }

  private callMacro(macro: Macro, command: Command, site: Site): void {
    const source = this.macros.expand(macro, command, site);
    if (!source) return;
    const frame = this.enter("macro", macro.name, command, site);
    if (frame) this.runAll({ source, frame });
  }

  private include(command: Command, scope: Scope): void {
    const file = this.files.read(command, scope);
    if (!file) return;
    const frame = this.enter("include", file.path, command, scope.site);
    if (frame) this.runAll({ source: file.source, frame });
  }

  private enter(kind: "macro" | "include" | "repetition", name: string, at: Command, site: Site) {
    const span = spanOf(site.source.origin, at.start, at.end);
    return this.budget.enter(kind, name, span, site, at);
  }

  // --- blocks ---

  private block(site: Site, block: Block): void {
    if (block.opener === ".macro") {
      this.macros.define(site, block);
      return;
    }
    const scope = this.scope(site);
    const statement = this.statement(site, block.first, scope);
    if (!statement) return;
    const command = statement.body as Command;
    if (block.opener === ".rept") this.repeat(site, block, command, scope);
    else if (block.opener === ".irp") this.repeatOver(site, block, command, scope);
    else this.condition(site, block);
  }

  private condition(site: Site, block: Block): void {
    if (this.conditionDepth >= MAX_CONDITION_DEPTH) {
      const range = site.source.lineRange(block.first);
      const message = `conditions nested more than ${MAX_CONDITION_DEPTH} deep`;
      this.assembly.reporter.error({ site, range }, message);
      return;
    }
    this.conditionDepth++;
    const context = {
      assembly: this.assembly,
      scope: (at: Site) => this.scope(at),
      isMacro: (name: string) => this.macros.find(name) !== undefined,
    };
    const lines = chosenBranch(context, site, block);
    if (lines) this.run(site, lines.from, lines.to);
    this.conditionDepth--;
  }

  private repeat(site: Site, block: Block, command: Command, scope: Scope): void {
    const { assembly } = this;
    if (!hasOperands(assembly, command, scope, [1, 1], ".rept count")) return;
    const operand = asExpression(assembly, command.operands[0]!, scope, "a count");
    const count = operand && assembly.count(operand, scope, "the count", Number.MAX_SAFE_INTEGER);
    const lines = block.last - block.first - 1;
    if (count === undefined || lines === 0) return;
    if (!this.budget.allowsLines(count * lines, site, command.operands[0]!)) return;
    for (let i = 1; i <= count && !this.isStopped; i++) {
      const frame = this.enter("repetition", `number ${i} of ${count}`, command, site);
      if (!frame) return;
      this.run({ source: site.source, frame }, block.first + 1, block.last);
    }
  }

  private repeatOver(site: Site, block: Block, command: Command, scope: Scope): void {
    const usage = ".irp name, value, …";
    if (!hasOperands(this.assembly, command, scope, [2, Infinity], usage)) return;
    const [nameOperand, ...values] = command.operands;
    const name = asName(this.assembly, nameOperand!, scope, "a name");
    if (name === undefined) return;
    const { text, origin } = site.source;
    const body = site.source.between(block.first, block.last);
    const isEmpty = values.length === 1 && values[0]!.kind === "blank";
    for (const { start, end } of isEmpty ? [] : values) {
      if (this.isStopped) return;
      const value = text.slice(start, end);
      const frame = this.enter("repetition", `with ${name} = ${value}`, command, site);
      if (!frame) return;
      const expanded = substitute(text, body, origin, new Map([[name, value]]), undefined);
      if (!this.budget.countCharacters(expanded.text.length, site, command)) return;
      this.runAll({ source: new SourceText(expanded.text, expanded.origin), frame });
    }
  }

  /** Reports blocks that are not closed, once for each text. */
  private checkStructure(site: Site): void {
    const { source } = site;
    if (this.checked.has(source)) return;
    this.checked.add(source);
    for (const { line, message, help, related } of source.blockErrors) {
      const notes = related
        ? [noteAt(related.message, { site, range: source.lineRange(related.line) })]
        : [];
      const range = source.lineRange(line);
      this.assembly.reporter.error({ site, range }, message, { help, notes });
    }
  }
}
