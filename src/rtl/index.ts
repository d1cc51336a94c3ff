export { type BuildOptions, buildSimulator } from "./build.js";
export { ContentHash, hashActivation, hashMemory, hashVector } from "./content-hash.js";
export type { RtlCounters } from "./counters.js";
export { DRAM_MODES, type DramMode } from "./dram-modes.js";
export type { RetirementEvent } from "./events.js";
export { type RtlReport, rtlReport } from "./report.js";
export { RtlTarget, type RtlTargetOptions } from "./rtl-target.js";
export { SimulatorCache, type SimulatorEntry } from "./simulator-cache.js";
export { type SimulatorSources, simulatorSources } from "./sources.js";
