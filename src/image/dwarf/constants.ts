/** The DWARF 5 numbers that an image uses (section numbers are those of the standard). */

export const DWARF_VERSION = 5;
export const ADDRESS_BYTES = 8;

/** Unit header (7.5.1). */
export const DW_UT_COMPILE = 1;
/** Tag, attributes and forms of the one debugging entry (7.5.3 to 7.5.6). */
export const DW_TAG_COMPILE_UNIT = 0x11;
export const DW_AT_NAME = 0x03;
export const DW_AT_STMT_LIST = 0x10;
export const DW_AT_LOW_PC = 0x11;
export const DW_AT_HIGH_PC = 0x12;
export const DW_AT_LANGUAGE = 0x13;
export const DW_AT_PRODUCER = 0x25;
export const DW_FORM_ADDR = 0x01;
export const DW_FORM_DATA2 = 0x05;
export const DW_FORM_DATA8 = 0x07;
export const DW_FORM_STRING = 0x08;
export const DW_FORM_UDATA = 0x0f;
export const DW_FORM_SEC_OFFSET = 0x17;
/** The number that assemblers use, from the range for vendors (7.12). */
export const DW_LANG_MIPS_ASSEMBLER = 0x8001;

/** Line number program (6.2.5, 7.22). */
export const DW_LNCT_PATH = 1;
export const DW_LNCT_DIRECTORY_INDEX = 2;
export const DW_LNS_COPY = 1;
export const DW_LNS_ADVANCE_PC = 2;
export const DW_LNS_ADVANCE_LINE = 3;
export const DW_LNS_SET_FILE = 4;
export const DW_LNS_SET_COLUMN = 5;
export const DW_LNS_NEGATE_STMT = 6;
export const DW_LNS_SET_BASIC_BLOCK = 7;
export const DW_LNS_CONST_ADD_PC = 8;
export const DW_LNS_FIXED_ADVANCE_PC = 9;
export const DW_LNE_END_SEQUENCE = 1;
export const DW_LNE_SET_ADDRESS = 2;
export const DW_LNE_SET_DISCRIMINATOR = 4;
/** Operands of the standard opcodes 1 to 12. */
export const STANDARD_OPCODE_LENGTHS = [0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1];
export const OPCODE_BASE = STANDARD_OPCODE_LENGTHS.length + 1;
/** A special opcode advances the line by -3 to 8, which most lines of a listing fit. */
export const LINE_BASE = -3;
export const LINE_RANGE = 12;
/** Bytes of an instruction: addresses advance in units of it. */
export const MINIMUM_INSTRUCTION_LENGTH = 8;
