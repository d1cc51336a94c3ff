import { LATENCIES } from "../../src/isa/generated.js";
import { div, exp, mul, sat32, sig, silu } from "../../src/numerics/fixed.js";
import { norm } from "../../src/numerics/norm.js";
import { quant } from "../../src/numerics/quant.js";
import type { UnitInstruction, UnitRun } from "./units-bench.js";

const TWO_OPERANDS: Record<string, (a: number, b: number) => number> = {
  "add.vv": (a, b) => sat32(a + b),
  "sub.vv": (a, b) => sat32(a - b),
  "mul.vv": mul,
  "div.vv": div,
};
const VECTOR_SCALAR: Record<string, (a: number, x: number) => number> = {
  "add.vx": (a, x) => sat32(a + x),
  "mul.vx": mul,
};
const ONE_OPERAND: Record<string, (a: number) => number> = { exp, sig, silu };

export const ROWWISE = [
  ...Object.keys(TWO_OPERANDS),
  ...Object.keys(VECTOR_SCALAR),
  ...["sub.xv", "splat"],
  ...Object.keys(ONE_OPERAND),
];

/** What the instructions of the vector units do to the registers, from src/numerics. */
export class UnitsReference {
  readonly v: readonly Int32Array[];
  readonly q: { absmax: number; values: Int8Array }[];

  constructor(vlmax: number) {
    this.v = Array.from({ length: 8 }, () => new Int32Array(vlmax));
    this.q = Array.from({ length: 4 }, () => ({ absmax: 0, values: new Int8Array(0) }));
  }

  /** Execute; returns argmax's outcome. */
  execute(instruction: UnitInstruction): UnitRun["argmax"] {
    const { id, vd = 0, vs1 = 0, vs2 = 0, q = 0, vl, scalar = 0n, base = 0n } = instruction;
    const [out, a, b] = [this.v[vd]!, this.v[vs1]!, this.v[vs2]!];
    const x = Number(BigInt.asIntN(32, scalar));
    const set = (element: (i: number) => number) => {
      for (let i = 0; i < vl; i++) out[i] = element(i);
    };
    if (id in TWO_OPERANDS) set((i) => TWO_OPERANDS[id]!(a[i]!, b[i]!));
    else if (id in VECTOR_SCALAR) set((i) => VECTOR_SCALAR[id]!(a[i]!, x));
    else if (id === "sub.xv") set((i) => sat32(x - b[i]!));
    else if (id === "splat") set(() => x);
    else if (id in ONE_OPERAND) set((i) => ONE_OPERAND[id]!(a[i]!));
    else if (id === "norm") norm(out, a.slice(0, vl), vl, Number(BigInt.asUintN(32, scalar)));
    else if (id === "quant") {
      const values = new Int8Array(vl);
      this.q[q] = { absmax: quant(values, a, vl), values };
    } else if (id === "argmax") {
      let [max, index] = [BigInt.asIntN(64, scalar), -1];
      for (let i = 0; i < vl; i++) {
        if (BigInt(b[i]!) <= max) continue;
        max = BigInt(b[i]!);
        index = i;
      }
      if (index < 0) return { update: false, index: 0n, max: 0n };
      return {
        update: true,
        index: BigInt.asUintN(64, base + BigInt(index)),
        max: BigInt.asUintN(64, max),
      };
    } else throw new Error(`no reference for ${id}`);
    return undefined;
  }
}

/** Clocks from start to done, as docs/core.md states them. */
export function unitClocks({ id, vl }: UnitInstruction, lanes: number): number {
  const n = Math.ceil(vl / lanes);
  const { rowwise, rms } = LATENCIES;
  switch (id) {
    case "norm":
      return 2 * n + rms.norm;
    case "quant":
      return 2 * n + rms.quant;
    case "argmax":
      return n + rms.argmax;
    case "div.vv":
      return n * rowwise.divide + rowwise.divide_depth;
    case "exp":
    case "sig":
    case "silu":
      return n + rowwise.function;
    default:
      return n + rowwise.depth;
  }
}
