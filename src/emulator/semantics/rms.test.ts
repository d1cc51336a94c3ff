import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { big, executed, vectors, word64 } from "../../../test/emulator/execute.js";
import * as specification from "../../../test/numerics/specification.js";

describe("root mean square instructions", () => {
  it("norm", () => {
    fc.assert(
      fc.property(vectors, fc.integer({ min: 0, max: 2 ** 32 - 1 }), ({ a }, eps) => {
        const machine = executed(["norm", { rd: 1, rs1: 1, imm: eps }], (m) => {
          m.vl = a.length;
          m.v[1]!.set(a);
        });
        expect([...machine.v[1]!.subarray(0, a.length)]).toEqual(
          specification.norm(a.map(BigInt), big(eps)).map(Number),
        );
      }),
    );
  });
  it("quant", () => {
    fc.assert(
      fc.property(vectors, ({ a }) => {
        const machine = executed(["quant", { rd: 3, rs1: 7 }], (m) => {
          m.vl = a.length;
          m.v[7]!.set(a);
          m.q[3]!.values.fill(55);
        });
        const { absmax, values } = specification.quant(a.map(BigInt));
        const register = machine.q[3]!;
        expect(register).toMatchObject({ length: a.length, absmax: Number(absmax) });
        expect([...register.values.subarray(0, a.length + 1)]).toEqual([...values.map(Number), 55]);
      }),
    );
  });
  it("argmax", () => {
    const few = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(
        fc.oneof(
          few,
          vectors.map(({ a }) => a),
        ),
        word64,
        word64,
        (a, max, base) => {
          const machine = executed(["argmax", { rd: 5, rs1: 6, rs2: 1, rs3: 7 }], (m) => {
            m.vl = a.length;
            m.v[1]!.set(a);
            m.x.set([-42n, max, base], 5);
          });
          let [index, largest] = [-42n, max];
          for (const [i, value] of a.entries())
            if (BigInt(value) > largest)
              [index, largest] = [BigInt.asIntN(64, base + big(i)), big(value)];
          expect([machine.x[5], machine.x[6]]).toEqual([index, largest]);
        },
      ),
      { numRuns: 500 },
    );
  });
  it("argmax takes its base from the register that it writes", () => {
    const machine = executed(["argmax", { rd: 5, rs1: 6, rs2: 1, rs3: 5 }], (m) => {
      m.vl = 3;
      m.v[1]!.set([4, 8, 8]);
      m.x.set([100n, 3n], 5);
    });
    expect([machine.x[5], machine.x[6]]).toEqual([101n, 8n]);
  });
});
