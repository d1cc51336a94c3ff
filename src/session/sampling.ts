import { UserError } from "../diagnostics/diagnostic.js";
import { toReal } from "../numerics/fixed.js";
import { randomNumbers } from "./random.js";

/** How the host chooses a token from logits. */
export interface Sampling {
  /** Divides the logits; above 0. Lower is closer to greedy. */
  readonly temperature: number;
  /** Only the most likely tokens take part; absent: all. */
  readonly topK?: number;
  /** Only the most likely tokens that together reach this probability; in (0, 1]; absent: all. */
  readonly topP?: number;
  /** The same seed, model and prompt give the same text. */
  readonly seed: bigint;
}

/** @throws UserError that names the setting and its range */
export function checkSampling({ temperature, topK, topP }: Sampling): void {
  if (!(temperature > 0 && Number.isFinite(temperature)))
    throw new UserError(`temperature is ${temperature}, expected a number above 0`);
  if (topK !== undefined && !(Number.isInteger(topK) && topK >= 1))
    throw new UserError(`top-k is ${topK}, expected an integer from 1 on`);
  if (topP !== undefined && !(topP > 0 && topP <= 1))
    throw new UserError(`top-p is ${topP}, expected a number above 0 and at most 1`);
}

/** How many of the weights, largest first, reach the share `topP` of their sum; at least one. */
function nucleus(weights: readonly number[], topP: number): number {
  const threshold = topP * weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  for (const [i, weight] of weights.entries()) {
    sum += weight;
    if (sum >= threshold) return i + 1;
  }
  return weights.length;
}

/**
 * A function that draws tokens from logits (elements of a vector register).
 * Temperature, then top-k, then top-p; equal logits rank by index.
 * @throws UserError when a setting is out of range
 */
export function sampler(sampling: Sampling): (logits: Int32Array) => number {
  checkSampling(sampling);
  const { temperature, topK = Number.POSITIVE_INFINITY, topP = 1, seed } = sampling;
  const random = randomNumbers(seed);
  return (logits) => {
    const ranked = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]! || a - b);
    const candidates = ranked.slice(0, Math.min(topK, ranked.length));
    const largest = logits[candidates[0]!]!;
    const weights = candidates.map((token) =>
      Math.exp(toReal(logits[token]! - largest) / temperature),
    );
    const kept = weights.slice(0, nucleus(weights, topP));
    let rest = random() * kept.reduce((sum, weight) => sum + weight, 0);
    for (const [i, weight] of kept.entries()) {
      rest -= weight;
      if (rest < 0) return candidates[i]!;
    }
    return candidates[kept.length - 1]!;
  };
}
