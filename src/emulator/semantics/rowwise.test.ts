import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { big, executed, vectors, word64 } from "../../../test/emulator/execute.js";
import * as specification from "../../../test/numerics/specification.js";
import { INSTRUCTIONS, type InstructionId } from "../../isa/index.js";

const sat = (a: bigint) => Number(specification.sat32(a));

describe("row-wise instructions", () => {
  const rows: [InstructionId, (a: number, b: number, x: bigint) => number][] = [
    ["add.vv", (a, b) => sat(big(a) + big(b))],
    ["sub.vv", (a, b) => sat(big(a) - big(b))],
    ["mul.vv", (a, b) => Number(specification.mul(big(a), big(b)))],
    ["div.vv", (a, b) => Number(specification.div(big(a), big(b)))],
    ["add.vx", (a, _, x) => sat(big(a) + specification.sat32(x))],
    ["mul.vx", (a, _, x) => Number(specification.mul(big(a), specification.sat32(x)))],
    ["sub.xv", (_, b, x) => sat(specification.sat32(x) - big(b))],
    ["splat", (_, __, x) => sat(x)],
    ["exp", (a) => Number(specification.exp(big(a)))],
    ["sig", (a) => Number(specification.sig(big(a)))],
    ["silu", (a) => Number(specification.silu(big(a)))],
  ];
  it.each(rows)("%s", (id, expected) => {
    const spec = INSTRUCTIONS.find((row) => row.id === id)!;
    const fields = spec.operands.map(({ name }) => name) as readonly string[];
    const operands = {
      rd: 3,
      ...(fields.includes("vs1") && { rs1: 1 }),
      ...(fields.includes("xs1") && { rs1: 9 }),
      ...(fields.includes("vs2") && { rs2: 2 }),
      ...(fields.includes("xs2") && { rs2: 9 }),
    };
    fc.assert(
      fc.property(vectors, word64, ({ a, b }, x) => {
        const machine = executed([id, operands], (m) => {
          m.vl = a.length;
          m.v[1]!.set(a);
          m.v[2]!.set(b);
          m.v[3]!.fill(77);
          m.x[9] = x;
        });
        const results = a.map((value, i) => expected(value, b[i]!, x));
        // What is beyond vl keeps its value.
        expect([...machine.v[3]!.subarray(0, a.length + 2)]).toEqual([...results, 77, 77]);
      }),
      { numRuns: 150 },
    );
  });
  it("may write over an operand", () => {
    const machine = executed(["sub.vv", { rd: 2, rs1: 1, rs2: 2 }], (m) => {
      m.vl = 2;
      m.v[1]!.set([10, 20]);
      m.v[2]!.set([1, 2]);
    });
    expect([...machine.v[2]!.subarray(0, 2)]).toEqual([9, 18]);
  });
});
