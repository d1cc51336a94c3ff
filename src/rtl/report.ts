import { channelPeak } from "../dram/ddr4.js";
import type { RtlCounters } from "./counters.js";
import type { RtlTarget } from "./rtl-target.js";

/** What a simulated run amounted to. */
export interface RtlReport extends RtlCounters {
  readonly configuration: string;
  readonly clockMhz: number;
  /** Seconds that the clocks take on hardware with that clock. */
  readonly seconds: number;
  /** Bytes that the DRAM could have moved in them. */
  readonly peakBytes: number;
  /** Share of that that was moved. */
  readonly utilisation: number;
  /** Seconds of the host that the simulation took. */
  readonly hostSeconds: number;
  readonly simulatedClocksPerSecond: number;
}

/** @param target after a run */
export async function rtlReport(target: RtlTarget): Promise<RtlReport> {
  const counters = await target.counters();
  const { name, core } = target.configuration;
  const { hostSeconds } = target;
  const seconds = counters.clocks / (core.clock_mhz * 1e6);
  const peakBytes = seconds * core.channels * channelPeak(core);
  const moved = Object.values(counters.dramBytes).reduce((sum, bytes) => sum + bytes, 0);
  return {
    ...counters,
    configuration: name,
    clockMhz: core.clock_mhz,
    seconds,
    peakBytes,
    utilisation: peakBytes > 0 ? moved / peakBytes : 0,
    hostSeconds,
    simulatedClocksPerSecond: hostSeconds > 0 ? counters.clocks / hostSeconds : 0,
  };
}
