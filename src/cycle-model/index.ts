export { type CycleEvent, CycleModel, FRONT_STALLS, type FrontStall } from "./cycle-model.js";
export { DRAM_CLIENTS, type DramClient } from "./dram.js";
export { ISSUE_STALLS, type IssueStall } from "./issue.js";
export { ISSUE_UNITS, type IssueUnit } from "./micro-operation.js";
export type { CycleReport } from "./report.js";
