import type { Details, Place } from "../source/reporter.js";

/**
 * Why an expression has no value, and where. Thrown to whoever needs the value; no Error, because it
 * is part of the normal course of things (a forward reference) and a stack trace is slow.
 */
export class ExpressionError {
  constructor(
    readonly message: string,
    readonly place: Place,
    readonly details: Details = {},
  ) {}
}

/** A real number where an integer is needed: the expression may still have a real value. */
export class RealFoundError extends ExpressionError {}

/** A constant that never has a value, wherever it is used. */
export class ConstantError extends ExpressionError {}
