import { nearest } from "../../diagnostics/suggest.js";
import { noteAt } from "../source/reporter.js";
import {
  type Constant,
  definitionAt,
  type Label,
  type Scope,
  type SymbolEntry,
  type SymbolTable,
  type Tensor,
} from "../symbols/symbol-table.js";
import type { LocalReference, NameReference, Range } from "../syntax/ast.js";
import { ExpressionError } from "./expression-error.js";

/** Unknown names for which a similar one is looked for: each costs a pass over all symbols. */
const MAX_SUGGESTIONS = 100;

/** Finds what the names in expressions mean. */
export class References {
  private suggestions = 0;

  /** @param otherMeaning what a name is if it is no symbol, such as "a register" */
  constructor(
    private readonly symbols: SymbolTable,
    private readonly otherMeaning: (name: string) => string | undefined,
  ) {}

  /** @throws ExpressionError */
  definition(reference: NameReference, scope: Scope): Label | Constant {
    const entry = this.symbols.find(reference.name);
    const found = entry && definitionAt(entry, scope.sequence);
    if (!found) throw this.undefinedSymbol(reference, scope);
    if (found === "ambiguous") throw ambiguous(entry, reference, scope);
    entry.referenced = true;
    return found;
  }

  /** @throws ExpressionError */
  numericLabel({ number, direction, ...range }: LocalReference, scope: Scope): Label {
    const label = this.symbols.findNumeric(number, direction, scope.sequence);
    if (label) return label;
    const [where, opposite, help] =
      direction === "b"
        ? (["before", "f", `${number}f is the next one`] as const)
        : (["after", "b", `${number}b is the one before`] as const);
    const other = this.symbols.findNumeric(number, opposite, scope.sequence);
    throw errorAt(range, scope, `no label "${number}:" ${where} this line`, {
      help: other ? help : undefined,
    });
  }

  /** What `.tensor` said of a symbol. */
  tensor(name: string): Tensor | undefined {
    const entry = this.symbols.find(name);
    if (entry) entry.referenced = true;
    return entry?.tensor;
  }

  private undefinedSymbol({ name, ...range }: NameReference, scope: Scope): ExpressionError {
    const meaning = this.otherMeaning(name);
    if (meaning) return errorAt(range, scope, `expected a number, found ${meaning}`);
    const similar =
      ++this.suggestions > MAX_SUGGESTIONS ? undefined : nearest(name, this.symbols.definedNames());
    return errorAt(range, scope, `"${name}" is not defined`, {
      help: similar === undefined ? undefined : `did you mean "${similar}"?`,
    });
  }
}

function ambiguous(entry: SymbolEntry, range: Range, scope: Scope): ExpressionError {
  const notes = entry.definitions
    .slice(0, 2)
    .flatMap(({ place }, i) => (place ? [noteAt(i ? "and here" : "assigned here", place)] : []));
  return errorAt(
    range,
    scope,
    `"${entry.name}" has several values, all assigned later: it is not clear which is meant`,
    { notes, help: "assign it before this line, or use another name" },
  );
}

function errorAt(
  range: Range,
  scope: Scope,
  message: string,
  details?: ExpressionError["details"],
): ExpressionError {
  return new ExpressionError(message, { site: scope.site, range }, details);
}
