/** The command line asks for what makes no sense; ends with the exit status of bad usage. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  /** @param help what to do about it */
  constructor(
    message: string,
    readonly help?: string,
  ) {
    super(message);
  }
}
