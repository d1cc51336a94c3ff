import type { Image } from "../image/image.js";
import { reportImage } from "./image-report.js";
import type { TritCounts } from "./sparsity.js";

/** A model's ternary matrices beside a reference's. */
export interface TernaryComparison {
  /** Matrices whose counts the reference states. */
  readonly matrices: number;
  /** Of these, the ones whose numbers of +1, -1 and 0 are all the reference's. */
  readonly identical: number;
  /** Names of the others. */
  readonly different: readonly string[];
}

const PREFIX = "ternary.";

/**
 * Compare the trits in an image with a golden's `ternary.NAME` tensors: counts of +1, -1 and 0.
 * A matrix that the compiler cut up (`NAME.gate`, `NAME.up`) counts as one.
 * @returns undefined when the golden has none
 */
export function compareTernary(
  image: Image,
  golden: ReadonlyMap<string, { readonly data: ArrayLike<number | bigint> }>,
): TernaryComparison | undefined {
  const references = [...golden].filter(([name]) => name.startsWith(PREFIX));
  if (references.length === 0) return undefined;
  const { matrices } = reportImage(image);
  const different = references
    .map(([name, { data }]) => ({
      name: name.slice(PREFIX.length),
      counts: Array.from(data, Number),
    }))
    .filter(({ name, counts }) => {
      const parts = matrices.filter((m) => m.name === name || m.name.startsWith(`${name}.`));
      const sum = (key: keyof TritCounts) => parts.reduce((total, part) => total + part[key], 0);
      return (
        counts.length !== 3 ||
        [sum("plus"), sum("minus"), sum("zero")].some((n, i) => n !== counts[i])
      );
    })
    .map(({ name }) => name);
  return {
    matrices: references.length,
    identical: references.length - different.length,
    different,
  };
}
