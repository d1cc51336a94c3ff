import type { Configuration } from "../isa/spec.js";
import { parseCounters, type RtlCounters } from "../rtl/counters.js";
import { simulatorSources } from "../rtl/sources.js";
import type { RegisterName, Registers } from "./registers.js";

/** In the order in which the simulated core sends its counters. */
const COUNTERS: readonly RegisterName[] = [
  "clocks",
  "front_stalls",
  "issue_stalls",
  "busy",
  "starved",
  "read_beats",
  "write_beats",
  "written_bytes",
];

/** What the core counted since its start; the same as of the simulated one. */
export function readCounters(registers: Registers, configuration: Configuration): RtlCounters {
  const values = COUNTERS.flatMap((name) => registers.readAll(name));
  const bytes = new Uint8Array(BigUint64Array.from(values).buffer);
  return parseCounters(bytes, configuration, simulatorSources());
}
