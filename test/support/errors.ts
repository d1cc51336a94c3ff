import { expect } from "vitest";
import { UserError } from "../../src/diagnostics/diagnostic.js";

/** What a call that must fail with a UserError says; anything else that is thrown fails the test. */
export async function userError(call: () => unknown): Promise<UserError> {
  let result: unknown;
  try {
    result = await call();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.help, `no remedy for: ${error.message}`).toBeTruthy();
    return error;
  }
  throw new Error(`expected a UserError, got ${typeof result}`);
}

/** Does the call succeed (true) or fail with a UserError (false)? Other errors pass through. */
export async function succeeds(call: () => unknown): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
