import type { Stop, Target } from "../target/target.js";

export interface RunProgramOptions {
  /** Entries for the input queue, given as fast as it takes them. */
  readonly input?: readonly bigint[];
  /** Close the input queue after them: `deq` then traps, where it would wait. */
  readonly closeInput?: boolean;
  /** Most instructions to retire. */
  readonly maxSteps?: number;
  /** Called with the entries of the output queue, in order, whenever there are some. */
  readonly onOutput?: (entries: readonly bigint[]) => Promise<void>;
}

/** Without observers about 10 ms; between two slices the host's events are served. */
const SLICE = 100_000;

/**
 * Run the loaded program until it halts, traps, waits for input that there is none of, or has used
 * up its instructions.
 */
export async function runProgram(target: Target, options: RunProgramOptions = {}): Promise<Stop> {
  const { input = [], closeInput = false, maxSteps = Infinity, onOutput } = options;
  let pushed = 0;
  let closed = false;
  const start = await target.instructionsRetired();
  for (;;) {
    pushed += await target.pushInput(input.slice(pushed));
    const exhausted = pushed === input.length;
    if (exhausted && closeInput && !closed) {
      await target.closeInput();
      closed = true;
    }
    const left = maxSteps - ((await target.instructionsRetired()) - start);
    const limit = left < Infinity ? { maxSteps: left } : {};
    const stop = await target.run({ ...limit, slice: SLICE });
    const output = await target.takeOutput();
    if (output.length > 0) await onOutput?.(output);
    const goesOn =
      (stop.reason === "input" && !exhausted) ||
      (stop.reason === "output" && output.length > 0) ||
      (stop.reason === "steps" && (await target.instructionsRetired()) - start < maxSteps);
    if (!goesOn) return stop;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
