import { DDR4_2400, DRAM_BURST_BYTES, DRAM_MHZ, type DramTiming } from "../dram/ddr4.js";
import type { CoreConfiguration } from "../isa/spec.js";

const CLOSED = -1;
/** DRAM clocks that a burst's data take. */
const BURST_CLOCKS = 4;
const BANKS = 16;
/** A line's bank group is in bits 1:0 of its number, its bank in that from this bit on, two of them, ... */
const BANK_BIT = 9;
/** ... and its row above. */
const ROW_BIT = 11;

/** When a request is accepted and when its beats come, in clocks of the core. */
export interface Beats {
  accepted: number;
  first: number;
  last: number;
}

/** What DRAM is read for. */
export const DRAM_CLIENTS = ["weights", "vectors", "scalars"] as const;
export type DramClient = (typeof DRAM_CLIENTS)[number];

/** The constraints that a channel keeps, in its units of time. */
function constraints(t: DramTiming, tck: number) {
  return {
    ras: t.ras * tck,
    rcd: t.rcd * tck,
    rp: t.rp * tck,
    rtp: t.rtp * tck,
    faw: t.faw * tck,
    rrdS: t.rrdS * tck,
    rrdL: t.rrdL * tck,
    ccdS: t.ccdS * tck,
    ccdL: t.ccdL * tck,
    readToWrite: (t.cl + BURST_CLOCKS + 2 - t.cwl) * tck,
    writeToReadS: (t.cwl + BURST_CLOCKS + t.wtrS) * tck,
    writeToReadL: (t.cwl + BURST_CLOCKS + t.wtrL) * tck,
    writeToPrecharge: (t.cwl + BURST_CLOCKS + t.wr) * tck,
    rfc: t.rfc * tck,
    refi: t.refi * tck,
    request: t.request * tck,
    /** From a READ to the last of its data at the port. */
    delivery: (t.cl + BURST_CLOCKS + t.response) * tck,
  };
}

/**
 * A channel of the DRAM, by the rules of docs/dram-model.md, for a burst at a time: requests must come in the
 * order in which the channel accepts them.
 *
 * Times are in units of 1 / (DRAM_MHZ * clock_mhz) microseconds, as there.
 */
export class DramChannel {
  readonly #after: ReturnType<typeof constraints>;
  /** Of each bank, bank group + 4 * bank in the group: the open row. */
  readonly #row = new Float64Array(BANKS).fill(CLOSED);
  /** And when READ or WRITE, PRECHARGE, ACTIVATE may come. */
  readonly #casReady = new Float64Array(BANKS);
  readonly #preReady = new Float64Array(BANKS);
  readonly #actReady = new Float64Array(BANKS);
  // Times outgrow 31 bits within a second of a run. What was an integer till then would have all of this
  // compiled a second time, so fields of times begin as something else.
  #nextRefresh = Number.POSITIVE_INFINITY;
  /** The last four ACTIVATEs, a ring. */
  readonly #activates = new Float64Array(4).fill(Number.NEGATIVE_INFINITY);
  #activateCount = 0;
  #activateGroup = 0;
  #lastCas = Number.NEGATIVE_INFINITY;
  #lastGroup = 0;
  #lastIsWrite = false;
  /** The clock of the newest read. */
  #accepted = -1;
  /** The channel's newest beat that was delivered. */
  #lastBeat = -1;
  readonly #beatsOf: Record<DramClient | "written", number> = {
    weights: 0,
    vectors: 0,
    scalars: 0,
    written: 0,
  };
  /** Beats of a line, and lines of a beat, a power of two as well: to multiply is faster than to divide. */
  readonly #perLine: number;
  readonly #linesPerBeat: number;
  /** What `read` returns: one object, as it is called for every burst. */
  readonly #beats: Beats = { accepted: 0, first: 0, last: 0 };

  constructor(
    { clock_mhz, beat_bytes, channels }: CoreConfiguration,
    channel: number,
    timing: DramTiming = DDR4_2400,
  ) {
    this.#perLine = DRAM_BURST_BYTES / beat_bytes;
    this.#linesPerBeat = beat_bytes / DRAM_BURST_BYTES;
    this.#after = constraints(timing, clock_mhz);
    const phase = Math.floor((channel * timing.refi) / channels);
    this.#nextRefresh = (timing.refi + phase) * clock_mhz;
  }

  /** Beats that a client read, or that were written. */
  beats(client: DramClient | "written"): number {
    return this.#beatsOf[client];
  }

  /**
   * Read.
   * @param clock in which the request is there
   * @param granule number of the first one within the channel
   * @returns good until the next read
   */
  read(clock: number, client: DramClient, granule: number, beats: number): Readonly<Beats> {
    if (client === "weights") this.#beatsOf.weights += beats;
    else if (client === "vectors") this.#beatsOf.vectors += beats;
    else this.#beatsOf.scalars += beats;
    // One address in a clock.
    const accepted = Math.max(clock, this.#accepted + 1);
    this.#accepted = accepted;
    const arrival = accepted * DRAM_MHZ + this.#after.request;
    const firstLine = Math.floor(granule * this.#linesPerBeat);
    const lastLine = Math.floor((granule + beats - 1) * this.#linesPerBeat);

    this.#schedule(arrival, firstLine, false);
    const first = Math.max(this.#lastBeat + 1, this.#delivered());
    let last = first + beats - 1;
    if (lastLine > firstLine) {
      this.#sequence(arrival, firstLine + 1, lastLine);
      // The last line's first beat cannot come before its data.
      const beforeLast = lastLine * this.#perLine - granule;
      last = Math.max(last, this.#delivered() + beats - beforeLast - 1);
    }
    this.#lastBeat = last;
    const result = this.#beats;
    result.accepted = accepted;
    result.first = first;
    result.last = last;
    return result;
  }

  /**
   * Write.
   * @param clock in which the channel accepts the last beat
   * @param granule number of the first one within the channel
   * @returns when the channel answers
   */
  write(clock: number, granule: number, beats: number): number {
    this.#beatsOf.written += beats;
    const arrival = clock * DRAM_MHZ + this.#after.request;
    const firstLine = Math.floor(granule * this.#linesPerBeat);
    const lastLine = Math.floor((granule + beats - 1) * this.#linesPerBeat);
    for (let line = firstLine; line <= lastLine; line++) this.#schedule(arrival, line, true);
    return Math.ceil(arrival / DRAM_MHZ);
  }

  /** The clock in which the data of the last READ are at the port. */
  #delivered(): number {
    return Math.ceil((this.#lastCas + this.#after.delivery) / DRAM_MHZ);
  }

  /** READ of consecutive lines. */
  #sequence(arrival: number, from: number, to: number): void {
    const { ccdS: pace, rtp } = this.#after;
    let line = from;
    // What follows a READ in a row that is open in all bank groups keeps the bus's pace. Four lines open it.
    while (line <= to) {
      const end = Math.min(to, line | ((1 << BANK_BIT) - 1));
      let isOpen = this.#allOpen(line);
      if (!isOpen) {
        const probe = Math.min(to, line + 3);
        for (; line <= probe; line++) this.#schedule(arrival, line, false);
        if (line > end) continue;
        isOpen = this.#allOpen(line);
      }
      const count = isOpen ? this.#beforeRefresh(end - line + 1) : 0;
      if (count > 0) {
        line += count;
        const cas = this.#lastCas + count * pace;
        this.#lastCas = cas;
        this.#lastGroup = (line - 1) & 3;
        // Each bank group saw its last one up to three lines ago.
        for (let ago = 0; ago < 4 && ago < count; ago++) {
          const bank = bankOf(line - 1 - ago);
          const ready = cas - ago * pace + rtp;
          if (ready > this.#preReady[bank]!) this.#preReady[bank] = ready;
        }
      } else if (line <= end) this.#schedule(arrival, line++, false);
    }
  }

  /** So many READs, or fewer, at the bus's pace before the next refresh. */
  #beforeRefresh(count: number): number {
    const { ccdS: pace } = this.#after;
    if (this.#lastCas + count * pace < this.#nextRefresh) return count;
    return Math.ceil((this.#nextRefresh - this.#lastCas) / pace) - 1;
  }

  /** Whether the row of a line is open in all bank groups, for READs after the last one. */
  #allOpen(line: number): boolean {
    const bank = bankOf(line) & ~3;
    const row = line >>> ROW_BIT;
    for (let group = 0; group < 4; group++)
      if (this.#row[bank | group] !== row || this.#casReady[bank | group]! > this.#lastCas)
        return false;
    return true;
  }

  /** Schedule the READ or WRITE of a line: rules 1 to 4 of docs/dram-model.md. */
  #schedule(arrival: number, line: number, isWrite: boolean): void {
    const after = this.#after;
    const group = line & 3;
    const bank = bankOf(line);
    const row = line >>> ROW_BIT;
    for (;;) {
      const open = this.#row[bank]!;
      const hit = open === row;
      let act = 0;
      let ready = Math.max(arrival, this.#casReady[bank]!);
      if (!hit) {
        const closed = open === CLOSED;
        const count = this.#activateCount;
        const spacing = group === this.#activateGroup ? after.rrdL : after.rrdS;
        const free = Math.max(arrival, (closed ? this.#actReady : this.#preReady)[bank]!);
        act = Math.max(
          closed ? free : free + after.rp,
          this.#activates[(count + 3) & 3]! + spacing,
          this.#activates[count & 3]! + after.faw,
        );
        ready = act + after.rcd;
      }
      const cas = Math.max(ready, this.#afterLast(group, isWrite));
      if (cas >= this.#nextRefresh) {
        this.#refresh();
        continue;
      }
      if (!hit) {
        this.#row[bank] = row;
        this.#casReady[bank] = ready;
        this.#preReady[bank] = act + after.ras;
        this.#activates[this.#activateCount++ & 3] = act;
        this.#activateGroup = group;
      }
      const precharge = cas + (isWrite ? after.writeToPrecharge : after.rtp);
      if (precharge > this.#preReady[bank]!) this.#preReady[bank] = precharge;
      this.#lastCas = cas;
      this.#lastGroup = group;
      this.#lastIsWrite = isWrite;
      return;
    }
  }

  #afterLast(group: number, isWrite: boolean): number {
    const after = this.#after;
    const same = group === this.#lastGroup;
    if (isWrite === this.#lastIsWrite) return this.#lastCas + (same ? after.ccdL : after.ccdS);
    if (isWrite) return this.#lastCas + after.readToWrite;
    return this.#lastCas + (same ? after.writeToReadL : after.writeToReadS);
  }

  #refresh(): void {
    const { rfc, rp, refi } = this.#after;
    let begin = this.#nextRefresh;
    let isOpen = false;
    for (let bank = 0; bank < BANKS; bank++) {
      if (this.#row[bank] === CLOSED) continue;
      isOpen = true;
      if (this.#preReady[bank]! > begin) begin = this.#preReady[bank]!;
    }
    const end = begin + rfc + (isOpen ? rp : 0);
    for (let bank = 0; bank < BANKS; bank++) {
      this.#row[bank] = CLOSED;
      if (end > this.#actReady[bank]!) this.#actReady[bank] = end;
    }
    this.#nextRefresh += refi;
  }
}

/** The bank of a line: bank group + 4 * bank in the group. */
function bankOf(line: number): number {
  return (line & 3) | (((line >>> BANK_BIT) & 3) << 2);
}
