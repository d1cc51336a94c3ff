import { norm } from "../../numerics/norm.js";
import { quant } from "../../numerics/quant.js";
import type { Machine } from "../machine.js";
import type { Operands } from "../operation.js";

export const rms = {
  norm({ v, vl }: Machine, { rd, rs1, imm }: Operands): undefined {
    norm(v[rd]!, v[rs1]!, vl, imm);
  },
  quant({ v, q, vl }: Machine, { rd, rs1 }: Operands): undefined {
    const register = q[rd]!;
    register.absmax = quant(register.values, v[rs1]!, vl);
    register.length = vl;
  },
  argmax(m: Machine, { rd, rs1, rs2, rs3 }: Operands): undefined {
    const elements = m.v[rs2]!;
    const first = m.x[rs3]!;
    // Elements have 32 bits, so a register that is no exact double compares the same.
    let largest = Number(m.x[rs1]!);
    let index = -1;
    for (let i = 0; i < m.vl; i++) {
      if (elements[i]! > largest) {
        largest = elements[i]!;
        index = i;
      }
    }
    if (index < 0) return;
    m.setX(rs1, BigInt(largest));
    m.setX(rd, first + BigInt(index));
  },
};
