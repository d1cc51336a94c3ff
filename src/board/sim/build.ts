import { DDR4_2400, DRAM_QUEUE } from "../../dram/ddr4.js";
import type { Configuration } from "../../isa/spec.js";
import {
  DRAM_TIMINGS,
  MAKE_VARIABLES,
  type SimulatorSources,
  type VerilateOptions,
  verilate,
  verilatorFlags,
} from "../../rtl/index.js";
import { boardSources } from "./sources.js";

export interface BuildBoardOptions extends VerilateOptions {
  readonly configuration: Configuration;
  /** `build`: compile it quickly, for a board that runs for seconds only. Default: run. */
  readonly hurry?: "build" | "run";
  readonly sources?: SimulatorSources;
}

/**
 * A card without a card: a shared library with the entry points of libopae-c that the driver uses, and the
 * simulated accelerator behind them (docs/card/hardware.md). Out of the cache, or built, which takes a minute.
 * @returns its path
 * @throws UserError when a tool is missing, or fails
 */
export async function buildSimulatedBoard(options: BuildBoardOptions): Promise<string> {
  const { configuration, hurry = "run", sources = boardSources() } = options;
  const timing = DRAM_TIMINGS.map((name) => DDR4_2400[name]).join(",");
  const defines = [
    `-DTERNAC_CLOCK_MHZ=${configuration.core.clock_mhz}`,
    `-DTERNAC_DRAM_QUEUE=${DRAM_QUEUE}`,
    `-DTERNAC_DRAM_TIMING=${timing}`,
  ];
  const flags = [
    ...verilatorFlags(configuration),
    ...["-CFLAGS", ["-std=c++17 -O2 -fPIC -fvisibility=hidden", ...defines].join(" ")],
    ...["-LDFLAGS", "-shared"],
  ];
  const variables = MAKE_VARIABLES[hurry];
  return verilate({ top: "ternac_board", sources, flags, variables }, options);
}
