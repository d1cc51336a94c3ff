import type { Specification } from "../load.js";
import { anchor, page, table } from "../markdown.js";

/** The manual's first page: what there is, and every instruction by name. */
export function overviewPage({ machine, instructions, aliases }: Specification): string {
  const { major, minor } = machine.isa;
  const units = Object.entries(machine.units).map(([unit, description]) => [
    `[${unit}.md](${unit}.md)`,
    description,
  ]);
  const rows = [...instructions].sort((a, b) => (a.mnemonic < b.mnemonic ? -1 : 1));
  return page(
    "The Ternac instruction set",
    `Version ${major}.${minor}. Ternac executes the element-wise, normalising and ternary matrix
operations of MatMul-free language models on vectors, and the scalar arithmetic, branches and
queues around them, so that a program runs many tokens without its host. The arithmetic is integer
only and defined to the last bit.`,
    `This manual is generated from [isa/](../../isa), where the instruction set is kept as data. In a
terminal, \`ternac isa NAME\` shows the same.`,
    "## Pages",
    table(
      ["Page", ""],
      [
        ["[machine.md](machine.md)", "state, words, memory, queues, traps, timing, configurations"],
        ["[numerics.md](numerics.md)", "number formats, rounding, functions, tables, packings"],
        ...units,
        ["[aliases.md](aliases.md)", "forms that the assembler expands"],
      ],
    ),
    "## Instructions",
    `${instructions.length} instructions. Several may share a mnemonic; their operands tell them apart.`,
    table(
      ["Instruction", "", "Opcode", "Unit"],
      rows.map(({ syntax, summary, opcode, unit }) => [
        `[\`${syntax}\`](${unit}.md#${anchor(syntax)})`,
        summary,
        `0x${opcode.toString(16).padStart(2, "0")}`,
        unit,
      ]),
    ),
    `Aliases, which the assembler expands: ${[...new Set(aliases.map(({ mnemonic }) => mnemonic))]
      .sort()
      .map((mnemonic) => `[\`${mnemonic}\`](aliases.md)`)
      .join(", ")}.`,
  );
}
