export { codeSection, type ImageProblem, imageProblem } from "./check.js";
export * from "./image.js";
export {
  type MemoryContents,
  type MemoryPiece,
  type MemoryRange,
  memoryContents,
} from "./memory-range.js";
export { rawBinary } from "./raw-binary.js";
export { readElf } from "./read-elf.js";
export { readmemh } from "./readmemh.js";
export { RESERVED_SECTION_NAMES } from "./reserved-sections.js";
export { sectionFinder } from "./section-finder.js";
export { isPacking, TENSOR_TYPES, tensorSize } from "./tensor-size.js";
export { writeElf } from "./write-elf.js";
