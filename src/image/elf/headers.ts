import { layout } from "./layout.js";

/** Elf64_Ehdr after its 16 bytes of identification. */
export const FILE_HEADER = layout({
  type: "u16",
  machine: "u16",
  version: "u32",
  entry: "u64",
  programHeaderOffset: "u64",
  sectionHeaderOffset: "u64",
  flags: "u32",
  headerSize: "u16",
  programHeaderSize: "u16",
  programHeaderCount: "u16",
  sectionHeaderSize: "u16",
  sectionHeaderCount: "u16",
  sectionNamesIndex: "u16",
});

export const IDENTIFICATION_SIZE = 16;
export const FILE_HEADER_SIZE = IDENTIFICATION_SIZE + FILE_HEADER.size;

/** Elf64_Phdr. */
export const PROGRAM_HEADER = layout({
  type: "u32",
  flags: "u32",
  offset: "u64",
  virtualAddress: "u64",
  physicalAddress: "u64",
  fileSize: "u64",
  memorySize: "u64",
  alignment: "u64",
});
export type ProgramHeader = ReturnType<typeof PROGRAM_HEADER.read>;

/** Elf64_Shdr. */
export const SECTION_HEADER = layout({
  name: "u32",
  type: "u32",
  flags: "u64",
  address: "u64",
  offset: "u64",
  size: "u64",
  link: "u32",
  info: "u32",
  alignment: "u64",
  entrySize: "u64",
});
export type SectionHeader = ReturnType<typeof SECTION_HEADER.read>;

/** Elf64_Sym; the value is signed, since an absolute symbol may be a negative constant. */
export const SYMBOL = layout({
  name: "u32",
  info: "u8",
  other: "u8",
  section: "u16",
  value: "i64",
  size: "u64",
});
