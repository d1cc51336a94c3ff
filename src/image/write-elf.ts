import { MEMORY } from "../isa/index.js";
import { codeSection, imageProblem } from "./check.js";
import { writeChecksums } from "./checksums.js";
import { FileTable } from "./dwarf/file-table.js";
import { writeLines } from "./dwarf/write-lines.js";
import { writeAbbreviations, writeUnit } from "./dwarf/write-units.js";
import {
  PF_R,
  PF_W,
  PF_X,
  SHF_ALLOC,
  SHF_EXECINSTR,
  SHF_WRITE,
  SHN_LORESERVE,
  SHT_NOBITS,
  SHT_NOTE,
  SHT_PROGBITS,
  SHT_STRTAB,
  SHT_SYMTAB,
} from "./elf/constants.js";
import { SYMBOL } from "./elf/headers.js";
import { StringTable } from "./elf/strings.js";
import { writeExpansions } from "./expansions.js";
import { layOut, type Part } from "./file-layout.js";
import type { Image, Section, SectionKind } from "./image.js";
import { writeNote } from "./note.js";
import { RESERVED } from "./reserved-sections.js";
import { inFileOrder, writeSymbols } from "./symbols.js";
import { writeTensors } from "./tensors.js";

const SECTION_FLAGS: Readonly<Record<SectionKind, number>> = {
  code: SHF_ALLOC | SHF_EXECINSTR,
  data: SHF_ALLOC | SHF_WRITE,
  zero: SHF_ALLOC | SHF_WRITE,
  metadata: 0,
};

/**
 * The ELF file of an image (docs/image.md). Equal images give equal bytes.
 * @returns the file in pieces, in order; the contents of sections are the image's own, not copies
 * @throws RangeError when the image breaks a rule of the format, see `imageProblem`
 */
export function writeElf(image: Image): Uint8Array[] {
  const problem = imageProblem(image);
  if (problem) throw new RangeError(`${problem.place}: ${problem.message}`);
  const parts = withSectionNames(withChecksums([...programParts(image), ...formatParts(image)]));
  if (parts.length + 1 >= SHN_LORESERVE)
    throw new RangeError(`${parts.length} sections, ELF allows ${SHN_LORESERVE - 2}`);
  return layOut(parts, image.entry);
}

function programParts({ sections }: Image): Part[] {
  return sections.map(({ name, kind, address, size, alignment, data }) => ({
    name,
    header: {
      type: kind === "zero" ? SHT_NOBITS : SHT_PROGBITS,
      flags: SECTION_FLAGS[kind],
      address,
      size,
      alignment,
    },
    ...(data && { contents: data }),
    ...(kind !== "metadata" && { segmentFlags: PF_R | (kind === "code" ? PF_X : PF_W) }),
  }));
}

/** The sections that the format adds; they follow the program's, which begin at number 1. */
function formatParts(image: Image): Part[] {
  const symbols = inFileOrder(image.symbols);
  const strings = new StringTable();
  const numbers = new Map(image.sections.map((section, i) => [section, i + 1]));
  const headerIndex = (section: Section) => numbers.get(section)!;
  const table = writeSymbols(symbols, image.sections, headerIndex, strings);
  const parts: Part[] = [
    {
      name: RESERVED.note,
      header: { type: SHT_NOTE, alignment: 4 },
      contents: writeNote(image),
    },
    { name: RESERVED.tensors, header: {}, contents: writeTensors(symbols) },
    ...lineParts(image),
  ].filter(({ contents }) => contents.length > 0);
  parts.push(
    {
      name: RESERVED.symbols,
      header: {
        type: SHT_SYMTAB,
        alignment: 8,
        link: image.sections.length + parts.length + 2,
        info: 1 + symbols.filter((symbol) => !symbol.global).length,
        entrySize: SYMBOL.size,
      },
      contents: table,
    },
    { name: RESERVED.strings, header: { type: SHT_STRTAB }, contents: strings.bytes() },
  );
  return parts;
}

function lineParts(image: Image): { name: string; header: Part["header"]; contents: Uint8Array }[] {
  const first = image.lines.find(Boolean);
  if (!first) return [];
  const files = new FileTable();
  for (const location of image.lines) if (location) files.indexOf(location.file);
  // Before the line table, as it may add files to it.
  const expansions = image.lines.some((location) => location?.expandedFrom?.length)
    ? writeExpansions(image.lines, files)
    : new Uint8Array();
  const size = codeSection(image)?.size ?? 0;
  return [
    { name: RESERVED.expansions, header: {}, contents: expansions },
    { name: RESERVED.debugAbbrev, header: {}, contents: writeAbbreviations() },
    {
      name: RESERVED.debugInfo,
      header: {},
      contents: writeUnit(first.file, MEMORY.instruction_base, size),
    },
    {
      name: RESERVED.debugLine,
      header: {},
      contents: writeLines(image.lines, MEMORY.instruction_base, files),
    },
  ];
}

function withChecksums(parts: readonly Part[]): Part[] {
  const contents = new Map<number, Uint8Array>();
  for (const [i, part] of parts.entries()) if (part.contents) contents.set(i + 1, part.contents);
  return [
    ...parts,
    { name: RESERVED.checksums, header: { alignment: 4 }, contents: writeChecksums(contents) },
  ];
}

function withSectionNames(parts: readonly Part[]): Part[] {
  const names = new StringTable();
  for (const { name } of parts) names.add(name);
  names.add(RESERVED.sectionNames);
  return [
    ...parts,
    { name: RESERVED.sectionNames, header: { type: SHT_STRTAB }, contents: names.bytes() },
  ];
}
