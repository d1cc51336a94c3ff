import type { Machine } from "../machine.js";
import type { Operands, Semantics } from "../operation.js";

const unsigned = (a: bigint) => BigInt.asUintN(64, a);
const lessThan = (a: bigint, b: bigint) => (a < b ? 1n : 0n);

/** x[rd] = f(x[rs1], x[rs2]), wrapped to 64 bits */
export const REGISTER_ARITHMETIC = {
  add: (a: bigint, b: bigint) => a + b,
  sub: (a: bigint, b: bigint) => a - b,
  mul: (a: bigint, b: bigint) => a * b,
  and: (a: bigint, b: bigint) => a & b,
  or: (a: bigint, b: bigint) => a | b,
  xor: (a: bigint, b: bigint) => a ^ b,
  sll: (a: bigint, b: bigint) => a << (b & 63n),
  srl: (a: bigint, b: bigint) => unsigned(a) >> (b & 63n),
  sra: (a: bigint, b: bigint) => a >> (b & 63n),
  slt: lessThan,
  sltu: (a: bigint, b: bigint) => lessThan(unsigned(a), unsigned(b)),
};

/** x[rd] = f(x[rs1], imm), wrapped to 64 bits */
export const IMMEDIATE_ARITHMETIC = {
  addi: REGISTER_ARITHMETIC.add,
  andi: REGISTER_ARITHMETIC.and,
  ori: REGISTER_ARITHMETIC.or,
  xori: REGISTER_ARITHMETIC.xor,
  slli: REGISTER_ARITHMETIC.sll,
  srli: REGISTER_ARITHMETIC.srl,
  srai: REGISTER_ARITHMETIC.sra,
  slti: REGISTER_ARITHMETIC.slt,
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
