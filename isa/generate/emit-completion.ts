import { manualOperand } from "../../src/isa/manual-entry.js";
import { rangeOf } from "../../src/isa/range.js";
import { assemblyWords } from "./assembly-words.js";
import type { OperandRow, Specification } from "./load.js";
import { manualSource } from "./manual/source.js";

/**
 * editors/completion.json: what an editor may offer while assembly source is written, for editors
 * that have no language server.
 */
export function emitCompletion(spec: Specification): string {
  const { machine } = spec;
  const source = manualSource(spec);
  const operand = (row: OperandRow) => {
    const { written, access, description } = manualOperand(row, source);
    const { kind, name } = row;
    return { name, kind, written, ...rangeOf(row, source), ...(access && { access }), description };
  };
  const mnemonics = new Map<string, object[]>();
  const addForm = (mnemonic: string, form: object) =>
    mnemonics.set(mnemonic, [...(mnemonics.get(mnemonic) ?? []), form]);
  for (const { id, mnemonic, syntax, summary, unit, traps, operands } of spec.instructions)
    addForm(mnemonic, { id, syntax, summary, unit, traps, operands: operands.map(operand) });
  for (const { mnemonic, syntax, summary, expands, operands } of spec.aliases)
    addForm(mnemonic, { syntax, summary, expands, operands: operands.map(operand) });
  const words = assemblyWords(spec);
  const completion = {
    generated: "from isa/*.yaml by `npm run generate`; do not edit",
    isa: `${machine.isa.major}.${machine.isa.minor}`,
    mnemonics: [...mnemonics]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([mnemonic, forms]) => ({ mnemonic, forms })),
    directives: words.directives,
    functions: words.functions,
    registers: words.registers.map((name) => ({
      name,
      description: machine.registers[name[0] as keyof typeof machine.registers].description,
    })),
    registerAliases: machine.register_aliases,
    csrs: Object.entries(machine.csrs).map(([name, { description }]) => ({ name, description })),
  };
  return `${JSON.stringify(completion, null, 2)}\n`;
}
