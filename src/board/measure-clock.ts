import { setTimeout as sleep } from "node:timers/promises";
import { GoneError } from "./gone.js";
import type { FpgaHandle } from "./library.js";
import { isGone, Registers } from "./registers.js";

/** Milliseconds that clocks are counted. */
const WINDOW_MS = 100;

/** The accelerator's clock in MHz, counted against the host's clock: within a thousandth or so. @throws GoneError */
export async function measureClock(handle: FpgaHandle): Promise<number> {
  const registers = new Registers(handle);
  const [first, started] = [registers.read("clock_count"), performance.now()];
  await sleep(WINDOW_MS);
  const [last, ended] = [registers.read("clock_count"), performance.now()];
  // The count begins with a reset.
  if (isGone(last) || last < first) throw new GoneError("its clock was measured", last);
  return Number(last - first) / (1000 * (ended - started));
}
