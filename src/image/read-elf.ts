import { INSTRUCTION_BYTES } from "../isa/codec.js";
import { MEMORY } from "../isa/index.js";
import { ByteReader } from "./byte-reader.js";
import { codeSection, imageProblem } from "./check.js";
import { verifyChecksums } from "./checksums.js";
import { readLines } from "./dwarf/read-lines.js";
import {
  PT_LOAD,
  PT_NOTE,
  SHF_ALLOC,
  SHF_EXECINSTR,
  SHF_WRITE,
  SHT_NOBITS,
  SHT_PROGBITS,
} from "./elf/constants.js";
import { readExpansions } from "./expansions.js";
import type { Image, Section, SectionKind, SourceLocation } from "./image.js";
import { readNote } from "./note.js";
import { Place } from "./place.js";
import { type ElfHeaders, type FileSection, readHeaders } from "./read-headers.js";
import { RESERVED, RESERVED_SECTION_NAMES } from "./reserved-sections.js";
import { readSymbols } from "./symbols.js";
import { readTensors } from "./tensors.js";

/** For sections with contents. */
const KIND_BY_FLAGS: ReadonlyMap<number, SectionKind> = new Map([
  [0, "metadata"],
  [SHF_ALLOC, "data"],
  [SHF_ALLOC | SHF_WRITE, "data"],
  [SHF_ALLOC | SHF_EXECINSTR, "code"],
]);

/**
 * The image in an ELF file. Everything is checked: what comes back obeys every rule of the format.
 * @param file its name, for errors
 * @param bytes its contents, which the sections of the image share
 * @throws UserError that names the file, the place in it, what was expected and what to do
 */
export function readElf(file: string, bytes: Uint8Array): Image {
  const place = new Place(file);
  // A plain view, as a Buffer's slices are Buffers, which compare unequal to the image written.
  const view = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const headers = readHeaders(view, place);
  const reserved = new Map<string, FileSection>();
  for (const section of headers.sections) {
    if (!RESERVED_SECTION_NAMES.has(section.name)) continue;
    if (reserved.has(section.name)) place.fail(`there are two sections ${section.name}`);
    reserved.set(section.name, section);
  }
  const need = (name: string) =>
    reserved.get(name)?.bytes ?? place.fail(`section ${name} is missing`);
  const contents = (name: string) => reserved.get(name)?.bytes ?? new Uint8Array();
  const at = (name: string) => place.at(`section ${name}`);

  // First, so that an image of another version is named as such and not as damaged.
  const target = readNote(need(RESERVED.note), at(RESERVED.note));
  verifyChecksums(
    need(RESERVED.checksums),
    headers.sections.filter(
      ({ type, name }) =>
        type !== SHT_NOBITS && name !== RESERVED.checksums && name !== RESERVED.sectionNames,
    ),
    at(RESERVED.checksums),
  );
  const sections = headers.sections
    .filter(({ name }) => !RESERVED_SECTION_NAMES.has(name))
    .map((section) => programSection(section, at(section.name)));
  checkSegments(headers, place);
  const symbols = readTensors(
    contents(RESERVED.tensors),
    readSymbols(
      need(RESERVED.symbols),
      need(RESERVED.strings),
      headers.sections.length + 1,
      at(RESERVED.symbols),
    ),
    at(RESERVED.tensors),
  );
  const image: Image = {
    ...target,
    entry: headers.entry,
    sections,
    symbols,
    lines: lineInformation(sections, contents, at),
  };
  const problem = imageProblem(image);
  if (problem) place.at(problem.place).fail(problem.message);
  return image;
}

function programSection(section: FileSection, place: Place): Section {
  const { name, type, flags, address, size, alignment, bytes } = section;
  if (type !== SHT_PROGBITS && type !== SHT_NOBITS)
    place.fail(`its type is ${type}, expected ${SHT_PROGBITS} (contents) or ${SHT_NOBITS} (none)`);
  const contents =
    KIND_BY_FLAGS.get(flags) ?? place.fail(`its flags are ${flags}, expected 0, 2, 3 or 6`);
  const kind = contents === "data" && type === SHT_NOBITS ? "zero" : contents;
  if (type === SHT_NOBITS && kind !== "zero") place.fail(`a ${kind} section without contents`);
  const rest = { name, kind, address, size, alignment: Math.max(alignment, 1) };
  return kind === "zero" ? rest : { ...rest, data: bytes };
}

/** Loaders that read segments only must see the same program as those that read sections. */
function checkSegments({ sections, segments }: ElfHeaders, place: Place): void {
  const key = (...numbers: number[]) => numbers.join(" ");
  const loads = new Set<string>();
  for (const [i, segment] of segments.entries()) {
    const at = place.at(`program header ${i}`);
    if (segment.type === PT_NOTE) continue;
    if (segment.type !== PT_LOAD) at.fail(`its type is ${segment.type}, expected 1 or 4`);
    const { offset, virtualAddress, physicalAddress, fileSize, memorySize } = segment;
    if (virtualAddress !== physicalAddress) at.fail("its two addresses differ");
    const range = key(virtualAddress, memorySize, fileSize, fileSize > 0 ? offset : 0);
    if (loads.has(range)) at.fail("it repeats an earlier segment");
    loads.add(range);
  }
  for (const { name, type, flags, address, size, offset } of sections) {
    if (!(flags & SHF_ALLOC) || size === 0) continue;
    const range = type === SHT_NOBITS ? key(address, size, 0, 0) : key(address, size, size, offset);
    if (!loads.delete(range)) place.at(`section ${name}`).fail("no loadable segment describes it");
  }
  if (loads.size > 0) place.fail("a loadable segment is described by no section");
}

function lineInformation(
  sections: readonly Section[],
  contents: (name: string) => Uint8Array,
  at: (name: string) => Place,
): Image["lines"] {
  const count = (codeSection({ sections })?.size ?? 0) / INSTRUCTION_BYTES;
  if (!Number.isInteger(count)) return []; // the check of the image names the section
  const bytes = contents(RESERVED.debugLine);
  const { lines, files } =
    bytes.length > 0
      ? readLines(new ByteReader(bytes, at(RESERVED.debugLine)), MEMORY.instruction_base, count)
      : { lines: new Array<SourceLocation | undefined>(count).fill(undefined), files: [] };
  return readExpansions(contents(RESERVED.expansions), lines, files, at(RESERVED.expansions));
}
