/**
 * The DRAM behind the core: one DDR4-2400 interface of 64 data bits a channel, as on the D5005 card.
 * docs/dram-model.md says how the numbers are used. The simulator gets them from here, and whoever
 * predicts it should take them from here, too.
 */

/** Clocks of the DRAM's own clock (tCK), as a controller programs them. */
export interface DramTiming {
  /** READ to the first data (CL). */
  readonly cl: number;
  /** WRITE to the first data (CWL). */
  readonly cwl: number;
  /** ACTIVATE to READ or WRITE (tRCD). */
  readonly rcd: number;
  /** PRECHARGE to ACTIVATE (tRP). */
  readonly rp: number;
  /** ACTIVATE to PRECHARGE (tRAS). */
  readonly ras: number;
  /** READ to READ, or WRITE to WRITE, of different bank groups (tCCD_S): also what a burst's data take. */
  readonly ccdS: number;
  /** The same of one bank group (tCCD_L). */
  readonly ccdL: number;
  /** ACTIVATE to ACTIVATE of different bank groups (tRRD_S). */
  readonly rrdS: number;
  /** The same of one bank group (tRRD_L). */
  readonly rrdL: number;
  /** In so many clocks at most four ACTIVATEs (tFAW). */
  readonly faw: number;
  /** READ to PRECHARGE (tRTP). */
  readonly rtp: number;
  /** End of written data to PRECHARGE (tWR). */
  readonly wr: number;
  /** End of written data to READ, different bank groups (tWTR_S). */
  readonly wtrS: number;
  /** The same of one bank group (tWTR_L). */
  readonly wtrL: number;
  /** REFRESH to ACTIVATE (tRFC1). */
  readonly rfc: number;
  /** REFRESH to REFRESH (tREFI). */
  readonly refi: number;
  /** From the acceptance of a request at the AXI port to its command: controller and PHY. */
  readonly request: number;
  /** From the end of a burst's data to the AXI port: PHY and controller. */
  readonly response: number;
}

/** MHz of the DRAM's clock. */
export const DRAM_MHZ = 1200;

/** Bytes of a DRAM burst: 8 transfers of 64 bits. */
export const DRAM_BURST_BYTES = 64;

/** Bursts in flight that a channel accepts: so many reads, and so many writes. */
export const DRAM_QUEUE = 16;

const clocks = (ns: number) => Math.ceil((ns * DRAM_MHZ) / 1000 - 1e-9);

/** DDR4-2400T, devices of 8 Gb x8 (1 KiB pages): JESD79-4. */
export const DDR4_2400: DramTiming = {
  cl: 17,
  cwl: 12,
  rcd: 17,
  rp: 17,
  ras: clocks(32),
  ccdS: 4,
  ccdL: Math.max(5, clocks(5)),
  rrdS: Math.max(4, clocks(3.3)),
  rrdL: Math.max(4, clocks(4.9)),
  faw: Math.max(20, clocks(21)),
  rtp: Math.max(4, clocks(7.5)),
  wr: clocks(15),
  wtrS: Math.max(2, clocks(2.5)),
  wtrL: Math.max(4, clocks(7.5)),
  rfc: clocks(350),
  refi: clocks(7800),
  // Together 55.8 ns, so that a read of an open row takes 73.3 ns, as measured on an FPGA card.
  request: 33,
  response: 34,
};

interface Port {
  readonly clock_mhz: number;
  readonly beat_bytes: number;
}

/** Bytes a second that a channel's DRAM moves while it does nothing else. */
const DRAM_RATE = (DRAM_MHZ * 1e6 * DRAM_BURST_BYTES) / DDR4_2400.ccdS;

/**
 * Bytes a second that a channel can read, or write, at most: a beat a clock of the core, or the DRAM's
 * rate, whichever is lower.
 */
export function channelPeak({ clock_mhz, beat_bytes }: Port): number {
  return Math.min(clock_mhz * 1e6 * beat_bytes, DRAM_RATE);
}

/** Bytes a second that a channel can read and write together: a port reads and writes at once. */
export function channelPeakBoth({ clock_mhz, beat_bytes }: Port): number {
  return Math.min(2 * clock_mhz * 1e6 * beat_bytes, DRAM_RATE);
}
