import type { ByteReader } from "../byte-reader.js";
import type { SourceLocation } from "../image.js";
import {
  ADDRESS_BYTES,
  DW_FORM_STRING,
  DW_FORM_UDATA,
  DW_LNCT_DIRECTORY_INDEX,
  DW_LNCT_PATH,
  DW_LNE_END_SEQUENCE,
  DW_LNE_SET_ADDRESS,
  DW_LNE_SET_DISCRIMINATOR,
  DW_LNS_ADVANCE_LINE,
  DW_LNS_ADVANCE_PC,
  DW_LNS_CONST_ADD_PC,
  DW_LNS_COPY,
  DW_LNS_FIXED_ADVANCE_PC,
  DW_LNS_NEGATE_STMT,
  DW_LNS_SET_BASIC_BLOCK,
  DW_LNS_SET_COLUMN,
  DW_LNS_SET_FILE,
  DWARF_VERSION,
  MINIMUM_INSTRUCTION_LENGTH,
} from "./constants.js";
import { joinPath } from "./file-table.js";

/** Characters of all paths together: many names in one long directory would else fill memory. */
const MAX_PATHS_LENGTH = 2 ** 26;

export interface LineTable {
  /** Paths by file number. */
  readonly files: readonly string[];
  readonly lines: (SourceLocation | undefined)[];
}

interface Header {
  readonly lineBase: number;
  readonly lineRange: number;
  readonly opcodeLengths: readonly number[];
}

/**
 * Run the line number program of `.debug_line` (DWARF 5, one unit).
 * @param base address of instruction 0
 * @param count of instructions; `lines` has as many entries
 * @throws UserError when it is malformed or names an address outside the code
 */
export function readLines(reader: ByteReader, base: number, count: number): LineTable {
  const { place } = reader;
  const expect = (what: string, found: number, expected: number) => {
    if (found !== expected) place.fail(`${what} is ${found}, expected ${expected}`);
  };
  expect("the length of its unit", reader.uint(4), reader.bytes.length - 4);
  expect("its DWARF version", reader.uint(2), DWARF_VERSION);
  expect("its address size", reader.u8(), ADDRESS_BYTES);
  expect("its segment selector size", reader.u8(), 0);
  const headerEnd = reader.uint(4) + reader.offset;
  expect("its minimum instruction length", reader.u8(), MINIMUM_INSTRUCTION_LENGTH);
  expect("its number of operations an instruction", reader.u8(), 1);
  reader.u8(); // is_stmt says nothing about the line
  const lineBase = (reader.u8() << 24) >> 24;
  const lineRange = reader.u8();
  if (lineRange === 0) place.fail("its line range is 0");
  const opcodeLengths = [...reader.take(Math.max(reader.u8() - 1, 0))];
  const files = readFiles(reader);
  expect("the end of its header", reader.offset, headerEnd);
  const lines = new Array<SourceLocation | undefined>(count).fill(undefined);
  runProgram(reader, { lineBase, lineRange, opcodeLengths }, { files, lines }, base);
  return { files, lines };
}

function readFiles(reader: ByteReader): string[] {
  const { place } = reader;
  const readEntries = () => {
    const format: [content: number, form: number][] = [];
    for (let n = reader.u8(); n > 0; n--) format.push([reader.uleb(), reader.uleb()]);
    const entries: { path: string; directory: number }[] = [];
    for (let n = reader.uleb(); n > 0; n--) {
      const entry = { path: "", directory: 0 };
      const start = reader.offset;
      for (const [content, form] of format) {
        if (content === DW_LNCT_PATH && form === DW_FORM_STRING) entry.path = reader.string();
        else if (content === DW_LNCT_DIRECTORY_INDEX && form === DW_FORM_UDATA)
          entry.directory = reader.uleb();
        else place.fail(`its file table has content ${content} in form ${form}`);
      }
      // Else a count without contents would fill memory.
      if (reader.offset === start) place.fail("its file table has entries without contents");
      entries.push(entry);
    }
    return entries;
  };
  const directories = readEntries();
  let total = 0;
  return readEntries().map(({ path, directory }) => {
    const { path: parent } =
      directories[directory] ?? place.fail(`its file table names directory ${directory}`);
    total += parent.length + path.length;
    if (total > MAX_PATHS_LENGTH) place.fail("the paths of its file table are too long");
    return joinPath(directory, parent, path);
  });
}

function runProgram(
  reader: ByteReader,
  { lineBase, lineRange, opcodeLengths }: Header,
  { files, lines }: LineTable,
  base: number,
): void {
  const { place } = reader;
  const opcodeBase = opcodeLengths.length + 1;
  const initial = { index: 0, file: 1, line: 1, column: 0 };
  let state = { ...initial };
  let row: typeof state | undefined;

  const advance = (instructions: number) => {
    state.index += instructions;
    if (!Number.isInteger(state.index) || state.index > lines.length)
      place.fail("it describes an address outside the code");
  };
  /** A row holds for the instructions up to the next one. */
  const emit = () => {
    if (row && row.index < state.index) {
      const file = files[row.file] ?? place.fail(`it names file ${row.file}, which is missing`);
      const location = { file, line: row.line, column: row.column };
      for (let i = row.index; i < state.index; i++) {
        if (lines[i]) place.fail(`it describes instruction ${i} twice`);
        lines[i] = location;
      }
    }
    row = { ...state };
  };

  while (!reader.atEnd) {
    const opcode = reader.u8();
    if (opcode >= opcodeBase) {
      const special = opcode - opcodeBase;
      state.line += lineBase + (special % lineRange);
      advance(Math.floor(special / lineRange));
      emit();
    } else if (opcode === 0) {
      const length = reader.uleb();
      const end = reader.offset + length;
      const extended = reader.u8();
      if (extended === DW_LNE_END_SEQUENCE) {
        emit();
        row = undefined;
        state = { ...initial };
      } else if (extended === DW_LNE_SET_ADDRESS) {
        if (row) place.fail("it sets the address within a sequence");
        const index = (reader.uint(8) - base) / MINIMUM_INSTRUCTION_LENGTH;
        if (!Number.isInteger(index) || index < 0)
          place.fail("it describes an address outside the code");
        state.index = 0;
        advance(index);
      } else if (extended === DW_LNE_SET_DISCRIMINATOR) reader.uleb();
      else place.fail(`its program has the unknown extended opcode ${extended}`);
      if (reader.offset !== end) place.fail("an extended opcode has a wrong length");
    } else if (opcode === DW_LNS_COPY) emit();
    else if (opcode === DW_LNS_ADVANCE_PC) advance(reader.uleb());
    else if (opcode === DW_LNS_ADVANCE_LINE) state.line += reader.sleb();
    else if (opcode === DW_LNS_SET_FILE) state.file = reader.uleb();
    else if (opcode === DW_LNS_SET_COLUMN) state.column = reader.uleb();
    else if (opcode === DW_LNS_CONST_ADD_PC) advance(Math.floor((255 - opcodeBase) / lineRange));
    else if (opcode === DW_LNS_FIXED_ADVANCE_PC)
      advance(reader.uint(2) / MINIMUM_INSTRUCTION_LENGTH);
    else if (opcode !== DW_LNS_NEGATE_STMT && opcode !== DW_LNS_SET_BASIC_BLOCK)
      for (let n = opcodeLengths[opcode - 1]!; n > 0; n--) reader.uleb();
  }
  if (row) place.fail("its last sequence has no end");
}
