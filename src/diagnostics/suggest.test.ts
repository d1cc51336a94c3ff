import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editDistance, nearest } from "./suggest.js";

describe("editDistance", () => {
  it.each([
    ["", "", 0],
    ["", "ldv", 3],
    ["tmatmul", "tmatmul", 0],
    ["tmatmull", "tmatmul", 1],
    ["tmatlum", "tmatmul", 2],
    ["qaunt", "quant", 1],
    ["norm", "nrm", 1],
  ])("of %j and %j is %i", (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  it("is symmetric and at most the longer length", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance === 0).toBe(a === b);
      }),
    );
  });
});

describe("nearest", () => {
  const names = ["add", "sub", "mul", "tmatmul.t4", "quant", "norm"];

  it("finds a name with a swap, a slip, another case", () => {
    expect(nearest("qaunt", names)).toBe("quant");
    expect(nearest("nor", names)).toBe("norm");
    expect(nearest("TMATMUL.T5", names)).toBe("tmatmul.t4");
  });

  it("prefers the closest", () => {
    expect(nearest("mull", ["mall", "mul", "mulll"])).toBe("mall");
    expect(nearest("sub2", names)).toBe("sub");
  });

  it("suggests nothing when nothing is close", () => {
    expect(nearest("frobnicate", names)).toBeUndefined();
    expect(nearest("x", ["yz"])).toBeUndefined();
    expect(nearest("add", [])).toBeUndefined();
  });
});
