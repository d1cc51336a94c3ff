import type { Image, ImageSymbol, Section, SourceLocation } from "../../image/image.js";
import { tensorSize } from "../../image/tensor-size.js";
import { INSTRUCTION_BYTES } from "../../isa/codec.js";
import { ISA } from "../../isa/index.js";
import { type Assembly, TEXT_ADDRESS } from "../assembly.js";
import { check } from "../checks/index.js";
import { RealFoundError } from "../expression/expression-error.js";
import { type EncodedWord, encodeWords } from "../instructions/encode.js";
import type { PendingWord } from "../instructions/pending.js";
import { noteAt, type Place } from "../source/reporter.js";
import type { Label, SymbolEntry } from "../symbols/symbol-table.js";
import { applyFixups } from "./data-fixups.js";
import { dramOverflow, layOut } from "./layout.js";
import { requirements } from "./requirements.js";
import type { SectionBuilder } from "./section-builder.js";

/** A program whose every byte is known, or what was found wrong on the way. */
export interface Finished {
  readonly image: Image | undefined;
  /** Bytes of the sections that have any. */
  readonly contents: ReadonlyMap<SectionBuilder, Uint8Array>;
  /** The image's symbols, found with errors elsewhere or not. */
  readonly symbols: readonly ImageSymbol[];
}

/** Lay the sections out, find the values of all expressions, and put the image together. */
export function finish(assembly: Assembly): Finished {
  const sections = assembly.sections.all();
  const end = layOut(sections);
  checkConstants(assembly);
  const words = encodeWords(assembly);
  const contents = new Map<SectionBuilder, Uint8Array>();
  for (const section of sections)
    if (section.kind === "data" || section.kind === "metadata")
      contents.set(section, sectionContents(assembly, section));
  contents.set(assembly.sections.text, codeBytes(words));
  applyFixups(assembly, contents);
  const symbols = imageSymbols(assembly);
  const entry = entryAddress(assembly);
  const overflow = dramOverflow(end, assembly.configuration);
  if (overflow !== undefined) reportOverflow(assembly, overflow);
  if (assembly.reporter.hasErrors) return { image: undefined, contents, symbols };
  check(assembly, words, entry - TEXT_ADDRESS);
  return {
    image: {
      isa: { major: ISA.major, minor: ISA.minor },
      configuration: assembly.configuration.name,
      requires: requirements(words, end, assembly.configuration),
      entry,
      sections: sections.map((section) => imageSection(section, contents.get(section))),
      symbols,
      lines: assembly.words.map((word) => sourceLocation(assembly, word)),
    },
    contents,
    symbols,
  };
}

/** The bytes of a section; none after a report that there is no memory for them. */
function sectionContents({ reporter }: Assembly, section: SectionBuilder): Uint8Array {
  try {
    return section.contents();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = `section "${section.name}" has ${section.size} bytes, for which there is no memory`;
    reporter.failure(message);
    return new Uint8Array();
  }
}

function codeBytes(words: readonly EncodedWord[]): Uint8Array {
  const bytes = new Uint8Array(words.length * INSTRUCTION_BYTES);
  const view = new DataView(bytes.buffer);
  for (const [i, { word }] of words.entries()) view.setBigUint64(i * INSTRUCTION_BYTES, word, true);
  return bytes;
}

function imageSection(section: SectionBuilder, data: Uint8Array | undefined): Section {
  const { name, kind, size, alignment } = section;
  return { name, kind, address: section.address ?? 0, size, ...(data && { data }), alignment };
}

/** Reports constants that have no value, used or not. */
function checkConstants(assembly: Assembly): void {
  const { evaluator, symbols } = assembly;
  const constants = [...symbols.all()].flatMap(({ definitions }) =>
    definitions.filter((definition) => definition.kind === "constant"),
  );
  // The last one first: what is not known yet waits for later definitions.
  for (const constant of constants.reverse()) {
    if (constant.integer !== undefined) continue;
    assembly.reporting(() => {
      try {
        evaluator.constantValue(constant);
      } catch (error) {
        if (!(error instanceof RealFoundError)) throw error;
        evaluator.constantReal(constant);
      }
    });
  }
}

function imageSymbols(assembly: Assembly): ImageSymbol[] {
  const symbols: ImageSymbol[] = [];
  for (const entry of assembly.symbols.all()) {
    const definition = entry.definitions.at(-1);
    if (!definition) {
      reportUndefined(assembly, entry);
    } else if (definition.kind === "label") {
      const symbol = labelSymbol(assembly, entry, definition);
      if (symbol && !entry.name.startsWith(".L")) symbols.push(symbol);
    } else if (entry.tensor) {
      assembly.reporter.error(
        entry.tensor.place,
        `"${entry.name}" is a constant, not a place in memory`,
      );
    } else if (!entry.name.startsWith(".L")) {
      const value = definition.integer;
      if (typeof value === "bigint" && Number.isSafeInteger(Number(value)))
        symbols.push({
          name: entry.name,
          address: Number(value),
          size: 0,
          kind: "constant",
          global: entry.global !== undefined,
        });
    }
  }
  return symbols;
}

function reportUndefined({ reporter }: Assembly, { name, global, tensor }: SymbolEntry): void {
  const place = global ?? tensor?.place;
  if (place) reporter.error(place, `"${name}" is not defined in this program`);
}

function labelSymbol(
  { reporter }: Assembly,
  { name, tensor, global }: SymbolEntry,
  { location, place }: Label,
): ImageSymbol | undefined {
  const { section, offset } = location;
  const defined = { notes: [noteAt("the label is here", place)] };
  const size = tensor ? tensorSize(tensor) : 0;
  if (tensor && (section.kind === "code" || section.kind === "metadata")) {
    const why = section.kind === "code" ? "instructions" : "metadata, which is not loaded";
    reporter.error(tensor.place, `"${name}" is in "${section.name}", which holds ${why}`, defined);
  } else if (tensor && offset + size > section.size) {
    const left = section.size - offset;
    const message = `tensor "${name}" has ${size} bytes, but section "${section.name}" has ${left} from its label on`;
    reporter.error(tensor.place, message, defined);
  }
  if (section.address === undefined) return undefined;
  return {
    name,
    address: section.address + offset,
    size,
    kind: section.kind === "code" ? "code" : "object",
    global: global !== undefined,
    ...(tensor && { tensor: { type: tensor.type, shape: tensor.shape } }),
  };
}

/** `.entry`, else `_start`, else the first instruction. */
function entryAddress(assembly: Assembly): number {
  const { entry, symbols, reporter, words } = assembly;
  const definition = symbols.find(entry?.name ?? "_start")?.definitions[0];
  if (!entry && definition?.kind !== "label") return TEXT_ADDRESS;
  const place = entry?.place ?? (definition as Label).place;
  const name = entry?.name ?? "_start";
  if (definition?.kind !== "label") {
    reporter.error(place, `the entry "${name}" is no label of this program`);
    return TEXT_ADDRESS;
  }
  const { section, offset } = definition.location;
  if (section.kind === "code" && offset < words.length * INSTRUCTION_BYTES)
    return TEXT_ADDRESS + offset;
  reporter.error(place, `the entry "${name}" is not at an instruction`, {
    notes: entry ? [noteAt("the label is here", definition.place)] : [],
  });
  return TEXT_ADDRESS;
}

/** Points at the last label of DRAM, beyond which the program grew. */
function reportOverflow(assembly: Assembly, message: string): void {
  let last: { place: Place; end: number } | undefined;
  for (const { definitions } of assembly.symbols.all())
    for (const definition of definitions) {
      if (definition.kind !== "label") continue;
      const { section, offset } = definition.location;
      if (section.kind !== "data" && section.kind !== "zero") continue;
      const end = (section.address ?? 0) + offset;
      if (!last || end >= last.end) last = { place: definition.place, end };
    }
  if (last) assembly.reporter.error(last.place, message);
  else assembly.reporter.failure(message);
}

function sourceLocation(
  { recordedNames }: Assembly,
  { scope, range }: PendingWord,
): SourceLocation {
  const { source, frame } = scope.site;
  const { file } = source.origin;
  const { line, column } = file.position(source.origin.start(range.start));
  const recorded = (name: string) => recordedNames.get(name) ?? name;
  const expandedFrom = frame?.expandedFrom?.map((call) => ({ ...call, file: recorded(call.file) }));
  return { file: recorded(file.name), line, column, ...(expandedFrom && { expandedFrom }) };
}
