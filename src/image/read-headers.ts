import {
  ELF_MAGIC,
  ELFCLASS64,
  ELFDATA2LSB,
  EM_TERNAC,
  ET_EXEC,
  EV_CURRENT,
  SHN_LORESERVE,
  SHT_NOBITS,
  SHT_NULL,
  SHT_STRTAB,
} from "./elf/constants.js";
import {
  FILE_HEADER,
  FILE_HEADER_SIZE,
  IDENTIFICATION_SIZE,
  PROGRAM_HEADER,
  type ProgramHeader,
  SECTION_HEADER,
  type SectionHeader,
} from "./elf/headers.js";
import type { Layout } from "./elf/layout.js";
import { stringReader } from "./elf/strings.js";
import type { Place } from "./place.js";

const NOT_AN_IMAGE = "expected an image that `ternac asm` or `ternac compile` made";

/** A section of the file as its header describes it. */
export interface FileSection extends Omit<SectionHeader, "name"> {
  /** In the table of section headers, from 1. */
  readonly number: number;
  readonly name: string;
  /** Empty when the section has no contents in the file. */
  readonly bytes: Uint8Array;
}

export interface ElfHeaders {
  readonly entry: number;
  readonly sections: readonly FileSection[];
  readonly segments: readonly ProgramHeader[];
}

/**
 * The headers of an ELF file, with every offset, size and count checked against the file.
 * @throws UserError when it is no ELF file for this machine, or damaged
 */
export function readHeaders(bytes: Uint8Array, place: Place): ElfHeaders {
  checkIdentification(bytes, place);
  const at = place.at("file header");
  const header = FILE_HEADER.read(bytes, IDENTIFICATION_SIZE);
  if (header.machine !== EM_TERNAC)
    at.fail(
      `the file is for machine 0x${header.machine.toString(16)}, expected 0x${EM_TERNAC.toString(16)} (Ternac)`,
      NOT_AN_IMAGE,
    );
  expect(at, "the file type", header.type, ET_EXEC);
  expect(at, "the ELF version", header.version, EV_CURRENT);
  expect(at, "the flags", header.flags, 0);
  expect(at, "the header size", header.headerSize, FILE_HEADER_SIZE);
  expect(at, "the section header size", header.sectionHeaderSize, SECTION_HEADER.size);
  if (header.programHeaderCount > 0)
    expect(at, "the program header size", header.programHeaderSize, PROGRAM_HEADER.size);
  const { sectionHeaderCount, sectionNamesIndex } = header;
  if (sectionHeaderCount === 0 || sectionHeaderCount >= SHN_LORESERVE)
    at.fail(`the number of section headers is ${sectionHeaderCount}, expected 1 to 65279`);
  if (sectionNamesIndex === 0 || sectionNamesIndex >= sectionHeaderCount)
    at.fail(
      `the section of section names is ${sectionNamesIndex}, expected 1 to ${sectionHeaderCount - 1}`,
    );

  const segments = readTable(
    PROGRAM_HEADER,
    bytes,
    header.programHeaderOffset,
    header.programHeaderCount,
    place.at("program headers"),
  );
  const sections = readTable(
    SECTION_HEADER,
    bytes,
    header.sectionHeaderOffset,
    sectionHeaderCount,
    place.at("section headers"),
  );
  checkFileRanges(
    [
      { name: "the file header", offset: 0, size: FILE_HEADER_SIZE },
      {
        name: "the program headers",
        offset: header.programHeaderOffset,
        size: segments.length * PROGRAM_HEADER.size,
      },
      {
        name: "the section headers",
        offset: header.sectionHeaderOffset,
        size: sections.length * SECTION_HEADER.size,
      },
      ...sections.flatMap((section, i) =>
        hasContents(section) ? [{ name: `section ${i}`, ...sectionRange(section) }] : [],
      ),
    ],
    bytes.length,
    place,
  );
  return {
    entry: header.entry,
    segments,
    sections: named(sections, sectionNamesIndex, bytes, place),
  };
}

function checkIdentification(bytes: Uint8Array, place: Place): void {
  if (!ELF_MAGIC.every((byte, i) => bytes[i] === byte))
    place.fail(bytes.length === 0 ? "the file is empty" : "this is no ELF file", NOT_AN_IMAGE);
  if (bytes.length < FILE_HEADER_SIZE)
    place.fail(`the file has ${bytes.length} bytes, fewer than an ELF header (64)`);
  const at = place.at("file header");
  const [fileClass, encoding, version, abi] = bytes.subarray(ELF_MAGIC.length);
  if (fileClass !== ELFCLASS64)
    at.fail(`the ELF class is ${fileClass}, expected ${ELFCLASS64} (64 bits)`, NOT_AN_IMAGE);
  if (encoding !== ELFDATA2LSB)
    at.fail(`the byte order is ${encoding}, expected ${ELFDATA2LSB} (little-endian)`, NOT_AN_IMAGE);
  expect(at, "the ELF version", version!, EV_CURRENT);
  expect(at, "the operating system ABI", abi!, 0);
}

function expect(place: Place, what: string, found: number, expected: number): void {
  if (found !== expected) place.fail(`${what} is ${found}, expected ${expected}`);
}

function readTable<Name extends string>(
  row: Layout<Name>,
  bytes: Uint8Array,
  offset: number,
  count: number,
  place: Place,
): Record<Name, number>[] {
  if (offset + count * row.size > bytes.length)
    place.fail(
      `${count} headers of ${row.size} bytes at offset ${offset} reach beyond the file, which has ${bytes.length} bytes`,
    );
  return Array.from({ length: count }, (_, i) => row.read(bytes, offset + i * row.size));
}

function hasContents({ type }: SectionHeader): boolean {
  return type !== SHT_NULL && type !== SHT_NOBITS;
}

function sectionRange({ offset, size }: SectionHeader): { offset: number; size: number } {
  return { offset, size };
}

function checkFileRanges(
  ranges: readonly { name: string; offset: number; size: number }[],
  fileSize: number,
  place: Place,
): void {
  const used = ranges.filter(({ size }) => size > 0).sort((a, b) => a.offset - b.offset);
  for (const [i, { name, offset, size }] of used.entries()) {
    if (offset + size > fileSize)
      place.fail(
        `${name} has ${size} bytes at offset ${offset}, beyond the end of the file, which has ${fileSize} bytes`,
      );
    const before = used[i - 1];
    if (before && before.offset + before.size > offset)
      place.fail(`${name} at offset ${offset} overlaps ${before.name}`);
  }
}

function named(
  headers: readonly SectionHeader[],
  namesIndex: number,
  file: Uint8Array,
  place: Place,
): FileSection[] {
  const contents = (header: SectionHeader) =>
    hasContents(header)
      ? file.subarray(header.offset, header.offset + header.size)
      : new Uint8Array();
  const names = headers[namesIndex]!;
  expect(place.at(`section ${namesIndex}`), "its type", names.type, SHT_STRTAB);
  const readString = stringReader(contents(names));
  return headers
    .map((header, number) => ({
      ...header,
      number,
      name: readString(header.name, place.at(`section ${number}`)),
      bytes: contents(header),
    }))
    .slice(1);
}
