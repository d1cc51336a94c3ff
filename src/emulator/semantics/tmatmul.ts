import { MEMORY } from "../../isa/index.js";
import { rescale, rescaleFactor } from "../../numerics/quant.js";
import { type Packing, packedSize, tritsPerByte } from "../../ternary/packing.js";
import type { Machine } from "../machine.js";
import type { Operands } from "../operation.js";
import { Trap } from "../trap.js";
import { dataAddress } from "./address.js";

const LINE = MEMORY.line_bytes;
/** The binary32 number 1. */
const SCALE_ONE = 0x3f800000;

/** Exact sums of the vl x columns matrix at `address` into `m.sums`. */
function accumulate(m: Machine, packing: Packing, address: number, columns: number): void {
  const stride = Math.ceil(columns / LINE) * LINE;
  const trits = tritsPerByte(packing);
  const groups = Math.ceil(m.vl / trits);
  for (let done = 0; done < groups; ) {
    const at = address + done * stride;
    const piece = m.memory.piece(at, (groups - done) * stride);
    const whole = Math.floor(piece.length / stride);
    // A row group that crosses the emulator's chunks is copied.
    const weights = whole > 0 ? piece : m.memory.read(at, stride);
    const count = Math.max(whole, 1);
    m.kernel.accumulate(packing, weights, count, stride, m.sums, done * trits);
    done += count;
  }
}

/** The bits of the matrix's scale: 1 where no register is named. */
export function matrixScale(m: Machine, register: number): number {
  return register === 0 ? SCALE_ONE : m.xWords[2 * register]! >>> 0;
}

function tmatmul(packing: Packing) {
  return (m: Machine, { rd, rs1, rs2, rs3, imm }: Operands): undefined => {
    const { values, length: columns, absmax } = m.q[rs3]!;
    if (columns === 0) throw new Trap("vector_length", 0n);
    const address = dataAddress(m, rs1, imm, packedSize(m.vl, columns, packing), LINE);
    m.kernel.prepare({ values, columns });
    accumulate(m, packing, address, columns);
    const factor = rescaleFactor(absmax, matrixScale(m, rs2));
    const out = m.v[rd]!;
    for (let i = 0; i < m.vl; i++) out[i] = rescale(m.sums[i]!, factor);
  };
}

export const ternary = {
  "tmatmul.t4": tmatmul("t4"),
  "tmatmul.t5": tmatmul("t5"),
};
