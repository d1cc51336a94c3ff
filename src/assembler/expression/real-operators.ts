import * as r from "./rational.js";

const truth = (condition: boolean) => r.rational(condition ? 1n : 0n);

/** The binary operators that real numbers have; division is by what is not 0. */
export const REAL_OPERATORS: Readonly<
  Record<string, (a: r.Rational, b: r.Rational) => r.Rational>
> = {
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
