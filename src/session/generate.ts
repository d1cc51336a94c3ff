import { UserError } from "../diagnostics/diagnostic.js";
import type { TokenEntry } from "./protocol.js";
import { type Sampling, sampler } from "./sampling.js";
import type { Session } from "./session.js";

export interface GenerateOptions {
  /** At least one id: a caller without a prompt gives the begin-of-text id. */
  readonly prompt: readonly number[];
  /** Most tokens to generate. */
  readonly count: number;
  /** The end-of-text id: generation stops after it. */
  readonly endToken?: number;
  /** Absent: the most likely token, chosen on the device. */
  readonly sampling?: Sampling;
}

/** Tokens that the device makes alone: a caller that stops early waits for the rest of them. */
const RUN = 32;

/** The prompt's entries but its last one's count: the first resets the state. */
function promptEntries(prompt: readonly number[], count: number): TokenEntry[] {
  return prompt.map((token, i) => ({
    token,
    count: i === prompt.length - 1 ? count : 0,
    reset: i === 0,
  }));
}

/** Greedy: the device feeds itself. */
async function* greedy(
  session: Session,
  { prompt, count, endToken }: GenerateOptions,
): AsyncGenerator<number> {
  await session.setEndToken(endToken);
  let entries = promptEntries(prompt, Math.min(count, RUN));
  for (let left = count; left > 0; ) {
    let token = 0;
    for await (token of session.feed(entries)) {
      left--;
      yield token;
    }
    if (token === endToken) return;
    entries = [{ token, count: Math.min(left, RUN) }];
  }
}

async function* sampled(
  session: Session,
  { prompt, count, endToken }: GenerateOptions,
  choose: (logits: Int32Array) => number,
): AsyncGenerator<number> {
  let entries = promptEntries(prompt, 1);
  for (let left = count; left > 0; left--) {
    await session.feedAll(entries);
    const token = choose(await session.logits());
    yield token;
    if (token === endToken) return;
    entries = [{ token, count: 1 }];
  }
}

/**
 * Generate text from a clean state. @yields token ids, the end-of-text id included
 * @throws UserError when the prompt is empty or holds an unknown id, a setting is out of range, or
 *   the program traps
 */
export async function* generate(
  session: Session,
  options: GenerateOptions,
): AsyncGenerator<number> {
  const { prompt, count, sampling } = options;
  if (prompt.length === 0)
    throw new UserError("the prompt has no token", "give a begin-of-text token");
  if (!Number.isInteger(count) || count < 0)
    throw new UserError(`cannot generate ${count} tokens, expected a number from 0 on`);
  for (const token of prompt) session.checkToken(token);
  if (sampling) yield* sampled(session, options, sampler(sampling));
  else if (count > 0) yield* greedy(session, options);
}
