import type { Configuration } from "../isa/spec.js";
import type { HostPlan } from "./program.js";
import type { Random } from "./random.js";
import { randomScalar } from "./values.js";

/** More entries than most programs take. */
const ENTRIES = 24;

/** How the host behaves: eager, or late with entries and with room. */
export function hostPlan(random: Random, { queue }: Configuration): HostPlan {
  const isEager = random.chance(0.4);
  const slice = () => random.pick([1, 2, 5, 20, 100]);
  return {
    input: Array.from({ length: random.chance(0.2) ? random.integer(0, 3) : ENTRIES }, () =>
      randomScalar(random),
    ),
    close: random.chance(0.5),
    burst: isEager ? queue : random.integer(1, 3),
    slices: isEager ? [100_000] : Array.from({ length: random.integer(1, 4) }, slice),
    takeEvery: isEager ? 1 : random.integer(1, 8),
  };
}
