import { MEMORY } from "../../isa/index.js";
import { sat32 } from "../../numerics/fixed.js";
import type { Machine } from "../machine.js";
import type { Operands } from "../operation.js";
import { dataAddress } from "./address.js";

const LINE = MEMORY.line_bytes;

function loadNarrow(
  m: Machine,
  { rd, rs1, rs3, imm }: Operands,
  view: "int8" | "int16",
  width: number,
): undefined {
  const address = dataAddress(m, rs1, imm, m.vl * width, LINE);
  const out = m.v[rd]!;
  m.memory.load(out, address, m.vl, view);
  const factor = 2 ** rs3;
  for (let i = 0; i < m.vl; i++) out[i] = sat32(out[i]! * factor);
}

export const loadStore = {
  ldv(m: Machine, { rd, rs1, imm }: Operands): undefined {
    const address = dataAddress(m, rs1, imm, m.vl * 4, LINE);
    m.memory.load(m.v[rd]!, address, m.vl, "int32");
  },
  "ldv.h": (m: Machine, operands: Operands) => loadNarrow(m, operands, "int16", 2),
  "ldv.b": (m: Machine, operands: Operands) => loadNarrow(m, operands, "int8", 1),
  sv(m: Machine, { rs1, rs2, imm }: Operands): undefined {
    const address = dataAddress(m, rs1, imm, m.vl * 4, LINE);
    m.memory.store(m.v[rs2]!, address, m.vl);
  },
  lw(m: Machine, { rd, rs1, imm }: Operands): undefined {
    m.setWord(rd, m.memory.loadWord(dataAddress(m, rs1, imm, 4, 4)));
  },
  ld(m: Machine, { rd, rs1, imm }: Operands): undefined {
    m.setX(rd, m.memory.loadDouble(dataAddress(m, rs1, imm, 8, 8)));
  },
  sw(m: Machine, { rs1, rs2, imm }: Operands): undefined {
    const address = dataAddress(m, rs1, imm, 4, 4);
    m.memory.storeWord(address, Number(BigInt.asIntN(32, m.x[rs2]!)));
  },
  sd(m: Machine, { rs1, rs2, imm }: Operands): undefined {
    m.memory.storeDouble(dataAddress(m, rs1, imm, 8, 8), m.x[rs2]!);
  },
};
