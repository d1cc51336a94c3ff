import { DIRECTIVE_NAMES } from "../assembler/directives/directive-names.js";
import { FUNCTION_NAMES } from "../assembler/expression/function-names.js";
import { type Image, type ImageSymbol, type Section, sectionFinder } from "../image/index.js";
import { REGISTER_ALIASES, REGISTERS } from "../isa/index.js";

/** Symbols whose label stands at one address of a section. */
export interface LabelledAddress {
  readonly offset: number;
  readonly symbols: readonly ImageSymbol[];
}

/** Which symbols the source can define, and where. */
export interface PlacedSymbols {
  readonly constants: readonly ImageSymbol[];
  /** By section, in the order of their offsets. */
  readonly labels: ReadonlyMap<Section, readonly LabelledAddress[]>;
  /** Symbols that no source can define like this, and why. */
  readonly lost: readonly { readonly symbol: ImageSymbol; readonly reason: string }[];
}

/** What the language takes for a name without quotes. */
export const NAME = /^\.?[A-Za-z_][\w.]*$/;
/** Names that the language uses itself. */
const TAKEN: ReadonlySet<string> = new Set([
  ...Object.entries(REGISTERS).flatMap(([file, { count }]) =>
    Array.from({ length: count }, (_, number) => `${file}${number}`),
  ),
  ...Object.keys(REGISTER_ALIASES),
  ...FUNCTION_NAMES,
  ...DIRECTIVE_NAMES,
]);

/** Divides an image's symbols by where a source has to define them. */
export function placeSymbols(image: Image): PlacedSymbols {
  const constants: ImageSymbol[] = [];
  const lost: { symbol: ImageSymbol; reason: string }[] = [];
  const offsets = new Map<Section, Map<number, ImageSymbol[]>>();
  const names = new Set<string>();
  const homeOf = sectionFinder(image.sections);
  const emptyAt = (address: number) =>
    image.sections.find((s) => s.kind !== "metadata" && s.size === 0 && s.address === address);
  for (const symbol of image.symbols) {
    const reason = names.has(symbol.name) ? "the name is used before" : nameProblem(symbol.name);
    if (reason) {
      lost.push({ symbol, reason });
      continue;
    }
    names.add(symbol.name);
    if (symbol.kind === "constant") {
      constants.push(symbol);
      continue;
    }
    const home = homeOf(symbol.address) ?? emptyAt(symbol.address);
    const offset = symbol.address - (home?.address ?? 0);
    if (!home || (home.kind === "code") !== (symbol.kind === "code"))
      lost.push({ symbol, reason: "it is in no section of its kind" });
    else if (home.kind === "code" && offset % 8 !== 0)
      lost.push({ symbol, reason: "it points into an instruction" });
    else {
      const atOffset = offsets.get(home) ?? new Map<number, ImageSymbol[]>();
      offsets.set(home, atOffset);
      const here = atOffset.get(offset);
      if (here) here.push(symbol);
      else atOffset.set(offset, [symbol]);
    }
  }
  const labels = new Map(
    [...offsets].map(([section, byOffset]) => [
      section,
      [...byOffset].sort(([a], [b]) => a - b).map(([offset, symbols]) => ({ offset, symbols })),
    ]),
  );
  return { constants, labels, lost };
}

function nameProblem(name: string): string | undefined {
  if (!NAME.test(name)) return "its name cannot be written";
  if (name.startsWith(".L")) return "names that begin with .L are local to a file";
  if (TAKEN.has(name)) return "the name has a meaning in assembly";
  return undefined;
}
