import { isPacking } from "../../image/tensor-size.js";
import { MEMORY } from "../../isa/index.js";
import type { Reporter } from "../source/reporter.js";
import type { SymbolTable } from "../symbols/symbol-table.js";

/** Warns of ternary matrices that no product can read: they must begin at a DRAM line. */
export function warnTensorAlignment(symbols: SymbolTable, reporter: Reporter): void {
  const { line_bytes } = MEMORY;
  for (const { name, definitions, tensor } of symbols.all()) {
    const definition = definitions[0];
    if (!tensor || !isPacking(tensor.type) || definition?.kind !== "label") continue;
    const { section, offset } = definition.location;
    const address = (section.address ?? 0) + offset;
    if (address % line_bytes !== 0)
      reporter.warning(
        definition.place,
        `matrix "${name}" is at 0x${address.toString(16)}, no multiple of ${line_bytes}: no product can read it`,
        { help: `write ".balign ${line_bytes}" before it` },
      );
  }
}
