/** How the simulated DRAM behaves, by the simulator's number (docs/dram-model.md). */
export const DRAM_MODES = ["ddr4", "ideal", "random"] as const;

export type DramMode = (typeof DRAM_MODES)[number];
