import { channelPeak, channelPeakBoth } from "../dram/ddr4.js";
import type { Configuration } from "../isa/spec.js";
import type { FrontStall } from "./cycle-model.js";
import type { DramChannel, DramClient } from "./dram.js";
import type { IssueStage, IssueStall } from "./issue.js";
import { ISSUE_UNITS, type IssueUnit } from "./micro-operation.js";
import type { WeightStream } from "./weight-stream.js";

/** Where the clocks of a run went. Every clock of every unit has one cause. */
export interface CycleReport {
  readonly configuration: string;
  readonly clocks: number;
  readonly clockMhz: number;
  readonly seconds: number;
  readonly instructions: number;
  /** Clocks in which the front end waited, by cause. */
  readonly front: Readonly<Record<FrontStall, number>>;
  /** Clocks in which nothing could be issued, by cause. */
  readonly issue: Readonly<Record<IssueStall, number>>;
  /** Of each unit: busy clocks, and idle ones by what the issue stage waited for then. */
  readonly units: Readonly<
    Record<IssueUnit, { readonly busy: number } & Record<IssueStall, number>>
  >;
  /** Of the ternary unit's busy clocks: with a beat; without weights, by what the DRAM did then. */
  readonly ternary: {
    readonly streaming: number;
    readonly starvedByBandwidth: number;
    readonly starvedByLatency: number;
  };
  readonly dram: {
    readonly bytes: Readonly<Record<DramClient | "written", number>>;
    /** Bytes a second that all channels can read at most. */
    readonly peak: number;
    /** Clocks in which the peak moves these bytes (docs/dram-model.md): no core can be faster. */
    readonly rooflineClocks: number;
    /** rooflineClocks / clocks */
    readonly utilisation: number;
  };
}

/** What a cycle model has counted. */
export interface Counted {
  readonly clocks: number;
  readonly instructions: number;
  readonly frontStalls: Readonly<Record<FrontStall, number>>;
  readonly issue: IssueStage;
  readonly weights: WeightStream;
  readonly dram: readonly DramChannel[];
}

export function cycleReport(configuration: Configuration, counted: Counted): CycleReport {
  const { core } = configuration;
  const { clocks, issue, weights, dram } = counted;
  const bytesOf = (client: DramClient | "written") =>
    core.beat_bytes * dram.reduce((beats, channel) => beats + channel.beats(client), 0);
  const bytes = {
    weights: bytesOf("weights"),
    vectors: bytesOf("vectors"),
    scalars: bytesOf("scalars"),
    written: bytesOf("written"),
  };
  const seconds = clocks / (core.clock_mhz * 1e6);
  const peak = core.channels * channelPeak(core);
  const moved = Object.values(bytes).reduce((sum, value) => sum + value, 0);
  // Reads and writes have a bus each, and share the DRAM behind them.
  const read = moved - bytes.written;
  const both = core.channels * channelPeakBoth(core);
  const bound = Math.max(read / peak, bytes.written / peak, moved / both);
  const rooflineClocks = Math.ceil(bound * core.clock_mhz * 1e6);
  const units = ISSUE_UNITS.map((name, unit) => {
    const idle = issue.idle(unit);
    const busy = issue.busy(unit);
    const rest = clocks - busy - Object.values(idle).reduce((sum, value) => sum + value, 0);
    // After the last issue nothing is left to issue.
    return [name, { busy, ...idle, empty: idle.empty + Math.max(0, rest) }] as const;
  });
  return {
    configuration: configuration.name,
    clocks,
    clockMhz: core.clock_mhz,
    seconds,
    instructions: counted.instructions,
    front: { ...counted.frontStalls },
    issue: { ...issue.stalls },
    units: Object.fromEntries(units) as CycleReport["units"],
    ternary: {
      streaming: weights.streaming,
      starvedByBandwidth: weights.starved.bandwidth,
      starvedByLatency: weights.starved.latency,
    },
    dram: {
      bytes,
      peak,
      rooflineClocks,
      utilisation: clocks > 0 ? rooflineClocks / clocks : 0,
    },
  };
}
