export { type CompileOptions, compile } from "./compile.js";
export { type CompileMlgruOptions, compileMlgru } from "./compile-mlgru.js";
export type { Compiled } from "./compiled.js";
export type { GivenMatrix, MlgruLayer } from "./frontends/mlgru.js";
export { randomMlgru } from "./frontends/random-mlgru.js";
export { PASSES, type PassName, type PassOptions } from "./passes/pipeline.js";
