import type { Details, Place } from "../source/reporter.js";

/** An expression that has no value, and where. Caught by whoever needed the value. */
export class ExpressionError extends Error {
  constructor(
    message: string,
    readonly place: Place,
    readonly details: Details = {},
  ) {
    super(message);
  }
}
