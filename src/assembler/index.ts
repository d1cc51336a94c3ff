export { type AssembleResult, assemble } from "./assemble.js";
export type { AssembleOptions } from "./options.js";
