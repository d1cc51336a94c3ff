import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadSpecification } from "./load.js";
import { instructionFormats } from "./systemverilog-decoder.js";

describe("loadSpecification", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ternac-isa-"));
    for (const name of [
      "machine",
      "instructions",
      "aliases",
      "configurations",
      "core",
      "accelerator",
    ])
      cpSync(
        fileURLToPath(new URL(`../${name}.yaml`, import.meta.url)),
        join(folder, `${name}.yaml`),
      );
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const load = () => loadSpecification(pathToFileURL(`${folder}/`));
  const edit = (name: string, from: string, to: string) => {
    const text = readFileSync(join(folder, name), "utf8");
    expect(text).toContain(from);
    writeFileSync(join(folder, name), text.replace(from, to));
  };

  it("splits a syntax into mnemonic and operands", () => {
    const row = load().instructions.find(({ id }) => id === "ldv.h");
    expect(row?.mnemonic).toBe("ldv.h");
    expect(row?.operands.map(({ name, field }) => [name, field])).toEqual([
      ["vd", "rd"],
      ["mem", "imm"],
      ["shift", "rs3"],
    ]);
  });

  it.each([
    ["opcode: 0x10", "opcode: 300", "isa/instructions.yaml:\n✖ Too big"],
    ["opcode: 0x10", "opcode: sixteen", "isa/instructions.yaml:\n✖ Invalid input: expected"],
    ["unit: lsu", "units: lsu", 'isa/instructions.yaml:\n✖ Unrecognized key: "units"'],
    ['"ldv vd, mem"', '"ldv vd, memory"', '"ldv vd, memory": machine.yaml has no operand "memory"'],
  ])("refuses %s as %s", (from, to, message) => {
    edit("instructions.yaml", from, to);
    expect(load).toThrow(message);
  });

  it("names the row of a wrong value", () => {
    edit("instructions.yaml", "opcode: 0x11", "opcode: 0");
    expect(load).toThrow("at [1].opcode");
  });
});

describe("instructionFormats", () => {
  it("tells formats apart that have the same operands under other constraints", () => {
    const spec = structuredClone(loadSpecification());
    spec.instructions.find(({ id }) => id === "xor")!.nonzero.push("rs1");
    const formats = instructionFormats(spec);
    expect(formats.get("or")?.name).toBe("FmtXdXs1Xs2");
    expect(formats.get("xor")?.name).toBe("FmtXdXs1Xs2Other");
    expect(formats.get("and")).toBe(formats.get("or"));
  });
});
