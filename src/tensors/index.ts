export * from "./byte-source.js";
export * from "./element-type.js";
export * from "./elements.js";
export * from "./npy.js";
export * from "./safetensors.js";
export type { SafetensorsHeader, TensorEntry } from "./safetensors-header.js";
export * from "./safetensors-writer.js";
export * from "./strict-json.js";
