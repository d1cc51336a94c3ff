export { Coverage, type CoverageGroup } from "./coverage.js";
export { type CoverageRow, coverageRows, coverageTable } from "./coverage-report.js";
export type { Difference, LocatedDifference } from "./difference.js";
export { type Failure, Fuzzer, type FuzzerOptions } from "./fuzzer.js";
export { formatDifference } from "./locate.js";
export { type LockstepOptions, type LockstepResult, runLockstep } from "./lockstep.js";
