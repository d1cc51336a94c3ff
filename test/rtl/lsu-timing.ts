import { LATENCIES } from "../../src/isa/index.js";

/** What the clocks of a load or store depend on, besides the instruction. */
export interface MemorySide {
  readonly lanes: number;
  readonly beat: number;
  readonly channels: number;
  /** Granules in flight, for each channel. */
  readonly fifo: number;
  /** Beats of the longest vector burst. */
  readonly burst: number;
  /** Clocks from an accepted address to the first beat, and from the last beat to a response. */
  readonly latency: number;
}

const { lsu, memory_port } = LATENCIES;
const PAGE_BYTES = 4096;

/** The granules of each channel of a range of `count` from granule `first` on, split into bursts. */
function bursts(side: MemorySide, first: number, count: number): number[][] {
  return Array.from({ length: side.channels }, (_, channel) => {
    const nth = (channel - (first % side.channels) + side.channels) % side.channels;
    let left = Math.max(0, Math.ceil((count - nth) / side.channels));
    let address = Math.floor((first + nth) / side.channels);
    const page = PAGE_BYTES / side.beat;
    const lengths = [];
    while (left > 0) {
      const beats = Math.min(left, side.burst, page - (address % page));
      lengths.push(beats);
      address += beats;
      left -= beats;
    }
    return lengths;
  });
}

/**
 * The clocks from the start of a vector load to the write of each word, on memories that accept an address in
 * every clock and answer in order after a fixed latency (docs/core.md, "Timing").
 */
export function loadWrites(side: MemorySide, vl: number, width: number, first: number): number[] {
  const count = Math.ceil((vl * width) / side.beat);
  const perWord = (side.lanes * width) / side.beat;
  const step = Math.min(side.channels, perWord);
  const lengths = bursts(side, first, count);
  // Per channel: when each granule is taken, and when granules arrive.
  const taken: number[][] = lengths.map(() => []);
  const arrival: number[][] = lengths.map(() => []);
  const requested = lengths.map(() => -Infinity);
  const writes: number[] = [];
  let clock = -Infinity;
  for (let granule = 0; granule < count; granule += step) {
    const part = Math.min(step, count - granule);
    let ready = clock + 1;
    for (let i = 0; i < part; i++) {
      const channel = (first + granule + i) % side.channels;
      const [times, arrivals] = [taken[channel]!, arrival[channel]!];
      if (arrivals.length === times.length) {
        // The next burst: a clock after the last one, or after the step that made room for it.
        const beats = lengths[channel]!.shift()!;
        const freed = arrivals.length + beats - side.fifo - 1;
        const request = Math.max(
          lsu.request,
          requested[channel]! + 1,
          freed >= 0 ? times[freed]! + 1 : 0,
        );
        requested[channel] = request;
        const start = request + memory_port.request + side.latency;
        for (let beat = 0; beat < beats; beat++)
          arrivals.push(Math.max(start + beat, (arrivals.at(-1) ?? -Infinity) + 1));
      }
      ready = Math.max(ready, arrivals[times.length]! + 1);
    }
    clock = ready;
    for (let i = 0; i < part; i++) taken[(first + granule + i) % side.channels]!.push(clock);
    if ((granule + part) % perWord === 0 || granule + part === count)
      writes.push(clock - 1 + lsu.load_write);
  }
  return writes;
}

/** The clocks from the start of a store to its end, on such memories. */
export function storeDone(
  side: MemorySide,
  granules: number,
  first: number,
  scalar: boolean,
): number {
  const start = scalar ? lsu.scalar_data : lsu.vector_data;
  const stepsPerWord = (side.lanes * 4) / side.beat / side.channels;
  const lengths = bursts(side, first, granules);
  const beats = lengths.map((bursts) => bursts.reduce((sum, length) => sum + length, 0));
  // Clock by clock: what each channel may send depends on words that wait for room in all of them.
  const state = lengths.map((bursts) => ({
    bursts,
    sent: 0,
    current: 0, // beats left of the burst whose data moves
    next: 0,
    waiting: [] as number[], // when the response of each burst comes
    room: side.fifo,
    heads: [] as number[], // when each granule gets to the head or behind it
  }));
  let pace = 0;
  let word = 0;
  const words = scalar ? 0 : Math.ceil((granules * side.beat) / (4 * side.lanes));
  if (scalar) {
    for (const [c, channel] of state.entries())
      for (let i = 0; i < beats[c]!; i++) channel.heads.push(start + i);
  }
  for (let clock = 1; ; clock++) {
    // The word is read three clocks before its first granules are at the heads.
    const read = word < words && pace === 0 && state.every(({ room }) => room >= stepsPerWord);
    if (pace > 0) pace--;
    let idle = true;
    for (const [c, channel] of state.entries()) {
      const { waiting } = channel;
      while (waiting.length > 0 && waiting[0]! < clock) waiting.shift();
      if (channel.bursts.length > 0 || channel.current + channel.next + waiting.length > 0)
        idle = false;
      const outstanding = waiting.length + Number(channel.current > 0) + Number(channel.next > 0);
      const asks =
        clock >= lsu.request &&
        channel.bursts.length > 0 &&
        channel.next === 0 &&
        outstanding < side.fifo;
      const beat = channel.current > 0 && (channel.heads[channel.sent] ?? Infinity) <= clock;
      if (beat) {
        channel.sent++;
        channel.room++;
        channel.current--;
        if (channel.current === 0) waiting.push(clock + memory_port.write_data + side.latency);
      }
      if (asks) channel.next = channel.bursts.shift()!;
      if (channel.current === 0) [channel.current, channel.next] = [channel.next, 0];
      if (read) {
        channel.room -= stepsPerWord;
        const from = word * stepsPerWord;
        for (let i = 0; i < stepsPerWord && from + i < beats[c]!; i++)
          channel.heads.push(clock + start - 1 + i);
      }
    }
    if (read) {
      word++;
      pace = stepsPerWord - 1;
    }
    if (idle && clock > lsu.request) return clock - 1 + lsu.store_done;
  }
}
