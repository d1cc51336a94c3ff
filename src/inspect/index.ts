export {
  type CheckpointReport,
  formatCheckpointReport,
  reportCheckpoint,
  type TensorReport,
} from "./checkpoint-report.js";
export { formatImageReport, type ReportPart } from "./format-report.js";
export {
  type ImageReport,
  type InstructionMix,
  type MatrixReport,
  reportImage,
} from "./image-report.js";
export { countTensorTrits, countTrits, type TritCounts } from "./sparsity.js";
export { type Column, formatTable } from "./table.js";
export { compareTernary, type TernaryComparison } from "./ternary-comparison.js";
