export { type Compiled, type CompileOptions, compile } from "./compile.js";
export { PASSES, type PassName, type PassOptions } from "./passes/pipeline.js";
