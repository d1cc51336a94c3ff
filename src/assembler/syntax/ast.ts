/** A stretch of the assembled text: offsets of its first character and behind its last one. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface IntegerLiteral extends Range {
  readonly kind: "integer";
  readonly value: bigint;
}

/** A number with a point or an exponent: digits * 10^exponent. */
export interface RealLiteral extends Range {
  readonly kind: "real";
  readonly digits: bigint;
  readonly exponent: number;
}

/** A symbol, a register, a csr, or `.`, the address of the statement. */
export interface NameReference extends Range {
  readonly kind: "name";
  readonly name: string;
}

/** `1b`, `1f`: the nearest numeric label before or after. */
export interface LocalReference extends Range {
  readonly kind: "local";
  readonly number: string;
  readonly direction: "b" | "f";
}

export interface UnaryExpression extends Range {
  readonly kind: "unary";
  readonly operator: string;
  readonly operand: Expression;
}

export interface BinaryExpression extends Range {
  readonly kind: "binary";
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

export interface ConditionalExpression extends Range {
  readonly kind: "conditional";
  readonly condition: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}

export interface CallExpression extends Range {
  readonly kind: "call";
  readonly name: string;
  readonly arguments: readonly Expression[];
}

export interface ParenthesizedExpression extends Range {
  readonly kind: "parenthesized";
  readonly inner: Expression;
}

export type Expression =
  | IntegerLiteral
  | RealLiteral
  | NameReference
  | LocalReference
  | UnaryExpression
  | BinaryExpression
  | ConditionalExpression
  | CallExpression
  | ParenthesizedExpression;

export interface StringLiteral extends Range {
  readonly kind: "string";
  /** With escapes replaced. */
  readonly value: string;
  /** The bytes that it stands for: UTF-8, with `\xNN` as the byte itself. */
  readonly bytes: Uint8Array;
}

/** `offset(base)`. */
export interface MemoryOperand extends Range {
  readonly kind: "memory";
  readonly offset: Expression;
  readonly base: Expression;
}

/** `name=value`, an argument of a macro. */
export interface NamedArgument extends Range {
  readonly kind: "named";
  readonly name: string;
  readonly value: Operand;
}

/** Nothing between two commas. */
export interface BlankOperand extends Range {
  readonly kind: "blank";
}

export type Operand = Expression | StringLiteral | MemoryOperand | NamedArgument | BlankOperand;

export interface LabelDefinition extends Range {
  readonly name: string;
}

/** An instruction, a directive, or a macro call: what comes first in a line, and its operands. */
export interface Command extends Range {
  readonly kind: "command";
  readonly name: string;
  readonly nameRange: Range;
  readonly operands: readonly Operand[];
}

/** `name = value`. */
export interface Assignment extends Range {
  readonly kind: "assignment";
  readonly name: string;
  readonly nameRange: Range;
  readonly value: Expression;
}

/** One line. */
export interface Statement {
  readonly kind: "statement";
  readonly labels: readonly LabelDefinition[];
  readonly body: Command | Assignment | undefined;
}

/** A line that is no statement, and why. */
export interface SyntaxProblem extends Range {
  readonly kind: "error";
  readonly message: string;
  readonly help?: string;
}

/** `name`, `name=default`, `name:req` or `name:vararg`. */
export interface MacroParameter extends Range {
  readonly name: string;
  readonly qualifier: string | undefined;
  /** The stretch of text that is the default. */
  readonly fallback: Range | undefined;
}

/** What follows `.macro`. */
export interface MacroHeader {
  readonly kind: "macro";
  readonly name: string;
  readonly nameRange: Range;
  readonly parameters: readonly MacroParameter[];
}
