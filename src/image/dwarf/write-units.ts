import { ByteWriter } from "../byte-writer.js";
import {
  ADDRESS_BYTES,
  DW_AT_HIGH_PC,
  DW_AT_LANGUAGE,
  DW_AT_LOW_PC,
  DW_AT_NAME,
  DW_AT_PRODUCER,
  DW_AT_STMT_LIST,
  DW_FORM_ADDR,
  DW_FORM_DATA2,
  DW_FORM_DATA8,
  DW_FORM_SEC_OFFSET,
  DW_FORM_STRING,
  DW_LANG_MIPS_ASSEMBLER,
  DW_TAG_COMPILE_UNIT,
  DW_UT_COMPILE,
  DWARF_VERSION,
} from "./constants.js";

const PRODUCER = "ternac";
const ATTRIBUTES = [
  [DW_AT_STMT_LIST, DW_FORM_SEC_OFFSET],
  [DW_AT_LOW_PC, DW_FORM_ADDR],
  [DW_AT_HIGH_PC, DW_FORM_DATA8],
  [DW_AT_NAME, DW_FORM_STRING],
  [DW_AT_PRODUCER, DW_FORM_STRING],
  [DW_AT_LANGUAGE, DW_FORM_DATA2],
] as const;

/** `.debug_abbrev`: one abbreviation, a compilation unit without children. */
export function writeAbbreviations(): Uint8Array {
  const out = new ByteWriter().uleb(1).uleb(DW_TAG_COMPILE_UNIT).u8(0);
  for (const [attribute, form] of ATTRIBUTES) out.uleb(attribute).uleb(form);
  return out.uleb(0).uleb(0).uleb(0).bytes();
}

/** `.debug_info`: the one compilation unit, through which tools find the line table. */
export function writeUnit(name: string, address: number, size: number): Uint8Array {
  const unit = new ByteWriter()
    .uint(DWARF_VERSION, 2)
    .u8(DW_UT_COMPILE)
    .u8(ADDRESS_BYTES)
    .uint(0, 4) // the abbreviations' offset
    .uleb(1)
    .uint(0, 4) // the line table's offset
    .uint(address, 8)
    .uint(size, 8)
    .string(name)
    .string(PRODUCER)
    .uint(DW_LANG_MIPS_ASSEMBLER, 2);
  return new ByteWriter().uint(unit.length, 4).append(unit.bytes()).bytes();
}
