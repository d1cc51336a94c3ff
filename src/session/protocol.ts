/** Entries of a compiled model's queues, as docs/program-interface.md defines them. */

/** One token for the program, and what to make of it. */
export interface TokenEntry {
  /** 0 to 2^32 - 1 */
  readonly token: number;
  /** Tokens to produce after it: 0 to MAX_COUNT. */
  readonly count: number;
  /** Set the recurrent state to zero before the token. */
  readonly reset?: boolean;
}

/** Most tokens that one entry can ask for. */
export const MAX_COUNT = 2 ** 16 - 1;

const COUNT_SHIFT = 32n;
const RESET_BIT = 1n << 62n;

/** The entry that makes the program halt. */
export const HALT_ENTRY = BigInt.asIntN(64, 1n << 63n);

/** @throws RangeError when the token or the count does not fit */
export function encodeEntry({ token, count, reset = false }: TokenEntry): bigint {
  if (!Number.isInteger(token) || token < 0 || token >= 2 ** 32)
    throw new RangeError(`token ${token} is not in [0, 2^32)`);
  if (!Number.isInteger(count) || count < 0 || count > MAX_COUNT)
    throw new RangeError(`count ${count} is not in [0, ${MAX_COUNT}]`);
  return BigInt(token) | (BigInt(count) << COUNT_SHIFT) | (reset ? RESET_BIT : 0n);
}
