export * from "./checkpoint.js";
export { type ModelConfig, parseConfig } from "./config.js";
export * from "./inventory.js";
export { checkedCheckpoint, openCheckpoint, readConfig, syntheticCheckpoint } from "./open.js";
export { RELEASED_SIZES, type ReleasedSize, releasedConfig } from "./released-shapes.js";
export { safetensorsStream } from "./safetensors-stream.js";
export { fillSynthetic, syntheticTensors } from "./synthetic.js";
export { memoryTensors, type TensorSource } from "./tensor-source.js";
export type { TernaryScale, TritCounts } from "./ternarise.js";
