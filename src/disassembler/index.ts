export { type FormatOptions, formatInstruction, formatWord } from "./format-instruction.js";
