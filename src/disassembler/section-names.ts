import { RESERVED_SECTION_NAMES, type Section, type SectionKind } from "../image/index.js";
import { NAME } from "./names.js";

/** Sections that have a directive of their own. */
const NAMED_SECTIONS: ReadonlyMap<string, SectionKind> = new Map([
  [".text", "code"],
  [".data", "data"],
  [".rodata", "data"],
  [".bss", "zero"],
]);

/** Longest name that the language allows, with room for a prefix and a number. */
const MAX_LENGTH = 230;

/**
 * The directive that opens each section. Its name says the kind: `.text` is code, `.bss` and what
 * begins with `.bss.` is zero. A section of another producer may need another name, which changes no
 * code.
 */
export function sectionDirectives(sections: readonly Section[]): Map<Section, string> {
  const used = new Set([...RESERVED_SECTION_NAMES, ...sections.map(({ name }) => name)]);
  const counts = new Map<string, number>();
  const directives = new Map<Section, string>();
  for (const section of sections) {
    const wanted = writableName(section);
    let name = wanted;
    if (section.kind !== "code" && wanted !== section.name)
      for (let n = counts.get(wanted) ?? 1; used.has(name); n++) {
        name = `${wanted}_${n}`;
        counts.set(wanted, n + 1);
      }
    used.add(name);
    directives.set(section, directive(name, section.kind));
  }
  return directives;
}

function writableName({ name, kind }: Section): string {
  if (kind === "code") return ".text";
  if (NAMED_SECTIONS.get(name) === kind) return name;
  const writable = name.replaceAll(/[^\w.$-]/g, "_").slice(0, MAX_LENGTH);
  const isZero = writable.startsWith(".bss.");
  if (kind === "zero") return isZero ? writable : `.bss.${writable}`;
  return NAMED_SECTIONS.has(writable) || (isZero && kind === "data")
    ? `.data${writable}`
    : writable;
}

function directive(name: string, kind: SectionKind): string {
  if (NAMED_SECTIONS.has(name)) return name;
  const operand = NAME.test(name) ? name : `"${name}"`;
  return `.section ${operand}${kind === "metadata" ? ', "n"' : ""}`;
}
