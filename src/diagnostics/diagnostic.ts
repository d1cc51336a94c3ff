/** A stretch of a source text. Lines and columns count from 1; columns count UTF-16 code units. */
export interface Span {
  /** The file as the user named it, or `<stdin>`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** In columns; at least 1, and never beyond the end of the line. */
  readonly length: number;
}

/** A remark that belongs to a diagnostic: "defined here", a macro or include backtrace. */
export interface Note {
  readonly message: string;
  readonly span?: Span;
}

/** What is wrong, where, and what would work. Rendered once, at the edge, by render.ts. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** One sentence without a full stop: what was found and what was expected. */
  readonly message: string;
  readonly span?: Span;
  readonly notes?: readonly Note[];
  /** What to do, such as `did you mean "tmatmul"?` */
  readonly help?: string;
}

/**
 * A failure that ends a command: bad input that is not a line of source text. Commands print it as
 * one message and exit with status 1; everything else that is thrown is a bug.
 */
export class UserError extends Error {
  override readonly name = "UserError";
  /**
   * @param message what is wrong with what: names the file and the place
   * @param help what to do about it
   */
  constructor(
    message: string,
    readonly help?: string,
  ) {
    super(message);
  }
}

/** Diagnostics of a source text of which at least one is an error. */
export class DiagnosticsError extends Error {
  override readonly name = "DiagnosticsError";
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((d) => d.message).join("\n"));
  }
}
