import { nearest } from "../../diagnostics/suggest.js";
import { noteAt, type Place } from "../source/reporter.js";
import {
  type Constant,
  definitionAt,
  type Label,
  type Location,
  type Scope,
  type SymbolEntry,
  type SymbolTable,
  type Value,
} from "../symbols/symbol-table.js";
import type {
  CallExpression,
  Expression,
  LocalReference,
  NameReference,
  Range,
} from "../syntax/ast.js";
import { ArithmeticError, applyBinary, applyUnary } from "./arithmetic.js";
import { ConstantError, ExpressionError, RealFoundError } from "./expression-error.js";
import type { FunctionName } from "./function-names.js";
import { FUNCTIONS } from "./functions.js";
import * as r from "./rational.js";

/** Deepest nesting of an expression together with the definitions that it needs. */
const MAX_DEPTH = 800;
/** Longest numerator or denominator of a real number, in bits. */
const MAX_REAL_BITS = 4096;
const REAL_HELP =
  "write fixed(x) for an element, eps(x) for norm's constant, float(x) for a binary32 scale";
/** Unknown names for which a similar one is looked for: each costs a pass over all symbols. */
const MAX_SUGGESTIONS = 100;

/**
 * Finds the values of expressions: of integers, and of real numbers exactly, as fractions. Before
 * the sections have addresses a label stands for its place in its section; differences of such
 * places are integers, everything else waits.
 */
export class Evaluator {
  private depth = 0;
  private suggestions = 0;

  constructor(
    private readonly symbols: SymbolTable,
    /** What a name is if it is no symbol, such as "a register". */
    private readonly otherMeaning: (name: string) => string | undefined,
  ) {}

  /**
   * An integer that does not depend on addresses that are still unknown.
   * @throws ExpressionError
   */
  integer(expression: Expression, scope: Scope): bigint {
    const value = this.value(expression, scope);
    if (typeof value === "bigint") return value;
    throw this.error(
      expression,
      scope,
      value.section.kind === "metadata"
        ? `section "${value.section.name}" is metadata: it is not loaded and has no address`
        : "an address, which is known only when all sections are laid out",
    );
  }

  /** @throws ExpressionError */
  value(expression: Expression, scope: Scope): Value {
    if (expression.kind === "integer") return expression.value;
    if (++this.depth > MAX_DEPTH) throw this.tooDeep(expression, scope);
    try {
      switch (expression.kind) {
        case "name":
          return this.nameValue(expression, scope);
        case "local":
          return addressOf(this.numericLabel(expression, scope).location);
        case "parenthesized":
          return this.value(expression.inner, scope);
        case "unary":
          return applyUnary(expression.operator, this.value(expression.operand, scope));
        case "conditional":
          return this.isTrue(expression.condition, scope)
            ? this.value(expression.then, scope)
            : this.value(expression.otherwise, scope);
        case "binary": {
          const { operator, left, right } = expression;
          if (operator === "&&")
            return this.isTrue(left, scope) && this.isTrue(right, scope) ? 1n : 0n;
          if (operator === "||")
            return this.isTrue(left, scope) || this.isTrue(right, scope) ? 1n : 0n;
          return applyBinary(operator, this.value(left, scope), this.value(right, scope));
        }
        case "call":
          return this.call(expression, scope);
        case "real":
          throw new RealFoundError(
            "expected an integer, found a real number",
            { site: scope.site, range: expression },
            { help: REAL_HELP },
          );
      }
    } catch (error) {
      if (error instanceof ArithmeticError) throw this.error(expression, scope, error.message);
      throw error;
    } finally {
      this.depth--;
    }
  }

  /**
   * A real number, exactly: inside a real number `/` is the exact quotient.
   * @throws ExpressionError
   */
  real(expression: Expression, scope: Scope): r.Rational {
    if (++this.depth > MAX_DEPTH) throw this.tooDeep(expression, scope);
    try {
      const value = this.realValue(expression, scope);
      const bits = Math.max(r.bitLength(value.numerator), r.bitLength(value.denominator));
      if (bits <= MAX_REAL_BITS) return value;
      throw this.error(expression, scope, `the result has more than ${MAX_REAL_BITS} bits`);
    } finally {
      this.depth--;
    }
  }

  private realValue(expression: Expression, scope: Scope): r.Rational {
    switch (expression.kind) {
      case "real":
        return r.fromDecimal(expression.digits, expression.exponent);
      case "parenthesized":
        return this.real(expression.inner, scope);
      case "conditional":
        return this.isTrue(expression.condition, scope)
          ? this.real(expression.then, scope)
          : this.real(expression.otherwise, scope);
      case "unary":
        if (expression.operator === "-") return r.negate(this.real(expression.operand, scope));
        if (expression.operator === "+") return this.real(expression.operand, scope);
        break;
      case "binary": {
        const apply = REAL_OPERATORS[expression.operator];
        if (!apply) break;
        const a = this.real(expression.left, scope);
        const b = this.real(expression.right, scope);
        if (expression.operator === "/" && b.numerator === 0n)
          throw this.error(expression.right, scope, "division by zero");
        return apply(a, b);
      }
      case "name": {
        const constant = this.constantNamed(expression, scope);
        if (constant) return this.constantReal(constant, expression, scope);
        break;
      }
      case "call": {
        const { real } = FUNCTIONS[expression.name as FunctionName];
        if (!real) break;
        this.checkCount(expression, scope);
        return real(expression.arguments.map((argument) => this.real(argument, scope)));
      }
    }
    return r.rational(this.integer(expression, scope));
  }

  /** The value of a constant's definition. @throws ExpressionError */
  constantValue(constant: Constant, use?: Range, scope?: Scope): Value {
    if (constant.integer === undefined) {
      const { value } = constant;
      constant.integer =
        typeof value === "bigint"
          ? value
          : this.guarded(constant, use, scope, () => this.value(value, constant.scope!));
    }
    const found = constant.integer;
    return typeof found === "bigint"
      ? found
      : addressOf({ section: found.section, offset: Number(found.offset) });
  }

  /** The value of a constant as a real number. @throws ExpressionError */
  constantReal(constant: Constant, use?: Range, scope?: Scope): r.Rational {
    const { value } = constant;
    constant.real ??=
      typeof value === "bigint"
        ? r.rational(value)
        : this.guarded(constant, use, scope, () => this.real(value, constant.scope!));
    return constant.real;
  }

  private isTrue(expression: Expression, scope: Scope): boolean {
    return this.integer(expression, scope) !== 0n;
  }

  private guarded<T>(
    constant: Constant,
    use: Range | undefined,
    scope: Scope | undefined,
    evaluate: () => T,
  ): T {
    if (constant.failure) throw constant.failure;
    if (constant.active) throw cycleError(constant, use, scope);
    constant.active = true;
    try {
      return evaluate();
    } catch (error) {
      if (error instanceof ConstantError) constant.failure = error;
      throw error;
    } finally {
      constant.active = false;
    }
  }

  private nameValue(expression: NameReference, scope: Scope): Value {
    if (expression.name === ".") return addressOf(scope.here);
    const definition = this.definition(expression, scope);
    return definition.kind === "label"
      ? addressOf(definition.location)
      : this.constantValue(definition, expression, scope);
  }

  private constantNamed(expression: NameReference, scope: Scope): Constant | undefined {
    if (expression.name === ".") return undefined;
    const definition = this.definition(expression, scope);
    return definition.kind === "constant" ? definition : undefined;
  }

  private definition(expression: NameReference, scope: Scope): Label | Constant {
    const entry = this.symbols.find(expression.name);
    const found = entry && definitionAt(entry, scope.sequence);
    if (found && found !== "ambiguous") {
      entry.referenced = true;
      return found;
    }
    if (found === "ambiguous") throw this.ambiguous(entry!, expression, scope);
    throw this.undefinedSymbol(expression, scope);
  }

  private ambiguous(entry: SymbolEntry, expression: Range, scope: Scope): ExpressionError {
    const notes = entry.definitions
      .slice(0, 2)
      .flatMap(({ place }, i) => (place ? [noteAt(i ? "and here" : "assigned here", place)] : []));
    return this.error(
      expression,
      scope,
      `"${entry.name}" has several values, all assigned later: it is not clear which is meant`,
      { notes, help: "assign it before this line, or use another name" },
    );
  }

  private undefinedSymbol({ name, ...range }: NameReference, scope: Scope): ExpressionError {
    const meaning = this.otherMeaning(name);
    if (meaning) return this.error(range, scope, `expected a number, found ${meaning}`);
    const similar =
      ++this.suggestions > MAX_SUGGESTIONS ? undefined : nearest(name, this.symbols.definedNames());
    return this.error(range, scope, `"${name}" is not defined`, {
      help: similar === undefined ? undefined : `did you mean "${similar}"?`,
    });
  }

  private numericLabel({ number, direction, ...range }: LocalReference, scope: Scope): Label {
    const label = this.symbols.findNumeric(number, direction, scope.sequence);
    if (label) return label;
    const [where, help] =
      direction === "b"
        ? ["before", `${number}f is the next one`]
        : ["after", `${number}b is the one before`];
    const other = this.symbols.findNumeric(number, direction === "b" ? "f" : "b", scope.sequence);
    throw this.error(range, scope, `no label "${number}:" ${where} this line`, {
      help: other ? help : undefined,
    });
  }

  private call(expression: CallExpression, scope: Scope): bigint {
    this.checkCount(expression, scope);
    return FUNCTIONS[expression.name as FunctionName].integer({
      real: (index) => this.real(expression.arguments[index]!, scope),
      integer: (index) => this.integer(expression.arguments[index]!, scope),
      name: (index) => {
        const argument = expression.arguments[index]!;
        return argument.kind === "name" ? argument.name : undefined;
      },
      sizeOf: (name) => {
        const entry = this.symbols.find(name);
        if (entry) entry.referenced = true;
        return entry?.tensor;
      },
      count: expression.arguments.length,
      fail: (message, index, help) => {
        const at = index === undefined ? expression : expression.arguments[index]!;
        throw this.error(at, scope, message, { help });
      },
    });
  }

  private checkCount(expression: CallExpression, scope: Scope): void {
    const { parameters, variadic } = FUNCTIONS[expression.name as FunctionName];
    const found = expression.arguments.length;
    if (found === parameters.length || (variadic && found > parameters.length)) return;
    const expected = `${variadic ? "at least " : ""}${parameters.length}`;
    throw this.error(
      expression,
      scope,
      `${expression.name}(${parameters.join(", ")}${variadic ? ", ..." : ""}) takes ${expected} argument${parameters.length === 1 ? "" : "s"}, found ${found}`,
    );
  }

  private tooDeep(range: Range, scope: Scope): ExpressionError {
    return new ConstantError(
      "definitions that need each other too deeply",
      { site: scope.site, range },
      { help: "define a constant before the constants that use it" },
    );
  }

  private error(
    range: Range,
    scope: Scope,
    message: string,
    details?: ExpressionError["details"],
  ): ExpressionError {
    const place: Place = { site: scope.site, range };
    return new ExpressionError(message, place, details);
  }
}

function cycleError(
  { place: defined }: Constant,
  use: Range | undefined,
  scope: Scope | undefined,
): ConstantError {
  const place = use && scope ? { site: scope.site, range: use } : defined!;
  return new ConstantError("this value depends on itself", place, {
    notes: defined ? [noteAt("it is defined here", defined)] : [],
    help: "break the cycle of definitions",
  });
}

/** The address of a place, or the place itself while its section has none. */
function addressOf({ section, offset }: Location): Value {
  return section.address === undefined
    ? { section, offset: BigInt(offset) }
    : BigInt(section.address + offset);
}

const truth = (condition: boolean) => r.rational(condition ? 1n : 0n);

const REAL_OPERATORS: Readonly<Record<string, (a: r.Rational, b: r.Rational) => r.Rational>> = {
  "+": r.add,
  "-": (a, b) => r.add(a, r.negate(b)),
  "*": r.multiply,
  "/": r.divide,
  "==": (a, b) => truth(r.compare(a, b) === 0),
  "!=": (a, b) => truth(r.compare(a, b) !== 0),
  "<": (a, b) => truth(r.compare(a, b) < 0),
  "<=": (a, b) => truth(r.compare(a, b) <= 0),
  ">": (a, b) => truth(r.compare(a, b) > 0),
  ">=": (a, b) => truth(r.compare(a, b) >= 0),
};
