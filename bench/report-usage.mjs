// Preloaded into a measured process: writes what it used to the file that TERNAC_BENCH_USAGE names.
import { writeFileSync } from "node:fs";

const file = process.env.TERNAC_BENCH_USAGE;
process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const usage = { peakBytes: maxRSS * 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 };
  writeFileSync(file, JSON.stringify(usage));
});
