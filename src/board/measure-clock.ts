import { setTimeout as sleep } from "node:timers/promises";
import type { FpgaHandle } from "./library.js";
import { Registers } from "./registers.js";

/** Milliseconds that clocks are counted. */
const WINDOW_MS = 100;

/** The accelerator's clock in MHz, counted against the host's clock: within a thousandth or so. */
export async function measureClock(handle: FpgaHandle): Promise<number> {
  const registers = new Registers(handle);
  const [clocks, started] = [registers.read("clock_count"), performance.now()];
  await sleep(WINDOW_MS);
  const counted = registers.read("clock_count") - clocks;
  return Number(counted) / (1000 * (performance.now() - started));
}
