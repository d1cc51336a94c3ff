import { describe, expect, it } from "vitest";
import { INSTRUCTIONS } from "./generated.js";
import { formatManualPage, manualPage } from "./manual.js";
import { formatRange } from "./manual-entry.js";

describe("manualPage", () => {
  it("finds every form of a mnemonic, in any case", () => {
    const ids = (name: string) => manualPage(name)?.instructions.map(({ row }) => row.id);
    expect(ids("add")).toEqual(["add.vv", "add.vx", "add"]);
    expect(ids("ADD.VV")).toEqual(["add.vv"]);
    expect(manualPage("norm")?.aliases.map(({ syntax }) => syntax)).toEqual(["norm vd, vs1"]);
    expect(manualPage("fma")).toBeUndefined();
  });

  it("gives the functions and tables that the semantics use, directly or not", () => {
    const names = (name: string) =>
      manualPage(name)?.instructions[0]?.definitions.map(({ name }) => name);
    expect(names("silu")).toEqual(["sigmoid30", "SIG"]);
    expect(names("exp")).toEqual(["EXP2"]);
    expect(names("add")).toEqual([]);
  });
});

describe("formatManualPage", () => {
  it("shows an instruction", () => {
    expect(formatManualPage(manualPage("ldv.h")!)).toMatchInlineSnapshot(`
      "ldv.h vd, mem, shift
          Load a vector of 16-bit elements, each shifted left.

        Encoding
            63 32   31 28   27 23   22 18   17 13   12  8   7   0
          +-------+-------+-------+-------+-------+-------+-------+
          |  imm  |   0   |  rs3  |   0   |  rs1  |  rd   | 0x11  |
          +-------+-------+-------+-------+-------+-------+-------+
             32       4       5       5       5       5       8

        Operands (name, field, values, access)
          vd     rd        v0 .. v7                    written  vector that receives the result
          mem    imm, rs1  imm(xN), -2^31 .. 2^31 - 1  read     memory operand: a base register plus an offset in bytes
          shift  rs3       expression, 0 .. 31                  bits to shift each element left

        Semantics
          a = x[rs1] + imm
          v[rd][i] = sat32(sext(M[a + 2i .. a + 2i + 1]) << shift)

        Properties
          unit    lsu                   load/store: vectors and scalars between DRAM and the registers
          timing  vector_load           DRAM latency, then n elements at the rate of the DRAM
          trap    address_misaligned    a vector or matrix address that is no multiple of 64, or a scalar address that is no multiple of its size
          trap    address_out_of_range  an access that is not wholly inside DRAM"
    `);
  });

  it("shows constraints", () => {
    expect(formatManualPage(manualPage("argmax")!)).toContain(
      "  Constraints\n    rd must not be register 0\n    rs1 must not be register 0\n    rd and rs1 must differ\n",
    );
  });

  it("shows an alias", () => {
    expect(formatManualPage(manualPage("mv")!)).toMatchInlineSnapshot(`
      "mv xd, xs1
          Copy a scalar register.

        The assembler writes
          addi xd, xs1, 0

      mv vd, vs1
          Copy a vector register.

        The assembler writes
          add vd, vs1, x0"
    `);
  });

  it("has a page of every instruction, and no empty section", () => {
    for (const { id, summary } of INSTRUCTIONS) {
      const text = formatManualPage(manualPage(id)!);
      expect(text).toContain(summary);
      expect(text).not.toMatch(/\n\n\n|undefined| $/m);
    }
  });

  it("lets a terminal mark names and titles", () => {
    const style = { name: (s: string) => `<${s}>`, title: (s: string) => `[${s}]` };
    expect(formatManualPage(manualPage("halt")!, style)).toMatch(/^<halt>\n.*\n\n {2}\[Encoding\]/);
  });
});

describe("formatRange", () => {
  it("writes long limits as powers of two", () => {
    expect(formatRange({ min: 0, max: 63 })).toBe("0 .. 63");
    expect(formatRange({ min: -(2 ** 47), max: 2 ** 47 - 1 })).toBe("-2^47 .. 2^47 - 1");
  });
});
