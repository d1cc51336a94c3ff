import { type InstructionId, MEMORY, NUMERICS } from "../../isa/index.js";
import { packedSize } from "../../ternary/packing.js";
import type { Machine } from "../machine.js";
import type { Operands, Semantics } from "../operation.js";
import { Trap } from "../trap.js";
import { dataAddress } from "./address.js";

const LINE = MEMORY.line_bytes;
const nothing = (): undefined => undefined;

/** Of an access to a vector, the checks of its address. */
function access(width: number): Semantics {
  return (m, { rs1, imm }) => {
    dataAddress(m, rs1, imm, m.vl * width, LINE);
    return undefined;
  };
}

function product(packing: "t4" | "t5"): Semantics {
  return (m, { rs1, rs3, imm }) => {
    const { length } = m.q[rs3]!;
    if (length === 0) throw new Trap("vector_length", 0n);
    dataAddress(m, rs1, imm, packedSize(m.vl, length, packing), LINE);
    return undefined;
  };
}

/**
 * Vector and matrix instructions that trap as they should, and compute nothing: what a program
 * executes does not depend on its vectors, but through argmax, which finds the first element here.
 */
export const SKIPPED: Readonly<Partial<Record<InstructionId, Semantics>>> = {
  ldv: access(4),
  "ldv.h": access(2),
  "ldv.b": access(1),
  sv: access(4),
  "add.vv": nothing,
  "sub.vv": nothing,
  "mul.vv": nothing,
  "div.vv": nothing,
  "add.vx": nothing,
  "sub.xv": nothing,
  "mul.vx": nothing,
  splat: nothing,
  exp: nothing,
  sig: nothing,
  silu: nothing,
  norm: nothing,
  quant(m: Machine, { rd }: Operands): undefined {
    m.q[rd]!.length = m.vl;
    m.q[rd]!.absmax = NUMERICS.absmax_floor;
  },
  argmax(m: Machine, { rd, rs3 }: Operands): undefined {
    m.setX(rd, m.x[rs3]!);
  },
  "tmatmul.t4": product("t4"),
  "tmatmul.t5": product("t5"),
};
