import { ByteWriter } from "../byte-writer.js";
import type { SourceLocation } from "../image.js";
import {
  ADDRESS_BYTES,
  DW_FORM_STRING,
  DW_FORM_UDATA,
  DW_LNCT_DIRECTORY_INDEX,
  DW_LNCT_PATH,
  DW_LNE_END_SEQUENCE,
  DW_LNE_SET_ADDRESS,
  DW_LNS_ADVANCE_LINE,
  DW_LNS_ADVANCE_PC,
  DW_LNS_SET_COLUMN,
  DW_LNS_SET_FILE,
  DWARF_VERSION,
  LINE_BASE,
  LINE_RANGE,
  MINIMUM_INSTRUCTION_LENGTH,
  OPCODE_BASE,
  STANDARD_OPCODE_LENGTHS,
} from "./constants.js";
import type { FileTable } from "./file-table.js";

/**
 * `.debug_line`: one row an instruction; a sequence ends where an instruction has no location.
 * @param base address of instruction 0
 * @param files holds every file of `lines`
 */
export function writeLines(
  lines: readonly (SourceLocation | undefined)[],
  base: number,
  files: FileTable,
): Uint8Array {
  const header = new ByteWriter()
    .u8(MINIMUM_INSTRUCTION_LENGTH)
    .u8(1) // operations an instruction
    .u8(1) // every row begins a statement
    .u8(LINE_BASE & 0xff)
    .u8(LINE_RANGE)
    .u8(OPCODE_BASE)
    .append(Uint8Array.from(STANDARD_OPCODE_LENGTHS));
  header.u8(1).uleb(DW_LNCT_PATH).uleb(DW_FORM_STRING).uleb(files.directories.length);
  for (const directory of files.directories) header.string(directory);
  header.u8(2).uleb(DW_LNCT_PATH).uleb(DW_FORM_STRING);
  header.uleb(DW_LNCT_DIRECTORY_INDEX).uleb(DW_FORM_UDATA).uleb(files.files.length);
  for (const { name, directory } of files.files) header.string(name).uleb(directory);

  const unit = new ByteWriter()
    .uint(DWARF_VERSION, 2)
    .u8(ADDRESS_BYTES)
    .u8(0) // no segment selector
    .uint(header.length, 4)
    .append(header.bytes());
  writeProgram(unit, lines, base, files);
  return new ByteWriter().uint(unit.length, 4).append(unit.bytes()).bytes();
}

function writeProgram(
  out: ByteWriter,
  lines: readonly (SourceLocation | undefined)[],
  base: number,
  files: FileTable,
): void {
  let [file, line, column, open] = [1, 1, 0, false];
  for (let i = 0; i <= lines.length; i++) {
    const location = lines[i];
    if (!location) {
      if (open) out.u8(DW_LNS_ADVANCE_PC).uleb(1).u8(0).uleb(1).u8(DW_LNE_END_SEQUENCE);
      [file, line, column, open] = [1, 1, 0, false];
      continue;
    }
    if (!open)
      out
        .u8(0)
        .uleb(1 + ADDRESS_BYTES)
        .u8(DW_LNE_SET_ADDRESS)
        .uint(base + i * MINIMUM_INSTRUCTION_LENGTH, 8);
    const index = files.indexOf(location.file);
    if (index !== file) out.u8(DW_LNS_SET_FILE).uleb(index);
    if (location.column !== column) out.u8(DW_LNS_SET_COLUMN).uleb(location.column);
    let advance = location.line - line;
    if (advance < LINE_BASE || advance >= LINE_BASE + LINE_RANGE) {
      out.u8(DW_LNS_ADVANCE_LINE).sleb(advance);
      advance = 0;
    }
    out.u8(advance - LINE_BASE + (open ? LINE_RANGE : 0) + OPCODE_BASE);
    [file, line, column, open] = [index, location.line, location.column, true];
  }
}
