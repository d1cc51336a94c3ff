import {
  SHN_ABS,
  SHN_UNDEF,
  STB_GLOBAL,
  STB_LOCAL,
  STT_FUNC,
  STT_NOTYPE,
  STT_OBJECT,
} from "./elf/constants.js";
import { SYMBOL } from "./elf/headers.js";
import { type StringTable, stringReader } from "./elf/strings.js";
import type { ImageSymbol, Section } from "./image.js";
import type { Place } from "./place.js";
import { sectionFinder } from "./section-finder.js";

const TYPE: Readonly<Record<ImageSymbol["kind"], number>> = {
  code: STT_FUNC,
  object: STT_OBJECT,
  constant: STT_NOTYPE,
};
const KIND = new Map(Object.entries(TYPE).map(([kind, type]) => [type, kind as keyof typeof TYPE]));

/** Symbols in the order that ELF demands: local ones first. The rest of the order is kept. */
export function inFileOrder(symbols: readonly ImageSymbol[]): ImageSymbol[] {
  return [...symbols.filter((s) => !s.global), ...symbols.filter((s) => s.global)];
}

/**
 * The contents of a symbol table section.
 * @param symbols in file order
 * @param headerIndex number of a section in the file
 */
export function writeSymbols(
  symbols: readonly ImageSymbol[],
  sections: readonly Section[],
  headerIndex: (section: Section) => number,
  strings: StringTable,
): Uint8Array {
  const homeOf = sectionFinder(sections);
  const rows = symbols.map((symbol) => {
    const home = symbol.kind === "constant" ? undefined : homeOf(symbol.address);
    return SYMBOL.write({
      name: strings.add(symbol.name),
      info: ((symbol.global ? STB_GLOBAL : STB_LOCAL) << 4) | TYPE[symbol.kind],
      other: 0,
      section: home ? headerIndex(home) : SHN_ABS,
      value: symbol.address,
      size: symbol.size,
    });
  });
  return Buffer.concat([new Uint8Array(SYMBOL.size), ...rows]);
}

/**
 * The symbols of a symbol table section.
 * @param sectionCount of the file
 */
export function readSymbols(
  table: Uint8Array,
  strings: Uint8Array,
  sectionCount: number,
  place: Place,
): Omit<ImageSymbol, "tensor">[] {
  if (table.length === 0 || table.length % SYMBOL.size !== 0)
    place.fail(`its size is ${table.length}, expected a multiple of ${SYMBOL.size}, not zero`);
  const symbols = [];
  const readString = stringReader(strings);
  for (let i = 1; i < table.length / SYMBOL.size; i++) {
    const at = place.at(`symbol ${i}`);
    const row = SYMBOL.read(table, i * SYMBOL.size);
    const kind =
      KIND.get(row.info & 15) ?? at.fail(`its type is ${row.info & 15}, expected 0 to 2`);
    const binding = row.info >> 4;
    if (binding !== STB_LOCAL && binding !== STB_GLOBAL)
      at.fail(`its binding is ${binding}, expected local (0) or global (1)`);
    const inSection = row.section > SHN_UNDEF && row.section < sectionCount;
    if (row.section !== SHN_ABS && (kind === "constant" || !inSection))
      at.fail(`its section is ${row.section}, expected one of 1 to ${sectionCount - 1}`);
    const name = readString(row.name, at);
    const global = binding === STB_GLOBAL;
    symbols.push({ name, address: row.value, size: row.size, kind, global });
  }
  return symbols;
}
