import { toReal } from "../numerics/fixed.js";

/** -ln of the probability that the logits (elements) give to a token. */
export function negativeLogLikelihood(logits: Int32Array, token: number): number {
  let largest = logits[0]!;
  for (const logit of logits) if (logit > largest) largest = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(toReal(logit - largest));
  return Math.log(sum) - toReal(logits[token]! - largest);
}

/** The cosine of the angle between two vectors that arrive in pieces. */
export class Cosine {
  #product = 0;
  #squaresA = 0;
  #squaresB = 0;

  add(a: ArrayLike<number>, b: ArrayLike<number>): void {
    for (let i = 0; i < a.length; i++) {
      this.#product += a[i]! * b[i]!;
      this.#squaresA += a[i]! * a[i]!;
      this.#squaresB += b[i]! * b[i]!;
    }
  }

  /** 0 when one of them is zero. */
  get value(): number {
    const length = Math.sqrt(this.#squaresA) * Math.sqrt(this.#squaresB);
    return length === 0 ? 0 : this.#product / length;
  }
}
