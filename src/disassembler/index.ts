export type { DataFile, DataForm } from "./data.js";
export { type DisassembleOptions, disassemble, disassembledLines } from "./disassemble.js";
export { type FormatOptions, formatInstruction, formatWord } from "./format-instruction.js";
