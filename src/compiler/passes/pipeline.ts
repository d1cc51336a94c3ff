import type { Program } from "../ir/types.js";
import { compactStorage } from "./compact-storage.js";
import { complementGate } from "./complement-gate.js";
import { foldConstants } from "./fold-constants.js";
import { interpolate } from "./interpolate.js";
import { negateScale } from "./negate-scale.js";
import { removeDead } from "./remove-dead.js";
import { scaleStream } from "./scale-stream.js";
import { shareValues } from "./share-values.js";
import { useRange } from "./use-range.js";

export interface PassOptions {
  /** Power of two that the residual stream is kept times; default 1. */
  readonly streamFactor?: number;
  /** Largest error of a constant that is stored in 16 bits, relative to the largest; default 0. */
  readonly constantTolerance?: number;
}

/** The passes in the order in which they run; each keeps the program's meaning. */
export const PASSES = {
  "share-values": shareValues,
  interpolate,
  "complement-gate": complementGate,
  "negate-scale": negateScale,
  "fold-constants": foldConstants,
  "remove-dead": removeDead,
  "use-range": useRange,
  "scale-stream": (program: Program, options: PassOptions) =>
    scaleStream(program, options.streamFactor ?? 1),
  "compact-storage": (program: Program, options: PassOptions) =>
    compactStorage(program, options.constantTolerance ?? 0),
} as const satisfies Record<string, (program: Program, options: PassOptions) => Program>;

export type PassName = keyof typeof PASSES;

/**
 * Runs the passes.
 * @param enabled those to run, in any order; default all
 */
export function runPasses(
  program: Program,
  options: PassOptions = {},
  enabled: readonly PassName[] = Object.keys(PASSES) as PassName[],
): Program {
  let current = program;
  for (const [name, pass] of Object.entries(PASSES)) {
    if (!enabled.includes(name as PassName)) continue;
    current = pass(current, options);
    // What a pass leaves twice or unused must not hide anything from the next one.
    if (enabled.includes("share-values")) current = shareValues(current);
    if (enabled.includes("remove-dead")) current = removeDead(current);
  }
  return current;
}
