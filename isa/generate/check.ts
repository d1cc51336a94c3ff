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
  for (const { name, packings } of spec.configurations)
    for (const packing of packings)
      if (!spec.machine.packings[packing])
        throw new Error(`configuration "${name}": no packing "${packing}"`);
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
  const codes = new Map<number, string>();
  for (const [name, { code }] of Object.entries(machine.traps)) {
    if (codes.has(code)) throw new Error(`traps "${name}" and "${codes.get(code)}" share ${code}`);
    codes.set(code, name);
  }
  // A number is legal when it is below the count, so that a decoder needs one comparison.
  for (const [index, [name, { number }]] of Object.entries(machine.csrs).entries())
    if (number !== index) throw new Error(`csr "${name}" is ${number}, expected ${index}`);
}

function checkInstructions({ machine, instructions }: Specification): void {
  const unique = new Map<string, string>();
  const claim = (key: string, id: string, what: string) => {
    const other = unique.get(key);
    if (other !== undefined) throw new Error(`"${id}" and "${other}" share ${what}`);
    unique.set(key, id);
  };
  for (const row of instructions) {
    const { id } = row;
    claim(`id ${id}`, id, "their id");
    claim(`opcode ${row.opcode}`, id, `opcode ${row.opcode}`);
    const kinds = row.operands.map(({ kind }) => kind).join(" ");
    claim(`form ${row.mnemonic} ${kinds}`, id, "a mnemonic and kinds of operands");
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
  for (const { syntax, operands, expands } of aliases) {
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
