import { channelPeak, channelPeakBoth } from "../dram/ddr4.js";
import type { Configuration } from "../isa/spec.js";
import type { RtlCounters } from "./counters.js";
import type { RtlTarget } from "./rtl-target.js";

/** What a run of the core amounted to. */
export interface CoreReport extends RtlCounters {
  readonly configuration: string;
  readonly clockMhz: number;
  /** Seconds that the clocks take on hardware with that clock. */
  readonly seconds: number;
  /** Bytes that could have been read in them, or written (docs/dram-model.md, "Peak"). */
  readonly peakBytes: number;
  /** Share of the peak that was read. */
  readonly readUtilisation: number;
  /** Share of what could have been read and written together. */
  readonly utilisation: number;
}

/** What a simulated run amounted to. */
export interface RtlReport extends CoreReport {
  /** Seconds of the host that the simulation took. */
  readonly hostSeconds: number;
  readonly simulatedClocksPerSecond: number;
}

/** Counters as shares of what the hardware could have done. */
export function coreReport(counters: RtlCounters, { name, core }: Configuration): CoreReport {
  const seconds = counters.clocks / (core.clock_mhz * 1e6);
  const peakBytes = seconds * core.channels * channelPeak(core);
  const peakBoth = seconds * core.channels * channelPeakBoth(core);
  const { weights, vectors, scalars, writes } = counters.dramBytes;
  const read = weights + vectors + scalars;
  return {
    ...counters,
    configuration: name,
    clockMhz: core.clock_mhz,
    seconds,
    peakBytes,
    readUtilisation: share(read, peakBytes),
    utilisation: share(read + writes, peakBoth),
  };
}

/** @param target after a run */
export async function rtlReport(target: RtlTarget): Promise<RtlReport> {
  const { hostSeconds } = target;
  const report = coreReport(await target.counters(), target.configuration);
  return {
    ...report,
    hostSeconds,
    simulatedClocksPerSecond: share(report.clocks, hostSeconds),
  };
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
