/** Sections that the image file format itself writes; a program's section has another name. */
export const RESERVED = {
  note: ".note.ternac",
  checksums: ".ternac.checksums",
  tensors: ".ternac.tensors",
  expansions: ".ternac.expansions",
  debugAbbrev: ".debug_abbrev",
  debugInfo: ".debug_info",
  debugLine: ".debug_line",
  symbols: ".symtab",
  strings: ".strtab",
  sectionNames: ".shstrtab",
} as const;

/** Names that no section of a program may have. */
export const RESERVED_SECTION_NAMES: ReadonlySet<string> = new Set(Object.values(RESERVED));
