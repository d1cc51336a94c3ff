import type { Machine } from "../machine.js";
import type { Operands, Semantics } from "../operation.js";

const unsigned = (a: bigint) => BigInt.asUintN(64, a);
const shiftLeft = (a: bigint, b: bigint) => a << (b & 63n);
const shiftRightLogical = (a: bigint, b: bigint) => unsigned(a) >> (b & 63n);
const shiftRightArithmetic = (a: bigint, b: bigint) => a >> (b & 63n);
const lessThan = (a: bigint, b: bigint) => (a < b ? 1n : 0n);

/** x[rd] = f(x[rs1], x[rs2]), wrapped to 64 bits */
export const REGISTER_ARITHMETIC = {
  add: (a: bigint, b: bigint) => a + b,
  sub: (a: bigint, b: bigint) => a - b,
  mul: (a: bigint, b: bigint) => a * b,
  and: (a: bigint, b: bigint) => a & b,
  or: (a: bigint, b: bigint) => a | b,
  xor: (a: bigint, b: bigint) => a ^ b,
  sll: shiftLeft,
  srl: shiftRightLogical,
  sra: shiftRightArithmetic,
  slt: lessThan,
  sltu: (a: bigint, b: bigint) => lessThan(unsigned(a), unsigned(b)),
};

/** x[rd] = f(x[rs1], imm), wrapped to 64 bits */
export const IMMEDIATE_ARITHMETIC = {
  addi: (a: bigint, b: bigint) => a + b,
  andi: (a: bigint, b: bigint) => a & b,
  ori: (a: bigint, b: bigint) => a | b,
  xori: (a: bigint, b: bigint) => a ^ b,
  slli: shiftLeft,
  srli: shiftRightLogical,
  srai: shiftRightArithmetic,
  slti: lessThan,
};

type Arithmetic = (a: bigint, b: bigint) => bigint;

/** The same table with what `make` makes of each entry. */
function mapped<Id extends string>(
  table: Readonly<Record<Id, Arithmetic>>,
  make: (f: Arithmetic) => Semantics,
): Record<Id, Semantics> {
  const entries = Object.entries<Arithmetic>(table).map(([id, f]) => [id, make(f)]);
  return Object.fromEntries(entries) as Record<Id, Semantics>;
}

export const scalar = {
  li(m: Machine, { rd, wide }: Operands): undefined {
    m.setX(rd, wide);
  },
  ...mapped(REGISTER_ARITHMETIC, (f) => (m, { rd, rs1, rs2 }) => {
    m.setX(rd, f(m.x[rs1]!, m.x[rs2]!));
    return undefined;
  }),
  ...mapped(IMMEDIATE_ARITHMETIC, (f) => (m, { rd, rs1, wide }) => {
    m.setX(rd, f(m.x[rs1]!, wide));
    return undefined;
  }),
};
