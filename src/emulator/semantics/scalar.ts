import type { Machine } from "../machine.js";
import type { Operands } from "../operation.js";

/** x[rd] = f(x[rs1], x[rs2]), wrapped to 64 bits */
function registers(f: (a: bigint, b: bigint) => bigint) {
  return (m: Machine, { rd, rs1, rs2 }: Operands): undefined => {
    m.setX(rd, f(m.x[rs1]!, m.x[rs2]!));
  };
}

/** x[rd] = f(x[rs1], imm), wrapped to 64 bits */
function immediate(f: (a: bigint, b: bigint) => bigint) {
  return (m: Machine, { rd, rs1, wide }: Operands): undefined => {
    m.setX(rd, f(m.x[rs1]!, wide));
  };
}

const unsigned = (a: bigint) => BigInt.asUintN(64, a);
const shiftLeft = (a: bigint, b: bigint) => a << (b & 63n);
const shiftRightLogical = (a: bigint, b: bigint) => unsigned(a) >> (b & 63n);
const shiftRightArithmetic = (a: bigint, b: bigint) => a >> (b & 63n);
const lessThan = (a: bigint, b: bigint) => (a < b ? 1n : 0n);

export const scalar = {
  li(m: Machine, { rd, wide }: Operands): undefined {
    m.setX(rd, wide);
  },
  add: registers((a, b) => a + b),
  sub: registers((a, b) => a - b),
  mul: registers((a, b) => a * b),
  and: registers((a, b) => a & b),
  or: registers((a, b) => a | b),
  xor: registers((a, b) => a ^ b),
  sll: registers(shiftLeft),
  srl: registers(shiftRightLogical),
  sra: registers(shiftRightArithmetic),
  slt: registers(lessThan),
  sltu: registers((a, b) => lessThan(unsigned(a), unsigned(b))),
  addi: immediate((a, b) => a + b),
  andi: immediate((a, b) => a & b),
  ori: immediate((a, b) => a | b),
  xori: immediate((a, b) => a ^ b),
  slli: immediate(shiftLeft),
  srli: immediate(shiftRightLogical),
  srai: immediate(shiftRightArithmetic),
  slti: immediate(lessThan),
};
