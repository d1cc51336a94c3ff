import type { Image } from "../image/image.js";
import { type BackendOptions, type LoweredProgram, lower } from "./backend.js";
import type { Program } from "./ir/types.js";
import { speedOf } from "./schedule/cost.js";

/** Clocks that an image takes for a token, computed or not: see `tokenClocks` of src/session. */
export type MeasureClocks = (image: Image) => Promise<number>;

/** Latencies of a load, in clocks, that schedules are made for. What is best depends on the traffic. */
const LATENCIES = [0, 20, 60];

/**
 * Lower a program with the schedule that takes the fewest clocks, of several that differ in how early they
 * fetch, and of the order in which it was written.
 * @param draft an image of a lowered program, with any weights
 */
export async function chooseSchedule(
  program: Program,
  options: BackendOptions,
  draft: (lowered: LoweredProgram) => Image,
  measure: MeasureClocks,
): Promise<LoweredProgram> {
  const { core } = options.configuration;
  const candidates: BackendOptions[] = [
    ...LATENCIES.map((latency) => ({ ...options, speed: speedOf(core, latency) })),
    { ...options, schedule: false },
  ];
  let best: { readonly lowered: LoweredProgram; readonly clocks: number } | undefined;
  for (const candidate of candidates) {
    const lowered = lower(program, candidate);
    const clocks = await measure(draft(lowered));
    if (!best || clocks < best.clocks) best = { lowered, clocks };
  }
  return best!.lowered;
}
