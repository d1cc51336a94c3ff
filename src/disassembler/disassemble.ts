import type { Image, SectionKind } from "../image/index.js";
import { MEMORY } from "../isa/index.js";
import { type CodeOptions, codeLines } from "./code.js";
import { type DataForm, dataLines } from "./data.js";
import { formatNumber } from "./format-operand.js";
import { placeSymbols } from "./names.js";
import { sectionDirectives } from "./section-names.js";

export interface DisassembleOptions extends CodeOptions {
  /** How data sections are written; "full" unless said otherwise. */
  readonly data?: DataForm;
}

/** Alignment that the assembler gives a section that does not ask for more. */
const DEFAULT_ALIGNMENT: Readonly<Record<SectionKind, number>> = {
  code: 8,
  data: MEMORY.line_bytes,
  zero: MEMORY.line_bytes,
  metadata: 1,
};

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
  const directives = sectionDirectives(sections);
  for (const section of sections) {
    const own = labels.get(section) ?? [];
    yield "";
    yield directives.get(section)!;
    if (section.alignment > DEFAULT_ALIGNMENT[section.kind])
      yield `    .balign ${section.alignment}`;
    if (section.kind === "code") yield* codeLines(image, section, own, objects, options);
    else yield* dataLines(section, own, options.data ?? "full");
  }
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
