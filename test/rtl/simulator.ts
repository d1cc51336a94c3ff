/** Simulators for tests: shared by all test files, and by the next run, in the user's cache. */
import { homedir } from "node:os";
import { join } from "node:path";
import type { Configuration } from "../../src/isa/spec.js";
import { RtlTarget, type RtlTargetOptions } from "../../src/rtl/index.js";

export const SIMULATOR_CACHE = join(
  process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"),
  "ternac",
);

/**
 * The simulated core, with random values wherever no reset and no instruction has put one.
 * A build takes half a minute when there is none in the cache.
 */
export function openSimulator(
  configuration: Configuration,
  options: Partial<RtlTargetOptions> = {},
): Promise<RtlTarget> {
  return RtlTarget.open({
    configuration,
    cacheFolder: SIMULATOR_CACHE,
    randomInitial: true,
    hurry: "build",
    ...options,
  });
}
