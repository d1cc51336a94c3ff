import type { Relative, Value } from "../symbols/symbol-table.js";
import { bitLength } from "./rational.js";

/** Longest integer that an expression may have on its way. */
const MAX_BITS = 16384;

/** Why an operator has no result. Thrown to the evaluator, which knows where it is. */
export class ArithmeticError {
  constructor(readonly message: string) {}
}

function isSmall(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

function bounded(value: bigint): bigint {
  if (!isSmall(value) && bitLength(value) > MAX_BITS) throw tooLong();
  return value;
}

function tooLong(): ArithmeticError {
  return new ArithmeticError(`the result has more than ${MAX_BITS} bits`);
}

function product(a: bigint, b: bigint): bigint {
  if (!(isSmall(a) && isSmall(b)) && bitLength(a) + bitLength(b) > MAX_BITS) throw tooLong();
  return a * b;
}

function shiftCount(count: bigint): bigint {
  if (count < 0n) throw new ArithmeticError(`the shift count ${count} is negative`);
  return count;
}

function nonZero(divisor: bigint): bigint {
  if (divisor === 0n) throw new ArithmeticError("division by zero");
  return divisor;
}

const truth = (condition: boolean) => (condition ? 1n : 0n);

/** The binary operators of C on integers without a limit; `&&` and `||` are the evaluator's. */
const INTEGER_OPERATORS: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  "+": (a, b) => bounded(a + b),
  "-": (a, b) => bounded(a - b),
  "*": product,
  "/": (a, b) => a / nonZero(b),
  "%": (a, b) => a % nonZero(b),
  "<<": (a, b) => {
    if (shiftCount(b) > MAX_BITS && a !== 0n) throw tooLong();
    return a === 0n ? 0n : bounded(a << b);
  },
  ">>": (a, b) => (shiftCount(b) > MAX_BITS ? (a < 0n ? -1n : 0n) : a >> b),
  "&": (a, b) => a & b,
  "|": (a, b) => a | b,
  "^": (a, b) => a ^ b,
  "==": (a, b) => truth(a === b),
  "!=": (a, b) => truth(a !== b),
  "<": (a, b) => truth(a < b),
  "<=": (a, b) => truth(a <= b),
  ">": (a, b) => truth(a > b),
  ">=": (a, b) => truth(a >= b),
};

/** Operators whose result on two addresses in one section does not depend on where it is. */
const DIFFERENCE_OPERATORS: ReadonlySet<string> = new Set(["-", "==", "!=", "<", "<=", ">", ">="]);

function isRelative(value: Value): value is Relative {
  return typeof value !== "bigint";
}

/** @throws ArithmeticError */
export function applyBinary(operator: string, a: Value, b: Value): Value {
  const apply = INTEGER_OPERATORS[operator]!;
  if (!isRelative(a) && !isRelative(b)) return apply(a, b);
  if (isRelative(a) && isRelative(b)) {
    if (a.section === b.section && DIFFERENCE_OPERATORS.has(operator))
      return apply(a.offset, b.offset);
  } else if (operator === "+") {
    const { section, offset } = isRelative(a) ? a : (b as Relative);
    return { section, offset: offset + (isRelative(a) ? (b as bigint) : a) };
  } else if (operator === "-" && isRelative(a)) {
    return { section: a.section, offset: a.offset - (b as bigint) };
  }
  throw new ArithmeticError(
    `"${operator}" of an address, which is known only when all sections are laid out`,
  );
}

/** @throws ArithmeticError */
export function applyUnary(operator: string, a: Value): Value {
  if (operator === "+") return a;
  if (isRelative(a))
    throw new ArithmeticError(
      `"${operator}" of an address, which is known only when all sections are laid out`,
    );
  if (operator === "-") return -a;
  return operator === "~" ? ~a : truth(a === 0n);
}
