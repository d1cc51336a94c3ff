import type { Image, Section } from "../image/index.js";
import { type CodeOptions, codeLines } from "./code.js";
import { type DataForm, dataLines } from "./data.js";
import { formatNumber } from "./format-operand.js";
import { placeSymbols } from "./names.js";

export interface DisassembleOptions extends CodeOptions {
  /** How data sections are written; "full" unless said otherwise. */
  readonly data?: DataForm;
}

/** Sections that have a directive of their own. */
const NAMED_SECTIONS = new Set([".text", ".data", ".rodata", ".bss"]);

/** Alignment of every section of DRAM, see docs/decisions/0004-address-map.md. */
const LINE_BYTES = 64;

/**
 * An image as assembly, which assembles to identical code bytes, and to the same sections, symbols
 * and entry when the image was laid out by the assembler.
 * @returns lines without their ends; a large image is larger than a string may be
 */
export function* disassembledLines(
  image: Image,
  options: DisassembleOptions = {},
): Generator<string, void, undefined> {
  const { constants, labels, lost } = placeSymbols(image);
  const { isa, configuration, sections } = image;
  yield `# ISA ${isa.major}.${isa.minor}, made for configuration ${printable(configuration)}`;
  for (const { symbol, reason } of lost)
    yield `# left out: symbol ${printable(symbol.name)} at ${formatNumber(symbol.address)}: ${reason}`;
  if (constants.length > 0) yield "";
  for (const { name, address, global } of constants) {
    if (global) yield `    .globl ${name}`;
    yield `${name} = ${formatNumber(address)}`;
  }
  const objects = new Map<number, string>();
  for (const { name, address, kind } of image.symbols)
    if (kind === "object" && !objects.has(address)) objects.set(address, printable(name));
  for (const section of sections) {
    const own = labels.get(section) ?? [];
    yield "";
    yield sectionDirective(section);
    if (section.alignment > LINE_BYTES) yield `    .balign ${section.alignment}`;
    if (section.kind === "code") yield* codeLines(image, section, own, objects, options);
    else yield* dataLines(section, own, options.data ?? "full");
  }
}

function sectionDirective({ name, kind }: Section): string {
  if (NAMED_SECTIONS.has(name)) return name;
  return `.section ${name}${kind === "metadata" ? ', "n"' : ""}`;
}

/** A name in a comment must not end the line. */
function printable(name: string): string {
  return name.replaceAll(/\p{C}/gu, "?");
}

/**
 * An image as assembly in one string.
 * @throws RangeError when it is longer than a string may be; use `disassembledLines` for large images
 */
export function disassemble(image: Image, options: DisassembleOptions = {}): string {
  return `${[...disassembledLines(image, options)].join("\n")}\n`;
}
