import fc from "fast-check";
import {
  FIELDS,
  type FieldName,
  INSTRUCTIONS,
  type Instruction,
  operandRange,
  REGISTERS,
} from "../../src/isa/index.js";

type Row = Instruction["spec"];

function legalFields(row: Row): fc.Arbitrary<Instruction["fields"]> {
  const fields: Partial<Record<FieldName, fc.Arbitrary<number>>> = {};
  for (const operand of row.operands) {
    fields[operand.field as FieldName] = fc.integer(operandRange(operand));
    if (operand.base)
      fields[operand.base as FieldName] = fc.integer({ min: 0, max: REGISTERS.x.count - 1 });
  }
  for (const field of row.nonzero as readonly FieldName[])
    fields[field] = fields[field]!.filter((register) => register !== 0);
  const distinct = row.distinct as readonly FieldName[];
  return fc
    .record(fields, { requiredKeys: Object.keys(fields) as FieldName[] })
    .filter((values) => new Set(distinct.map((field) => values[field])).size === distinct.length);
}

/** A legal instruction of a row, or of any row. */
export function anyInstruction(
  rows: readonly Row[] = INSTRUCTIONS as readonly Row[],
): fc.Arbitrary<Instruction> {
  return fc
    .constantFrom(...rows)
    .chain((spec) => legalFields(spec).map((fields) => ({ spec, fields })));
}

/** Any 64 bits; with half of them, the opcode is that of an instruction. */
export function anyWord(): fc.Arbitrary<bigint> {
  const opcodes = INSTRUCTIONS.map(({ opcode }) => BigInt(opcode));
  const bits = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
  const known = fc
    .tuple(bits, fc.constantFrom(...opcodes))
    .map(([word, opcode]) => (word & ~0xffn) | opcode);
  return fc.oneof(bits, known);
}

/** The bits of an instruction's word that none of its operands occupies, opcode excluded. */
export function reservedBits(row: Row): number[] {
  const used = new Set<number>();
  for (const field of ["opcode", ...row.operands.flatMap((o) => [o.field, o.base ?? o.field])]) {
    const [high, low] = FIELDS[field as keyof typeof FIELDS];
    for (let bit = low; bit <= high; bit++) used.add(bit);
  }
  return Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => !used.has(bit));
}
