import { type FieldName, type Fields, instruction, operandRange } from "../isa/index.js";
import { type Packing, packedSize } from "../ternary/packing.js";
import { type Context, line, randomFields } from "./context.js";
import type { Line } from "./program.js";
import { accessKind, alignmentOf, memoryOperand, type Row } from "./traits.js";
import { randomLength, randomScale } from "./values.js";

/** Trits of a product beyond which its dimensions are chosen for it: it would take too long. */
const MAX_TRITS = 2 ** 16;
/** Bytes of an element in DRAM, at most. */
const ELEMENT_BYTES = 4;

function packingOf(row: Row): Packing {
  return row.id.split(".").at(-1) as Packing;
}

/** Bytes that an access takes at most, whatever the vector length and the activations are. */
function mostBytes({ limit }: Context, row: Row): number {
  switch (accessKind(row)) {
    case "scalar":
      return alignmentOf(row);
    case "vector":
      return ELEMENT_BYTES * limit;
    case "matrix":
      return packedSize(limit, limit, packingOf(row));
  }
}

/** Set the vector length, in one of the ways that there are. */
export function setLength(context: Context, length: number): Line[] {
  const { random, hot } = context;
  if (random.chance(0.7)) return [line(instruction("setvli"), { imm: length })];
  const register = random.pick(hot.x) || 1;
  return [
    line(instruction("li"), { rd: register, imm48: length }),
    line(instruction("setvl"), { rs1: register }),
  ];
}

/** The access itself, and what puts its address into a register. */
function atAddress(context: Context, row: Row, address: number, given: Fields): Line[] {
  const { random, hot, arena } = context;
  const operand = memoryOperand(row)!;
  const offsetField = operand.field as FieldName;
  const baseField = operand.base as FieldName;
  const { min, max } = operandRange(operand);
  const finish = (base: number, offset: number) =>
    line(row, { ...randomFields(context, row, given), [baseField]: base, [offsetField]: offset });
  const used = new Set(Object.values(given));
  const base = hot.x.find((register) => register !== 0 && !used.has(register)) ?? 23;
  const offset = random.pick([0, 64, -64, address % 4096, max, min, random.integer(min, max)]);
  const form = random.weighted([
    [4, "absolute"],
    [4, "register"],
    [1, "pointer"],
  ]);
  const pointer = form === "pointer" ? arena.pointerTo(address - offset) : undefined;
  if (pointer !== undefined && pointer <= max)
    return [line(instruction("ld"), { rd: base, rs1: 0, imm: pointer }), finish(base, offset)];
  if (form === "absolute" && address <= max) return [finish(0, address)];
  return [line(instruction("li"), { rd: base, imm48: address - offset }), finish(base, offset)];
}

/** A product with all that it needs: activations of a length, rows, a scale. */
function product(context: Context, row: Row, given: Fields): Line[] {
  const { random, hot, limit, configuration } = context;
  const lines: Line[] = [];
  const fields: Partial<Record<FieldName, number>> = { ...given };
  const fieldOf = (kind: string) =>
    row.operands.find((operand) => operand.kind === kind)?.field as FieldName | undefined;
  const activationField = fieldOf("q")!;
  const scaleField = fieldOf("x");
  let rows = limit;
  let columns = limit;
  const isLarge = limit * limit > MAX_TRITS;
  if (isLarge || random.chance(0.3)) {
    const most = Math.max(1, Math.min(limit, Math.floor(MAX_TRITS / limit)));
    [rows, columns] = random.chance(0.5)
      ? [randomLength(random, configuration, limit), randomLength(random, configuration, most)]
      : [randomLength(random, configuration, most), randomLength(random, configuration, limit)];
    const activations = fields[activationField] ?? random.pick(hot.q);
    fields[activationField] = activations;
    lines.push(
      ...setLength(context, columns),
      line(instruction("quant"), { rd: activations, rs1: random.pick(hot.v) }),
      ...setLength(context, rows),
    );
  }
  if (scaleField && fields[scaleField] === undefined && random.chance(0.6)) {
    const scale = random.pick(hot.x) || 1;
    fields[scaleField] = scale;
    lines.push(line(instruction("li"), { rd: scale, imm48: randomScale(random) }));
  }
  const bytes = packedSize(rows, columns, packingOf(row));
  const address = context.arena.address(bytes, alignmentOf(row));
  return [...lines, ...atAddress(context, row, address, fields)];
}

/** An instruction that accesses memory, at a legal address. */
export function access(context: Context, row: Row, given: Fields = {}): Line[] {
  const { random, arena, limit, configuration } = context;
  const kind = accessKind(row);
  if (kind === "matrix") return product(context, row, given);
  if (kind === "vector" && random.chance(0.2)) {
    // With its own length it can end at the end of DRAM.
    const length = randomLength(random, configuration, limit);
    const address = arena.address(ELEMENT_BYTES * length, alignmentOf(row));
    return [...setLength(context, length), ...atAddress(context, row, address, given)];
  }
  return atAddress(context, row, arena.address(mostBytes(context, row), alignmentOf(row)), given);
}

/** A vector store whose last line is the first one of the access before, with nothing else of it. */
export function storeIntoPrevious(context: Context, row: Row): Line[] {
  const { random, arena, limit, configuration } = context;
  const length = randomLength(random, configuration, limit);
  const address = arena.endingInPrevious(ELEMENT_BYTES * length);
  return [...setLength(context, length), ...atAddress(context, row, address, {})];
}
