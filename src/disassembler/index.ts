export { type DataFile, type DataForm, dataInImageFile } from "./data.js";
export { type DisassembleOptions, disassemble, disassembledLines } from "./disassemble.js";
export { type FormatOptions, formatInstruction, formatWord } from "./format-instruction.js";
