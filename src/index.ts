/**
 * The pipeline as a library.
 *
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { assemble, Emulator } from "ternac";
 *
 * const { image, diagnostics } = assemble("kernel.tasm", readFileSync("kernel.tasm", "utf8"), {
 *   readFile: () => undefined, // the source includes nothing
 * });
 * if (!image) throw new DiagnosticsError(diagnostics);
 * const emulator = new Emulator();
 * await emulator.load(image);
 * const stop = await emulator.run();
 * ```
 *
 * ```ts
 * const checkpoint = await openCheckpoint("models/shakespeare");
 * const compiled = await compile(checkpoint, { configuration: findConfiguration("d5005")!, packing: "t5" });
 * const session = await Session.open(new Emulator(), compiled.image());
 * for await (const token of generate(session, { prompt: [0], count: 20 })) console.log(token);
 * ```
 *
 * Nothing here prints, exits or reads the command line. Bad input is a UserError (a message and a
 * remedy) or a list of Diagnostics (source texts); any other exception is a bug.
 *
 * @module
 */

// Source text to image, and back.
export { type AssembleOptions, type AssembleResult, assemble } from "./assembler/index.js";
// Cards, and their bitstreams.
export {
  type BoardReport,
  BoardTarget,
  type BoardTargetOptions,
  boardReport,
  type FpgaHandle,
  type FpgaLibrary,
  type FpgaResource,
  findAccelerator,
  flashGbs,
  type LoadReport,
  loadLibopae,
} from "./board/index.js";
// Checkpoint to image.
export {
  Checkpoint,
  checkedCheckpoint,
  type ModelConfig,
  memoryTensors,
  openCheckpoint,
  syntheticCheckpoint,
  type TensorSource,
} from "./checkpoint/index.js";
export {
  type Compiled,
  type CompileMlgruOptions,
  type CompileOptions,
  compile,
  compileMlgru,
  type GivenMatrix,
  type MlgruLayer,
  PASSES,
  type PassName,
  randomMlgru,
} from "./compiler/index.js";
export {
  type Diagnostic,
  DiagnosticsError,
  type Note,
  type Span,
  UserError,
} from "./diagnostics/diagnostic.js";
export {
  type DisassembleOptions,
  disassemble,
  disassembledLines,
  formatInstruction,
} from "./disassembler/index.js";
// Image to execution.
export {
  Breakpoints,
  breakpointAddresses,
  Emulator,
  type EmulatorOptions,
  formatTraceEntry,
  type Machine,
  type MachineSnapshot,
  type Observer,
  Statistics,
  type StatisticsReport,
  type TernaryKernel,
  type TraceEntry,
  trace,
} from "./emulator/index.js";
export { type Gbs, type GbsMetadata, gbsHeader, readGbs } from "./gbs/index.js";
export {
  codeSection,
  type Image,
  type ImageSymbol,
  type Requirements,
  rawBinary,
  readElf,
  readmemh,
  type Section,
  type SectionKind,
  type SourceLocation,
  type TensorType,
  writeElf,
} from "./image/index.js";
export {
  type CheckpointReport,
  type ImageReport,
  reportCheckpoint,
  reportImage,
} from "./inspect/index.js";
// The instruction set.
export {
  ALIASES,
  type AliasSpec,
  CONFIGURATIONS,
  type Configuration,
  decode,
  encode,
  findConfiguration,
  type IllegalWord,
  INSTRUCTIONS,
  type Instruction,
  type InstructionId,
  type InstructionSpec,
  ISA,
  type OperandSpec,
} from "./isa/index.js";
export { FRACTION_BITS, fromReal, toReal } from "./numerics/fixed.js";
export {
  type DramMode,
  type RetirementEvent,
  type RtlCounters,
  type RtlReport,
  RtlTarget,
  type RtlTargetOptions,
  rtlReport,
} from "./rtl/index.js";
// Execution to text, scores and tensors.
export {
  type EvaluateOptions,
  type Evaluation,
  evaluate,
  evaluateText,
  type GenerateOptions,
  generate,
  modelDescription,
  type Sampling,
  Session,
  type TextEvaluation,
} from "./session/index.js";
export { type RunProgramOptions, runProgram } from "./session/run-program.js";
export { decodeSymbol, encodeSymbol, symbolSize } from "./session/symbol-tensor.js";
export { describeStop } from "./target/stop.js";
export type { RunOptions, Stop, Target } from "./target/target.js";
export {
  readNpy,
  readSafetensors,
  SafetensorsFile,
  type Tensor,
  writeNpy,
  writeSafetensors,
} from "./tensors/index.js";
export { type Packing, pack, packedSize, unpack } from "./ternary/packing.js";
export { loadTokenizer, parseTokenizer, type Tokenizer } from "./tokenizer/index.js";
