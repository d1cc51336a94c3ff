import { div, ELEMENT_MAX, ELEMENT_MIN, exp, mul, sat32, sig, silu } from "../../numerics/fixed.js";
import type { Machine } from "../machine.js";
import type { Operands } from "../operation.js";

/** sat32 of a 64-bit register. */
export function scalarElement({ xWords }: Machine, register: number): number {
  const low = xWords[2 * register]!;
  const high = xWords[2 * register + 1]!;
  if (high === low >> 31) return low;
  return high < 0 ? ELEMENT_MIN : ELEMENT_MAX;
}

/** v[rd][i] = f(v[rs1][i]) */
function unary(f: (a: number) => number) {
  return ({ v, vl }: Machine, { rd, rs1 }: Operands): undefined => {
    const out = v[rd]!;
    const a = v[rs1]!;
    for (let i = 0; i < vl; i++) out[i] = f(a[i]!);
  };
}

/** v[rd][i] = f(v[rs1][i], v[rs2][i]) */
function binary(f: (a: number, b: number) => number) {
  return ({ v, vl }: Machine, { rd, rs1, rs2 }: Operands): undefined => {
    const out = v[rd]!;
    const a = v[rs1]!;
    const b = v[rs2]!;
    for (let i = 0; i < vl; i++) out[i] = f(a[i]!, b[i]!);
  };
}

/** v[rd][i] = f(v[vector][i], sat32(x[scalar])) */
function withScalar(
  f: (element: number, scalar: number) => number,
  vectorField: "rs1" | "rs2",
  scalarField: "rs1" | "rs2",
) {
  return (m: Machine, operands: Operands): undefined => {
    const out = m.v[operands.rd]!;
    const a = m.v[operands[vectorField]]!;
    const b = scalarElement(m, operands[scalarField]);
    for (let i = 0; i < m.vl; i++) out[i] = f(a[i]!, b);
  };
}

export const rowwise = {
  "add.vv": binary((a, b) => sat32(a + b)),
  "sub.vv": binary((a, b) => sat32(a - b)),
  "mul.vv": binary(mul),
  "div.vv": binary(div),
  "add.vx": withScalar((a, x) => sat32(a + x), "rs1", "rs2"),
  "sub.xv": withScalar((a, x) => sat32(x - a), "rs2", "rs1"),
  "mul.vx": withScalar(mul, "rs1", "rs2"),
  splat(m: Machine, { rd, rs1 }: Operands): undefined {
    m.v[rd]!.fill(scalarElement(m, rs1), 0, m.vl);
  },
  exp: unary(exp),
  sig: unary(sig),
  silu: unary(silu),
};
