import type { Specification } from "../load.js";
import { page, table } from "../markdown.js";

/** The page of the forms that only the assembler knows. */
export function aliasesPage({ aliases, machine }: Specification): string {
  const registers = Object.entries(machine.register_aliases)
    .map(([alias, register]) => `\`${alias}\` for \`${register}\``)
    .join(", ");
  return page(
    "Aliases",
    `The assembler accepts these forms and writes the instructions beside them; no machine knows
them. A disassembly uses those that are one instruction with fewer operands. Registers have other
names too: ${registers}.`,
    table(
      ["Alias", "Becomes", ""],
      aliases.map(({ syntax, expands, summary }) => [
        `\`${syntax}\``,
        expands.map((line) => `\`${line.replace(/[{}]/g, "")}\``).join(", "),
        summary,
      ]),
    ),
  );
}
