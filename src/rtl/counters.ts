import type { Configuration } from "../isa/spec.js";
import { parseIntegers } from "./protocol.js";
import { enumeration, type SimulatorSources } from "./sources.js";

/** What happened in the clocks since the start. */
export interface RtlCounters {
  readonly clocks: number;
  /** Clocks in which the front end did not go on, by cause. */
  readonly frontStalls: Readonly<Record<string, number>>;
  /** Clocks in which nothing was issued, by cause. */
  readonly issueStalls: Readonly<Record<string, number>>;
  /** Clocks in which a unit ran. */
  readonly busy: Readonly<Record<string, number>>;
  /** Clocks in which the ternary unit waited for weights. */
  readonly starved: number;
  /** Bytes over the bus, by client: whole beats. */
  readonly dramBytes: {
    readonly weights: number;
    readonly vectors: number;
    readonly scalars: number;
    readonly writes: number;
  };
  /** Bytes that were written: less than the beats have where their strobes leave some out. */
  readonly writtenBytes: number;
}

const STALLS = 16;
const UNITS = 4;
const CLIENTS = 4;

/** Counters as rtl/sim/main.cpp sends them. */
export function parseCounters(
  bytes: Uint8Array,
  { core }: Configuration,
  sources: SimulatorSources,
): RtlCounters {
  const values = parseIntegers(bytes).map(Number);
  const take = (count: number) => values.splice(0, count);
  const [clocks] = take(1) as [number];
  const causes = enumeration(sources, "stall_e");
  const named = (names: readonly string[], counts: readonly number[]) =>
    Object.fromEntries(names.map((name, i) => [name, counts[i]!]));
  // The first one means that no clock was lost.
  const stalls = (counts: readonly number[]) =>
    Object.fromEntries(
      Object.entries(named(causes, counts)).filter(([name, count]) => name !== causes[0] && count),
    );
  const frontStalls = stalls(take(STALLS));
  const issueStalls = stalls(take(STALLS));
  const busy = named(enumeration(sources, "issue_unit_e"), take(UNITS));
  const [starved] = take(1) as [number];
  const [weights, vectors, scalars] = take(CLIENTS).map((beats) => beats * core.beat_bytes) as [
    number,
    number,
    number,
  ];
  const [writeBeats, writtenBytes] = take(2) as [number, number];
  const dramBytes = { weights, vectors, scalars, writes: writeBeats * core.beat_bytes };
  return { clocks, frontStalls, issueStalls, busy, starved, dramBytes, writtenBytes };
}
