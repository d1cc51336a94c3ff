import { checkAccelerator } from "./accelerator/check.js";
import type { Machine, OperandRow, Specification } from "./load.js";

/**
 * Check what the form of the files cannot say: that every name that a row uses exists, and that no
 * two rows or fields collide.
 * @throws Error that names the row
 */
export function checkSpecification(spec: Specification): void {
  checkMachine(spec.machine);
  checkInstructions(spec);
  checkAliases(spec);
  checkAccelerator(spec.accelerator, spec.configurations);
  for (const { name, packings, core } of spec.configurations) {
    for (const packing of packings)
      if (!spec.machine.packings[packing])
        throw new Error(`configuration "${name}": no packing "${packing}"`);
    const { channels, beat_bytes, lanes, product_granules } = core;
    if (product_granules < channels)
      throw new Error(`configuration "${name}": product_granules is less than channels`);
    if (lanes < beat_bytes || lanes > product_granules * beat_bytes)
      throw new Error(
        `configuration "${name}": lanes is not from beat_bytes to product_granules * beat_bytes`,
      );
  }
}

function checkMachine(machine: Machine): void {
  const { fields } = machine.word;
  for (const [name, operand] of Object.entries(machine.operands)) {
    for (const field of fieldsOf(operand))
      if (!fields[field]) throw new Error(`operand "${name}": no field "${field}"`);
    const file = operand.kind === "mem" ? "x" : operand.kind;
    if (file !== "v" && file !== "q" && file !== "x") continue;
    const [high, low] = fields[operand.base ?? operand.field]!;
    if (machine.registers[file].count > 2 ** (high - low + 1))
      throw new Error(`operand "${name}": its field cannot number all ${file} registers`);
  }
  const unique = new Uniqueness();
  for (const [name, { code }] of Object.entries(machine.traps))
    unique.claim("code", code, `trap "${name}"`);
  // A number is legal when it is below the count, so that a decoder needs one comparison.
  for (const [index, [name, { number }]] of Object.entries(machine.csrs).entries())
    if (number !== index) throw new Error(`csr "${name}" is ${number}, expected ${index}`);
}

/** Throws when two rows have the same key. */
class Uniqueness {
  private readonly owners = new Map<string, string>();

  claim(what: string, key: string | number, owner: string): void {
    const other = this.owners.get(`${what} ${key}`);
    if (other !== undefined) throw new Error(`${owner} and ${other} have the same ${what}: ${key}`);
    this.owners.set(`${what} ${key}`, owner);
  }
}

function form(row: { mnemonic: string; operands: readonly OperandRow[] }): string {
  return [row.mnemonic, ...row.operands.map(({ kind }) => kind)].join(" ");
}

function checkInstructions({ machine, instructions }: Specification): void {
  const unique = new Uniqueness();
  for (const row of instructions) {
    const { id } = row;
    unique.claim("id", id, `"${row.syntax}"`);
    unique.claim("opcode", row.opcode, `"${id}"`);
    unique.claim("form", form(row), `"${id}"`);
    if (!machine.units[row.unit]) throw new Error(`"${id}": no unit "${row.unit}"`);
    if (!machine.timing[row.timing]) throw new Error(`"${id}": no timing "${row.timing}"`);
    for (const trap of row.traps)
      if (!machine.traps[trap]) throw new Error(`"${id}": no trap "${trap}"`);
    checkBits(id, row.operands, machine.word.fields);
    const registers = row.operands.filter(({ access }) => access).map((o) => o.base ?? o.field);
    for (const field of [...row.nonzero, ...row.distinct])
      if (!registers.includes(field))
        throw new Error(`"${id}": ${field} is no register field of it`);
  }
}

/** No bit of the word may belong to two operands, or to an operand and the opcode. */
function checkBits(
  id: string,
  operands: readonly OperandRow[],
  fields: Machine["word"]["fields"],
): void {
  const owners = new Map<number, string>();
  const own = (field: string, owner: string) => {
    const [high, low] = fields[field]!;
    for (let bit = low; bit <= high; bit++) {
      const other = owners.get(bit);
      if (other !== undefined) throw new Error(`"${id}": ${owner} and ${other} share bit ${bit}`);
      owners.set(bit, owner);
    }
  };
  own("opcode", "the opcode");
  for (const operand of operands) for (const field of fieldsOf(operand)) own(field, operand.name);
}

function checkAliases({ aliases, instructions }: Specification): void {
  const mnemonics = new Set(instructions.map(({ mnemonic }) => mnemonic));
  const unique = new Uniqueness();
  for (const row of instructions) unique.claim("form", form(row), `"${row.id}"`);
  for (const alias of aliases) {
    const { syntax, operands, expands } = alias;
    unique.claim("form", form(alias), `alias "${syntax}"`);
    for (const line of expands) {
      const mnemonic = line.split(" ", 1)[0]!;
      if (!mnemonics.has(mnemonic)) throw new Error(`alias "${syntax}": no "${mnemonic}"`);
      for (const [, name] of line.matchAll(/\{(\w+)\}/g))
        if (!operands.some((operand) => operand.name === name))
          throw new Error(`alias "${syntax}": "${line}" uses {${name}}, which is no operand of it`);
    }
  }
}

function fieldsOf(operand: { field: string; base?: string | undefined }): string[] {
  return operand.base === undefined ? [operand.field] : [operand.field, operand.base];
}
