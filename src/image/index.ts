export { codeSection, type ImageProblem, imageProblem } from "./check.js";
export * from "./image.js";
export { readElf } from "./read-elf.js";
export { RESERVED_SECTION_NAMES } from "./reserved-sections.js";
export { isPacking, TENSOR_TYPES, tensorSize } from "./tensor-size.js";
export { writeElf } from "./write-elf.js";
