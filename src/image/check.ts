import { INSTRUCTION_BYTES } from "../isa/codec.js";
import { MEMORY } from "../isa/index.js";
import { MAX_NAME_BYTES } from "./elf/strings.js";
import type { Image, ImageSymbol, Section, SourceLocation } from "./image.js";
import { RESERVED_SECTION_NAMES } from "./reserved-sections.js";
import { sectionFinder } from "./section-finder.js";
import { TENSOR_TYPES, tensorSize } from "./tensor-size.js";

/** Why an image is not valid: the part that is wrong, and what was found and expected. */
export interface ImageProblem {
  readonly place: string;
  readonly message: string;
}

/** A rank above it is an error of the writer, not a tensor. */
const MAX_RANK = 8;

/**
 * The first rule of the format (docs/image.md) that an image breaks, or undefined. Writer and
 * reader apply the same rules, so that what was written can be read.
 */
export function imageProblem(image: Image): ImageProblem | undefined {
  return (
    sectionProblem(image.sections) ??
    symbolsProblem(image) ??
    entryProblem(image) ??
    requirementsProblem(image) ??
    linesProblem(image)
  );
}

/** The section that holds the instructions, if the image has one. */
export function codeSection(image: Pick<Image, "sections">): Section | undefined {
  return image.sections.find((section) => section.kind === "code");
}

function sectionProblem(sections: readonly Section[]): ImageProblem | undefined {
  const names = new Set<string>();
  for (const section of sections) {
    const message = names.has(section.name)
      ? "the name is used twice"
      : (nameProblem(section.name) ?? sectionShapeProblem(section));
    if (message) return { place: `section ${section.name}`, message };
    names.add(section.name);
  }
  const code = sections.filter((section) => section.kind === "code");
  if (code[1])
    return { place: `section ${code[1].name}`, message: "a second code section; one is allowed" };
  return overlapProblem(sections);
}

function sectionShapeProblem(section: Section): string | undefined {
  const { name, kind, address, size, data, alignment } = section;
  if (RESERVED_SECTION_NAMES.has(name)) return "the name is reserved for the image file format";
  if (!isSize(size) || (kind === "zero" ? data !== undefined : data?.length !== size))
    return `its size ${size} is not that of its data (${data?.length ?? "none"})`;
  if (!isSize(alignment) || alignment < 1 || !Number.isInteger(Math.log2(alignment)))
    return `its alignment is ${alignment}, expected a power of two`;
  if (kind === "metadata") return address === 0 ? undefined : "metadata has no address, expected 0";
  if (!isSize(address) || address % alignment !== 0)
    return `its address ${hex(address)} is no multiple of its alignment ${alignment}`;
  if (kind === "code") {
    if (address !== MEMORY.instruction_base)
      return `its address is ${hex(address)}, expected ${hex(MEMORY.instruction_base)}, where instruction memory begins`;
    if (size % INSTRUCTION_BYTES !== 0)
      return `its size is ${size}, expected a multiple of ${INSTRUCTION_BYTES}, the bytes of an instruction`;
  } else if (address + size > MEMORY.instruction_base)
    return `it ends at ${hex(address + size)}, beyond DRAM's last address ${hex(MEMORY.instruction_base - 1)}`;
  return undefined;
}

function overlapProblem(sections: readonly Section[]): ImageProblem | undefined {
  const loaded = sections
    .filter((section) => section.kind !== "metadata" && section.size > 0)
    .sort((a, b) => a.address - b.address);
  for (const [i, section] of loaded.entries()) {
    const before = loaded[i - 1];
    if (before && before.address + before.size > section.address)
      return {
        place: `section ${section.name}`,
        message: `it begins at ${hex(section.address)}, inside section ${before.name} (${hex(before.address)} to ${hex(before.address + before.size - 1)})`,
      };
  }
  return undefined;
}

function symbolsProblem({ symbols, sections }: Image): ImageProblem | undefined {
  const sectionAt = sectionFinder(sections);
  for (const symbol of symbols) {
    const message = nameProblem(symbol.name) ?? symbolProblem(symbol, sectionAt);
    if (message) return { place: `symbol ${symbol.name}`, message };
  }
  return undefined;
}

function symbolProblem(
  symbol: ImageSymbol,
  sectionAt: (address: number) => Section | undefined,
): string | undefined {
  const { address, size, kind, tensor } = symbol;
  if (!Number.isSafeInteger(address) || (kind !== "constant" && address < 0))
    return `its value ${address} is out of range`;
  if (!isSize(size)) return `its size ${size} is out of range`;
  if (!tensor) return undefined;
  if (kind !== "object") return "a tensor that is no object in DRAM";
  const { type, shape } = tensor;
  if (!TENSOR_TYPES.includes(type))
    return `its tensor type is "${type}", expected one of ${TENSOR_TYPES.join(", ")}`;
  if (shape.length > MAX_RANK)
    return `its tensor has ${shape.length} dimensions, at most 8 allowed`;
  if (!shape.every(isSize) || !isSize(tensorSize(tensor)))
    return `its tensor shape [${shape.join(", ")}] is out of range`;
  const home = sectionAt(address);
  return home && home.kind !== "code" && address + tensorSize(tensor) <= home.address + home.size
    ? undefined
    : `its tensor ${type} [${shape.join(", ")}] at ${hex(address)} has ${tensorSize(tensor)} bytes and is not wholly inside a section of DRAM`;
}

function entryProblem(image: Image): ImageProblem | undefined {
  const { entry } = image;
  const code = codeSection(image);
  if (!code?.size)
    return entry === 0 || entry === MEMORY.instruction_base
      ? undefined
      : { place: "entry", message: `${hex(entry)}, but the image holds no instructions` };
  if (entry % INSTRUCTION_BYTES === 0 && entry >= code.address && entry < code.address + code.size)
    return undefined;
  return {
    place: "entry",
    message: `${hex(entry)}, expected the address of an instruction of section ${code.name} (${hex(code.address)} to ${hex(code.address + code.size - INSTRUCTION_BYTES)})`,
  };
}

function requirementsProblem(image: Image): ImageProblem | undefined {
  const { isa, configuration, requires, sections } = image;
  const problem = (message: string) => ({ place: "requirements", message });
  const textProblem = [configuration, ...requires.packings].map(nameProblem).find(Boolean);
  if (textProblem) return problem(textProblem);
  for (const [name, value] of Object.entries({ ...isa, ...requires }))
    if (typeof value === "number" && !isSize(value)) return problem(`${name} is ${value}`);
  for (const { name, kind, address, size } of sections) {
    if (kind === "code" && size / INSTRUCTION_BYTES > requires.instructions)
      return problem(`instructions is ${requires.instructions}, section ${name} has more`);
    if ((kind === "data" || kind === "zero") && size > 0 && address + size > requires.dram)
      return problem(
        `dram is ${requires.dram}, but section ${name} ends at ${hex(address + size)}`,
      );
  }
  return undefined;
}

function linesProblem(image: Image): ImageProblem | undefined {
  const instructions = (codeSection(image)?.size ?? 0) / INSTRUCTION_BYTES;
  if (image.lines.length > instructions)
    return {
      place: "line information",
      message: `${image.lines.length} locations for ${instructions} instructions`,
    };
  const valid = (l: Pick<SourceLocation, "file" | "line" | "column">) =>
    nameProblem(l.file) === undefined && [l.line, l.column].every((n) => isSize(n) && n > 0);
  const wrong = image.lines.findIndex(
    (l) =>
      l && !(valid(l) && (l.expandedFrom ?? []).every((e) => valid(e) && !e.macro.includes("\0"))),
  );
  if (wrong < 0) return undefined;
  return { place: "line information", message: `instruction ${wrong} has no valid location` };
}

function nameProblem(name: string): string | undefined {
  if (name === "") return "a name is empty";
  if (Buffer.byteLength(name) > MAX_NAME_BYTES)
    return `a name is longer than ${MAX_NAME_BYTES} bytes`;
  return name.includes("\0") ? "a name holds a NUL character" : undefined;
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
