import { nearest } from "../../diagnostics/suggest.js";
import type { Assembly } from "../assembly.js";
import { asName, hasOperands } from "../directives/directive.js";
import { DIRECTIVE_NAMES } from "../directives/directive-names.js";
import { fileOperand } from "../directives/files.js";
import { DIRECTIVES } from "../directives/index.js";
import { emitInstruction } from "../instructions/emit.js";
import {
  MAX_CONDITION_DEPTH,
  MAX_EXPANDED_CHARACTERS,
  MAX_EXPANDED_LINES,
  MAX_FRAME_DEPTH,
} from "../limits.js";
import type { ListedLine } from "../output/listed-line.js";
import { enterFrame, type Frame, spanOf } from "../source/frame.js";
import { fileOrigin } from "../source/origin.js";
import { noteAt, type Site } from "../source/reporter.js";
import { SourceFile } from "../source/source-file.js";
import { decodeSource } from "../source/source-text-check.js";
import { defineConstant, defineLabel } from "../symbols/define.js";
import type { Scope } from "../symbols/symbol-table.js";
import type { Command, Expression, Range } from "../syntax/ast.js";
import type { Block } from "../syntax/blocks.js";
import { SourceText } from "../syntax/source-text.js";
import { bindArguments, defineMacro, type Macro } from "./macro.js";
import { substitute } from "./substitute.js";

/** Texts of a macro's expansions that are kept for calls with the same arguments. */
const KEPT_EXPANSIONS = 64;

/** Goes through the lines of a program: files, macros, repetitions, conditions. */
export class Expander {
  readonly listed: ListedLine[] = [];
  private readonly macros = new Map<string, Macro>();
  private readonly files = new Map<string, SourceText>();
  private readonly expansions = new Map<Macro, Map<string, SourceText>>();
  private readonly checked = new Set<SourceText>();
  private readonly broken = new Set<Macro>();
  private expandedLines = 0;
  private expandedCharacters = 0;
  private expansionCount = 0;
  private conditionDepth = 0;
  private stopped = false;

  constructor(private readonly assembly: Assembly) {}

  /** Whether a limit was exceeded, so that not all of the program was read. */
  get isStopped(): boolean {
    return this.stopped;
  }

  /** The whole of a text. */
  runAll(site: Site): void {
    this.checkStructure(site);
    this.run(site, 0, site.source.lineCount);
  }

  private run(site: Site, from: number, to: number): void {
    const { source } = site;
    const { blocks } = source.structure;
    for (let line = from; line < to && !this.stopped; line++) {
      if (site.frame && site.frame.kind !== "include" && !this.countLine(site, line)) return;
      const block = blocks.get(line);
      const { current } = this.assembly.sections;
      const listed: ListedLine = {
        site,
        line,
        section: current,
        from: current.size,
        to: current.size,
        replaced: false,
        block,
      };
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

  private line(site: Site, line: number, listed: ListedLine): void {
    const statement = site.source.statement(line);
    if (statement.kind === "error") {
      this.assembly.reporter.error({ site, range: statement }, statement.message, {
        help: statement.help,
      });
      return;
    }
    const scope = this.scope(site);
    for (const label of statement.labels) defineLabel(this.assembly, label, scope);
    const { body } = statement;
    if (!body) return;
    if (body.kind === "assignment")
      defineConstant(this.assembly, body.name, body.nameRange, body.value, scope);
    else {
      listed.replaced = this.macros.has(body.name) || body.name === ".include";
      this.command(site, body, scope);
    }
  }

  private command(site: Site, command: Command, scope: Scope): void {
    const { name } = command;
    const macro = this.macros.get(name);
    if (macro) this.callMacro(macro, command, site);
    else if (name === ".include") this.include(command, scope);
    else if (!name.startsWith("."))
      emitInstruction(this.assembly, command, scope, this.macros.keys());
    else if (Object.hasOwn(DIRECTIVES, name))
      DIRECTIVES[name as keyof typeof DIRECTIVES](this.assembly, command, scope);
    // Else it is an end without a beginning, which was reported with the blocks.
    else if (!DIRECTIVE_NAMES.includes(name)) this.unknownDirective(command, scope);
  }

  private unknownDirective({ name, nameRange }: Command, scope: Scope): void {
    const similar = DIRECTIVE_ADVICE[name] ?? nearest(name, DIRECTIVE_NAMES);
    this.assembly.error(
      scope,
      nameRange,
      `unknown directive "${name}"`,
      similar === undefined ? undefined : `did you mean "${similar}"?`,
    );
  }

  private scope(site: Site): Scope {
    const section = this.assembly.sections.current;
    return {
      site,
      sequence: this.assembly.nextSequence(),
      here: { section, offset: section.size },
    };
  }

  // --- blocks ---

  private block(site: Site, block: Block): void {
    if (block.opener === ".macro") {
      this.macro(site, block);
      return;
    }
    const statement = site.source.statement(block.first);
    if (statement.kind === "error") {
      const { message, help } = statement;
      this.assembly.reporter.error({ site, range: statement }, message, { help });
      return;
    }
    const scope = this.scope(site);
    for (const label of statement.labels) defineLabel(this.assembly, label, scope);
    const command = statement.body as Command;
    if (block.opener === ".rept") this.repeat(site, block, command, scope);
    else if (block.opener === ".irp") this.repeatOver(site, block, command, scope);
    else this.condition(site, block);
  }

  private macro(site: Site, block: Block): void {
    const macro = defineMacro(this.assembly, site, block, this.macros);
    if (!macro) return;
    this.macros.set(macro.name, macro);
    const { errors } = site.source.structure;
    if (errors.some(({ line }) => line >= block.first && line < block.last)) this.broken.add(macro);
  }

  private condition(site: Site, block: Block): void {
    if (++this.conditionDepth > MAX_CONDITION_DEPTH) {
      const range = site.source.lineRange(block.first);
      const message = `conditions nested more than ${MAX_CONDITION_DEPTH} deep`;
      this.assembly.reporter.error({ site, range }, message);
    } else {
      const borders = [block.first, ...block.middles, block.last];
      for (let i = 0; i + 1 < borders.length; i++) {
        const holds = this.holds(site, borders[i]!);
        if (holds === undefined) break;
        if (!holds) continue;
        this.run(site, borders[i]! + 1, borders[i + 1]!);
        break;
      }
    }
    this.conditionDepth--;
  }

  /** Whether the lines under `.if`, `.elseif` or `.else` count; undefined after an error. */
  private holds(site: Site, line: number): boolean | undefined {
    const statement = site.source.statement(line);
    if (statement.kind === "error") {
      this.assembly.reporter.error({ site, range: statement }, statement.message);
      return undefined;
    }
    const command = statement.body as Command;
    const scope = this.scope(site);
    if (command.name === ".else")
      return hasOperands(this.assembly, command, scope, [0, 0], ".else") || undefined;
    const names = command.name === ".ifdef" || command.name === ".ifndef";
    const usage = `${command.name} ${names ? "name" : "condition"}`;
    if (!hasOperands(this.assembly, command, scope, [1, 1], usage)) return undefined;
    const operand = command.operands[0]!;
    if (names) {
      const name = asName(this.assembly, operand, scope, "a name");
      return name === undefined ? undefined : this.isDefined(name) === (command.name === ".ifdef");
    }
    const value = this.known(operand as Expression, scope);
    return value === undefined ? undefined : value !== 0n;
  }

  private isDefined(name: string): boolean {
    const symbol = this.assembly.symbols.find(name);
    return (
      (symbol?.definitions.length ?? 0) > 0 ||
      this.macros.has(name) ||
      this.assembly.registers.has(name)
    );
  }

  /** An integer that must be known here. */
  private known(operand: Expression, scope: Scope): bigint | undefined {
    return this.assembly.reporting(() => this.assembly.evaluator.integer(operand, scope));
  }

  private repeat(site: Site, block: Block, command: Command, scope: Scope): void {
    if (!hasOperands(this.assembly, command, scope, [1, 1], ".rept count")) return;
    const operand = command.operands[0] as Expression;
    const count = this.assembly.count(operand, scope, "the count", Number.MAX_SAFE_INTEGER);
    if (count === undefined) return;
    const lines = block.last - block.first - 1;
    if (lines === 0) return;
    if (count * lines > MAX_EXPANDED_LINES) {
      this.reportTooManyLines(site, operand);
      return;
    }
    const span = spanOf(site.source.origin, command.start, command.end);
    for (let i = 0; i < count && !this.stopped; i++) {
      const name = `number ${i + 1} of ${count}`;
      const frame = this.enter("repetition", name, span, site, command);
      if (!frame) return;
      this.run({ source: site.source, frame }, block.first + 1, block.last);
    }
  }

  private repeatOver(site: Site, block: Block, command: Command, scope: Scope): void {
    if (!hasOperands(this.assembly, command, scope, [2, Infinity], ".irp name, value, …")) return;
    const [nameOperand, ...values] = command.operands;
    const name = asName(this.assembly, nameOperand!, scope, "a name");
    if (name === undefined) return;
    const { source } = site;
    const body = source.between(block.first, block.last);
    const span = spanOf(source.origin, command.start, command.end);
    for (const value of values) {
      if (this.stopped) return;
      const text = source.text.slice(value.start, value.end);
      const parameters = new Map([[name, text]]);
      const frame = this.enter("repetition", `with ${name} = ${text}`, span, site, command);
      if (!frame) return;
      const { text: expanded, origin } = substitute(
        source.text,
        body,
        source.origin,
        parameters,
        undefined,
      );
      if (!this.countCharacters(expanded.length, site, command)) return;
      this.runAll({ source: new SourceText(expanded, origin), frame });
    }
  }

  // --- other texts ---

  private callMacro(macro: Macro, command: Command, site: Site): void {
    if (this.broken.has(macro)) return;
    const bound = bindArguments(this.assembly, macro, command, site);
    if (!bound) return;
    const span = spanOf(site.source.origin, command.start, command.end);
    const frame = this.enter("macro", macro.name, span, site, command);
    if (!frame) return;
    const source = this.expansion(macro, bound, site, command);
    if (source) this.runAll({ source, frame });
  }

  private expansion(
    macro: Macro,
    bound: ReadonlyMap<string, string>,
    site: Site,
    command: Command,
  ): SourceText | undefined {
    const kept = this.expansions.get(macro) ?? new Map<string, SourceText>();
    this.expansions.set(macro, kept);
    const key = JSON.stringify([...bound.values()]);
    const found = kept.get(key);
    if (found) return found;
    const { text, origin, unknown, usesCount } = substitute(
      macro.source.text,
      macro.body,
      macro.source.origin,
      bound,
      this.expansionCount++,
    );
    for (const { name, start, end } of this.broken.has(macro) ? [] : unknown) {
      if (this.nestedParameter(macro, name)) continue;
      const similar = nearest(name, bound.keys());
      const place = { site: macro.place.site, range: { start, end } };
      this.assembly.reporter.error(place, `macro "${macro.name}" has no parameter "${name}"`, {
        notes: [noteAt("the macro is defined here", macro.place)],
        help: similar === undefined ? undefined : `did you mean "\\${similar}"?`,
      });
      this.broken.add(macro);
    }
    if (this.broken.has(macro) || !this.countCharacters(text.length, site, command))
      return undefined;
    const source = new SourceText(text, origin);
    if (!usesCount && kept.size < KEPT_EXPANSIONS) kept.set(key, source);
    return source;
  }

  /** Whether a body may leave a parameter for a macro or an .irp that is defined inside it. */
  private nestedParameter({ source, body }: Macro, name: string): boolean {
    const text = source.text.slice(body.start, body.end);
    return new RegExp(`\\.(?:macro|irp)\\b[^\\n]*\\b${name}\\b`).test(text);
  }

  private include(command: Command, scope: Scope): void {
    const { assembly } = this;
    if (!hasOperands(assembly, command, scope, [1, 1], '.include "file"')) return;
    const operand = command.operands[0]!;
    const file = fileOperand(assembly, operand, scope);
    if (!file) return;
    const { site } = scope;
    const span = spanOf(site.source.origin, command.start, command.end);
    const frame = this.enter("include", file.path, span, site, command);
    if (!frame) return;
    let source = this.files.get(file.path);
    if (!source) {
      const decoded = decodeSource(file.bytes);
      if (typeof decoded !== "string") {
        assembly.error(scope, operand, `${file.path}: ${decoded.problem}`, decoded.help);
        return;
      }
      source = new SourceText(decoded, fileOrigin(new SourceFile(file.path, decoded)));
      this.files.set(file.path, source);
    }
    this.runAll({ source, frame });
  }

  /** A frame inside the site's, or undefined after an error was reported. */
  private enter(
    kind: Frame["kind"],
    name: string,
    span: Frame["span"],
    site: Site,
    range: Range,
  ): Frame | undefined {
    const frame = enterFrame(kind, name, span, site.frame);
    if (frame.depth <= MAX_FRAME_DEPTH) return frame;
    const itself = hasAncestor(site.frame, kind, name);
    const what = { macro: `macro "${name}"`, include: `"${name}"`, repetition: "a repetition" }[
      kind
    ];
    const verb = kind === "include" ? "includes" : "calls";
    this.assembly.reporter.error(
      { site, range },
      itself
        ? `${what} ${verb} itself without end`
        : `more than ${MAX_FRAME_DEPTH} macros, includes and repetitions inside each other`,
      { help: itself ? `stop it with a condition: .if … .endif` : undefined },
    );
    this.stopped = true;
    return undefined;
  }

  // --- limits ---

  private countLine(site: Site, line: number): boolean {
    if (++this.expandedLines <= MAX_EXPANDED_LINES) return true;
    this.reportTooManyLines(site, site.source.lineRange(line));
    this.stopped = true;
    return false;
  }

  private reportTooManyLines(site: Site, range: Range): void {
    const message = `macros and repetitions make more than ${MAX_EXPANDED_LINES} lines`;
    const help = "for many equal bytes there are .fill and .zero";
    this.assembly.reporter.error({ site, range }, message, { help });
  }

  private countCharacters(count: number, site: Site, range: Range): boolean {
    this.expandedCharacters += count;
    if (this.expandedCharacters <= MAX_EXPANDED_CHARACTERS) return true;
    const message = `macros make more than ${MAX_EXPANDED_CHARACTERS} characters`;
    this.assembly.reporter.error({ site, range }, message);
    this.stopped = true;
    return false;
  }

  /** Reports blocks that are not closed, once for each text. */
  private checkStructure(site: Site): void {
    const { source } = site;
    if (this.checked.has(source)) return;
    this.checked.add(source);
    for (const { line, message, help, related } of source.structure.errors) {
      const notes = related
        ? [noteAt(related.message, { site, range: source.lineRange(related.line) })]
        : [];
      this.assembly.reporter.error({ site, range: source.lineRange(line) }, message, {
        help,
        notes,
      });
    }
  }
}

/** Directives of other assemblers whose names are not similar to ours. */
const DIRECTIVE_ADVICE: Readonly<Record<string, string>> = {
  ".align": ".balign",
  ".p2align": ".balign",
  ".quad": ".dword",
  ".long": ".word",
  ".int": ".word",
  ".short": ".half",
  ".string": ".asciz",
  ".space": ".zero",
  ".skip": ".zero",
  ".org": ".balign",
};

function hasAncestor(frame: Frame | undefined, kind: Frame["kind"], name: string): boolean {
  for (let f = frame; f; f = f.parent) if (f.kind === kind && f.name === name) return true;
  return false;
}
