export * from "./codec.js";
export * from "./configurations.js";
export * from "./generated.js";
export * from "./manual.js";
export * from "./spec.js";
