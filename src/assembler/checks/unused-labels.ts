import type { Reporter } from "../source/reporter.js";
import type { SymbolTable } from "../symbols/symbol-table.js";

/**
 * Warns of `.L` labels that nothing mentions. Other labels may be there for readers of the image,
 * and those of macros for other uses of the macro.
 */
export function warnUnusedLabels(symbols: SymbolTable, reporter: Reporter): void {
  for (const { name, definitions, referenced } of symbols.all()) {
    const definition = definitions[0];
    if (referenced || definition?.kind !== "label" || !name.startsWith(".L")) continue;
    const { place } = definition;
    if (place.site.frame === undefined) reporter.warning(place, `label "${name}" is never used`);
  }
}
