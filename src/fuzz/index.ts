export { generateProgram } from "./generate.js";
export { HAZARD_PAIRS, HAZARDS, type HazardKind } from "./hazards.js";
export type { DataBlock, FuzzProgram, HostPlan, Line, Statement } from "./program.js";
export { Random } from "./random.js";
export { programImage, programText } from "./render.js";
export { programSize, type Shrunk, shrink } from "./shrink.js";
export {
  accessKind,
  alignmentOf,
  isStore,
  memoryOperand,
  ROWS,
  registerOperands,
  roleOf,
} from "./traits.js";
