import {
  ELF_MAGIC,
  ELFCLASS64,
  ELFDATA2LSB,
  EM_TERNAC,
  ET_EXEC,
  EV_CURRENT,
  PF_R,
  PT_LOAD,
  PT_NOTE,
  SHT_NOTE,
  SHT_NULL,
  SHT_PROGBITS,
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
import { StringTable } from "./elf/strings.js";

/** A section of the file: its header but for name and offset, which the layout decides. */
export interface Part {
  readonly name: string;
  readonly header: Partial<Omit<SectionHeader, "name" | "offset">>;
  /** Absent for a section without contents in the file. */
  readonly contents?: Uint8Array;
  /** Present when the section is loaded. */
  readonly segmentFlags?: number;
}

/** Large alignments hold in memory; in the file they would only make holes. */
const MAX_FILE_ALIGNMENT = 4096;

/**
 * The file that consists of these sections: headers, contents, section headers.
 * @param parts in the order of their numbers, from 1; the last one holds their names
 */
export function layOut(parts: readonly Part[], entry: number): Uint8Array[] {
  const names = new StringTable();
  const isSegment = ({ header, segmentFlags }: Part) =>
    header.type === SHT_NOTE || (segmentFlags !== undefined && header.size !== 0);
  const segmentCount = parts.filter(isSegment).length;

  const sectionHeaders: Uint8Array[] = [sectionHeader({ type: SHT_NULL, alignment: 0 })];
  const segments: ProgramHeader[] = [];
  const body: Uint8Array[] = [];
  let offset = FILE_HEADER_SIZE + segmentCount * PROGRAM_HEADER.size;
  const append = (chunk: Uint8Array) => {
    if (chunk.length > 0) body.push(chunk);
    offset += chunk.length;
  };
  for (const part of parts) {
    const { name, header, contents, segmentFlags } = part;
    const alignment = Math.min(header.alignment ?? 1, MAX_FILE_ALIGNMENT);
    append(new Uint8Array((alignment - (offset % alignment)) % alignment));
    const size = contents?.length ?? header.size ?? 0;
    sectionHeaders.push(sectionHeader({ ...header, name: names.add(name), offset, size }));
    if (isSegment(part))
      segments.push({
        type: segmentFlags === undefined ? PT_NOTE : PT_LOAD,
        flags: segmentFlags ?? PF_R,
        offset,
        virtualAddress: header.address ?? 0,
        physicalAddress: header.address ?? 0,
        fileSize: contents?.length ?? 0,
        memorySize: size,
        alignment,
      });
    append(contents ?? new Uint8Array());
  }
  append(new Uint8Array((8 - (offset % 8)) % 8));
  // The ABI wants loadable segments in the order of their addresses.
  segments.sort((a, b) => a.type - b.type || a.virtualAddress - b.virtualAddress);
  const fileHeader = FILE_HEADER.write({
    type: ET_EXEC,
    machine: EM_TERNAC,
    version: EV_CURRENT,
    entry,
    programHeaderOffset: segments.length > 0 ? FILE_HEADER_SIZE : 0,
    sectionHeaderOffset: offset,
    flags: 0,
    headerSize: FILE_HEADER_SIZE,
    programHeaderSize: PROGRAM_HEADER.size,
    programHeaderCount: segments.length,
    sectionHeaderSize: SECTION_HEADER.size,
    sectionHeaderCount: sectionHeaders.length,
    sectionNamesIndex: sectionHeaders.length - 1,
  });
  return [identification(), fileHeader, ...segments.map(PROGRAM_HEADER.write), ...body].concat(
    sectionHeaders,
  );
}

function sectionHeader(values: Partial<SectionHeader>): Uint8Array {
  return SECTION_HEADER.write({
    name: 0,
    type: SHT_PROGBITS,
    flags: 0,
    address: 0,
    offset: 0,
    size: 0,
    link: 0,
    info: 0,
    alignment: 1,
    entrySize: 0,
    ...values,
  });
}

function identification(): Uint8Array {
  const bytes = new Uint8Array(IDENTIFICATION_SIZE);
  bytes.set([...ELF_MAGIC, ELFCLASS64, ELFDATA2LSB, EV_CURRENT]);
  return bytes;
}
