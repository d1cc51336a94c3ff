import { DDR4_2400, DRAM_BURST_BYTES, DRAM_MHZ, type DramTiming } from "../dram/ddr4.js";
import type { CoreConfiguration } from "../isa/spec.js";

const CLOSED = -1;
/** DRAM clocks that a burst's data take. */
const BURST_CLOCKS = 4;
const BANKS = 16;

interface Bank {
  row: number;
  /** READ or WRITE, PRECHARGE, ACTIVATE may come from here on. */
  casReady: number;
  preReady: number;
  actReady: number;
}

/** When the beats of a request come, in clocks of the core. */
export interface Beats {
  readonly first: number;
  readonly last: number;
}

/** What DRAM is read for. */
export const DRAM_CLIENTS = ["weights", "vectors", "scalars"] as const;
export type DramClient = (typeof DRAM_CLIENTS)[number];

/**
 * A channel of the DRAM, by the rules of docs/dram-model.md, for a burst at a time: requests must come in the
 * order in which the channel accepts them.
 *
 * Times are in units of 1 / (DRAM_MHZ * clock_mhz) microseconds, as there.
 */
export class DramChannel {
  readonly #timing: DramTiming;
  /** Units of a clock of the DRAM and of the core. */
  readonly #tck: number;
  readonly #clock = DRAM_MHZ;
  readonly #banks: Bank[] = Array.from({ length: BANKS }, () => ({
    row: CLOSED,
    casReady: 0,
    preReady: 0,
    actReady: 0,
  }));
  #nextRefresh: number;
  /** The last four ACTIVATEs, a ring. */
  readonly #activates = [-1e9, -1e9, -1e9, -1e9];
  #activateCount = 0;
  #activateGroup = 0;
  #lastCas = -1e9;
  #lastGroup = 0;
  #lastIsWrite = false;
  /** The channel's newest beat that was delivered. */
  #lastBeat = -1;
  /** Beats that each client read, and that were written. */
  readonly beats: Record<DramClient | "written", number> = {
    weights: 0,
    vectors: 0,
    scalars: 0,
    written: 0,
  };
  readonly #beatBytes: number;

  constructor(
    { clock_mhz, beat_bytes, channels }: CoreConfiguration,
    channel: number,
    timing: DramTiming = DDR4_2400,
  ) {
    this.#beatBytes = beat_bytes;
    this.#timing = timing;
    this.#tck = clock_mhz;
    const phase = Math.floor((channel * timing.refi) / channels);
    this.#nextRefresh = (timing.refi + phase) * this.#tck;
  }

  /**
   * Read.
   * @param clock in which the channel accepts the request
   * @param granule number of the first one within the channel
   */
  read(clock: number, client: DramClient, granule: number, beats: number): Beats {
    this.beats[client] += beats;
    const arrival = clock * this.#clock + this.#timing.request * this.#tck;
    const perLine = DRAM_BURST_BYTES / this.#beatBytes;
    const firstLine = Math.floor(granule / perLine);
    const lastLine = Math.floor((granule + beats - 1) / perLine);
    const inFirst = Math.min(beats, perLine - (granule % perLine));

    const firstCas = this.#schedule(arrival, firstLine, false);
    const first = Math.max(this.#lastBeat + 1, this.#delivered(firstCas));
    let last = first + beats - 1;
    if (lastLine > firstLine) {
      const lastCas = this.#sequence(arrival, firstLine + 1, lastLine);
      // The last line's first beat cannot come before its data.
      const inLast = beats - inFirst - (lastLine - firstLine - 1) * perLine;
      last = Math.max(last, this.#delivered(lastCas) + inLast - 1);
    }
    this.#lastBeat = last;
    return { first, last };
  }

  /**
   * Write.
   * @param clock in which the channel accepts the last beat
   * @param granule number of the first one within the channel
   * @returns when the channel answers
   */
  write(clock: number, granule: number, beats: number): number {
    this.beats.written += beats;
    const arrival = clock * this.#clock + this.#timing.request * this.#tck;
    const perLine = DRAM_BURST_BYTES / this.#beatBytes;
    const firstLine = Math.floor(granule / perLine);
    const lastLine = Math.floor((granule + beats - 1) / perLine);
    for (let line = firstLine; line <= lastLine; line++) this.#schedule(arrival, line, true);
    return Math.ceil(arrival / this.#clock);
  }

  #delivered(cas: number): number {
    const { cl, response } = this.#timing;
    return Math.ceil((cas + (cl + BURST_CLOCKS + response) * this.#tck) / this.#clock);
  }

  /** READ of consecutive lines. @returns the time of the last one */
  #sequence(arrival: number, from: number, to: number): number {
    let line = from;
    // Four lines in a row open the row in all bank groups; what follows there keeps the bus's pace.
    let cas = 0;
    while (line <= to) {
      const rowEnd = line - (line % 512) + 511;
      const probe = Math.min(to, line + 3);
      for (; line <= probe; line++) cas = this.#schedule(arrival, line, false);
      const end = Math.min(to, rowEnd);
      if (line > end) continue;
      const pace = this.#timing.ccdS * this.#tck;
      const beforeRefresh = Math.ceil((this.#nextRefresh - cas) / pace) - 1;
      const count = Math.min(end - line + 1, beforeRefresh);
      if (count > 0 && this.#allOpen(line)) {
        line += count;
        cas += count * pace;
        this.#lastCas = cas;
        this.#lastGroup = (line - 1) & 3;
        const hold = cas + this.#timing.rtp * this.#tck;
        const bank = (Math.floor((line - 1) / 512) & 3) << 2;
        for (let group = 0; group < 4; group++) {
          const { preReady } = this.#banks[bank | group]!;
          this.#banks[bank | group]!.preReady = Math.max(preReady, hold);
        }
      } else if (line <= end) cas = this.#schedule(arrival, line++, false);
    }
    return cas;
  }

  /** Whether the row of a line is open in all bank groups. */
  #allOpen(line: number): boolean {
    const bank = (Math.floor(line / 512) & 3) << 2;
    const row = Math.floor(line / 2048);
    for (let group = 0; group < 4; group++)
      if (this.#banks[bank | group]!.row !== row) return false;
    return true;
  }

  /** Schedule a line: rules 1 to 4 of docs/dram-model.md. @returns the time of its READ or WRITE */
  #schedule(arrival: number, line: number, isWrite: boolean): number {
    const t = this.#timing;
    const tck = this.#tck;
    const group = line & 3;
    const bank = this.#banks[group | ((Math.floor(line / 512) & 3) << 2)]!;
    const row = Math.floor(line / 2048);
    for (;;) {
      const hit = bank.row === row;
      let act = 0;
      let ready = Math.max(arrival, bank.casReady);
      if (!hit) {
        act =
          bank.row === CLOSED
            ? Math.max(arrival, bank.actReady)
            : Math.max(arrival, bank.preReady) + t.rp * tck;
        const last = this.#activates[(this.#activateCount + 3) % 4]!;
        const spacing = group === this.#activateGroup ? t.rrdL : t.rrdS;
        act = Math.max(
          act,
          last + spacing * tck,
          this.#activates[this.#activateCount % 4]! + t.faw * tck,
        );
        ready = act + t.rcd * tck;
      }
      const cas = Math.max(ready, this.#afterLast(group, isWrite));
      if (cas >= this.#nextRefresh) {
        this.#refresh();
        continue;
      }
      if (!hit) {
        bank.row = row;
        bank.casReady = ready;
        bank.preReady = act + t.ras * tck;
        this.#activates[this.#activateCount++ % 4] = act;
        this.#activateGroup = group;
      }
      const hold = isWrite ? t.cwl + BURST_CLOCKS + t.wr : t.rtp;
      bank.preReady = Math.max(bank.preReady, cas + hold * tck);
      this.#lastCas = cas;
      this.#lastGroup = group;
      this.#lastIsWrite = isWrite;
      return cas;
    }
  }

  #afterLast(group: number, isWrite: boolean): number {
    const t = this.#timing;
    const same = group === this.#lastGroup;
    let clocks = same ? t.ccdL : t.ccdS;
    if (isWrite !== this.#lastIsWrite)
      clocks = isWrite
        ? t.cl + BURST_CLOCKS + 2 - t.cwl
        : t.cwl + BURST_CLOCKS + (same ? t.wtrL : t.wtrS);
    return this.#lastCas + clocks * this.#tck;
  }

  #refresh(): void {
    const t = this.#timing;
    const open = this.#banks.filter(({ row }) => row !== CLOSED);
    const begin = Math.max(this.#nextRefresh, ...open.map(({ preReady }) => preReady));
    const end = begin + (t.rfc + (open.length > 0 ? t.rp : 0)) * this.#tck;
    for (const bank of this.#banks) {
      bank.row = CLOSED;
      bank.actReady = Math.max(bank.actReady, end);
    }
    this.#nextRefresh += t.refi * this.#tck;
  }
}
