import type { Expression } from "./ast.js";

/** How tightly a binary operator binds, as in C: more is tighter. */
const PRECEDENCE: Readonly<Record<string, number>> = {
  "||": 1,
  "&&": 2,
  "|": 3,
  "^": 4,
  "&": 5,
  "==": 6,
  "!=": 6,
  "<": 7,
  "<=": 7,
  ">": 7,
  ">=": 7,
  "<<": 8,
  ">>": 8,
  "+": 9,
  "-": 9,
  "*": 10,
  "/": 10,
  "%": 10,
};

/**
 * The tree of `terms[0] operators[0] terms[1] operators[1] …`, by operator precedence; operators of
 * the same precedence group from the left.
 */
export function binaryTree(terms: readonly Expression[], operators: readonly string[]): Expression {
  const output: Expression[] = [terms[0]!];
  const pending: string[] = [];
  const reduce = () => {
    const right = output.pop()!;
    const left = output.pop()!;
    const operator = pending.pop()!;
    output.push({ kind: "binary", operator, left, right, start: left.start, end: right.end });
  };
  for (const [i, operator] of operators.entries()) {
    while (pending.length > 0 && PRECEDENCE[pending.at(-1)!]! >= PRECEDENCE[operator]!) reduce();
    pending.push(operator);
    output.push(terms[i + 1]!);
  }
  while (pending.length > 0) reduce();
  return output[0]!;
}
