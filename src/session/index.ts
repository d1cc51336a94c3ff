export {
  type EvaluateOptions,
  type Evaluation,
  evaluate,
  evaluateText,
  type GreedyComparison,
  type TextEvaluation,
} from "./evaluate.js";
export { type GenerateOptions, generate } from "./generate.js";
export type { Golden, GoldenTensor } from "./golden.js";
export { type ModelDescription, modelDescription } from "./model.js";
export { encodeEntry, HALT_ENTRY, MAX_COUNT, type TokenEntry } from "./protocol.js";
export type { Sampling } from "./sampling.js";
export { Session } from "./session.js";
export { tokenClocks } from "./token-clocks.js";
