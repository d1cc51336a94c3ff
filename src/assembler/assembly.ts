import { type Configuration, CSRS, MEMORY } from "../isa/index.js";
import { Evaluator } from "./expression/evaluator.js";
import { ExpressionError } from "./expression/expression-error.js";
import { References } from "./expression/references.js";
import { forms } from "./instructions/forms.js";
import { REGISTER_NAMES, type Register, registerFileText } from "./instructions/operands.js";
import type { PendingWord } from "./instructions/pending.js";
import type { DataFixup } from "./layout/data-fixups.js";
import { SectionTable } from "./layout/section-table.js";
import { MAX_WRITTEN_BYTES } from "./limits.js";
import type { AssembleOptions } from "./options.js";
import { type Place, Reporter } from "./source/reporter.js";
import { type Scope, SymbolTable } from "./symbols/symbol-table.js";
import type { Expression, Range } from "./syntax/ast.js";

/** What an assembly knows while it goes through the source. */
export class Assembly {
  readonly reporter = new Reporter();
  readonly symbols = new SymbolTable();
  readonly evaluator: Evaluator;
  readonly sections: SectionTable;
  /** Names of registers: the machine's and the program's. */
  readonly registers = new Map<string, Register>(REGISTER_NAMES);
  /** The words of .text, in order. */
  readonly words: PendingWord[] = [];
  readonly fixups: DataFixup[] = [];
  /** What `.file` said the image shall call a file. */
  readonly recordedNames = new Map<string, string>();
  /** What `.entry` named. */
  entry: { readonly name: string; readonly place: Place } | undefined;

  private sequence = 0;
  private written = 0;
  private readonly included = new Map<string, number>();

  constructor(
    readonly options: AssembleOptions,
    readonly configuration: Configuration,
  ) {
    const references = new References(this.symbols, (name) => this.meaning(name));
    this.evaluator = new Evaluator(references);
    this.sections = new SectionTable(configuration);
    for (const [name, value] of Object.entries(options.defines ?? {}))
      this.symbols.entry(name).definitions.push({
        kind: "constant",
        value,
        scope: undefined,
        place: undefined,
        sequence: this.nextSequence(),
      });
  }

  /** A number for a statement or a definition, above all earlier ones. */
  nextSequence(): number {
    return ++this.sequence;
  }

  error(scope: Scope, range: Range, message: string, help?: string): void {
    this.reporter.error({ site: scope.site, range }, message, { help });
  }

  /** Run something that evaluates expressions, and report the one that has no value. */
  reporting<T>(evaluate: () => T): T | undefined {
    try {
      return evaluate();
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.reporter.error(error.place, error.message, error.details);
      return undefined;
    }
  }

  /** A count that must be known now, or undefined after an error was reported. */
  count(expression: Expression, scope: Scope, what: string, max: number): number | undefined {
    const value = this.reporting(() => this.evaluator.integer(expression, scope));
    if (value === undefined) return undefined;
    if (value >= 0n && value <= BigInt(max)) return Number(value);
    const expected =
      max < Number.MAX_SAFE_INTEGER
        ? `expected 0 to ${max}`
        : value < 0n
          ? "it must not be negative"
          : "it must be below 2^53";
    this.error(scope, expression, `${what} is ${shortened(value)}, ${expected}`);
    return undefined;
  }

  /** How many of so many bytes of a file are included once more than the file has them. */
  countIncluded(path: string, length: number, size: number): number {
    const before = this.included.get(path) ?? 0;
    this.included.set(path, before + length);
    return Math.max(0, before + length - Math.max(before, size));
  }

  /** Whether the source may write so many more bytes; reports it if not. */
  mayWrite(bytes: number, scope: Scope, range: Range): boolean {
    if (this.written + bytes > MAX_WRITTEN_BYTES) {
      if (this.written <= MAX_WRITTEN_BYTES)
        this.error(
          scope,
          range,
          `the source writes more than ${MAX_WRITTEN_BYTES} bytes of data`,
          "zeros need no bytes in .bss; large data belongs into a file: .incbin",
        );
      this.written = MAX_WRITTEN_BYTES + 1;
      return false;
    }
    this.written += bytes;
    return true;
  }

  /** What a name is that is no symbol. */
  private meaning(name: string): string | undefined {
    const register = this.registers.get(name);
    if (register) return registerFileText(register.file).replace(/ \(.*/, "");
    if (name.startsWith(".")) return undefined;
    if (Object.hasOwn(CSRS, name)) return "a control and status register";
    return forms().has(name) ? `the instruction "${name}"` : undefined;
  }
}

/** The address of the first instruction. */
export const TEXT_ADDRESS = MEMORY.instruction_base;

/** A number as messages show it: huge ones by their size. */
export function shortened(value: bigint): string {
  const text = value.toString();
  return text.length <= 24 ? text : `${text.slice(0, 8)}… (${text.replace("-", "").length} digits)`;
}
