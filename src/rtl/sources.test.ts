import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { enumeration, simulatorSources, sourcesKey } from "./sources.js";

describe("simulatorSources", () => {
  const root = mkdtempSync(join(tmpdir(), "ternac-sources-"));
  afterAll(() => rmSync(root, { recursive: true }));
  cpSync("rtl", join(root, "rtl"), { recursive: true });

  it("are the packages first, then the modules, and no bench", () => {
    const { verilog, cpp } = simulatorSources();
    expect(verilog.slice(0, 2)).toEqual(["ternac_pkg.sv", "ternac_core_pkg.sv"]);
    expect(verilog).toContain("ternac_core.sv");
    expect(verilog.at(-1)).toBe("sim/ternac_sim.sv");
    expect(cpp).toContain("sim/main.cpp");
    expect(cpp.filter((name) => name.includes("bench"))).toEqual([]);
  });

  it("have a key that says their contents and settings, not their place", () => {
    const key = sourcesKey(simulatorSources(root), ["-O3"]);
    expect(sourcesKey(simulatorSources(), ["-O3"])).toBe(key);
    expect(sourcesKey(simulatorSources(), ["-O2"])).not.toBe(key);
    for (const file of ["ternac_core.sv", "sim/memory.cpp", "sim/memory.h"]) {
      writeFileSync(join(root, "rtl", file), "// changed\n");
      const changed = sourcesKey(simulatorSources(root), ["-O3"]);
      expect(changed).not.toBe(key);
      cpSync(join("rtl", file), join(root, "rtl", file));
    }
    expect(sourcesKey(simulatorSources(root), ["-O3"])).toBe(key);
  });

  it("name the values of an enumeration as people say them", () => {
    const causes = enumeration(simulatorSources(), "stall_e");
    expect(causes[0]).toBe("none");
    expect(causes).toContain("scalar pending");
    expect(enumeration(simulatorSources(), "issue_unit_e")).toEqual([
      "lsu",
      "rowwise",
      "rms",
      "tmatmul",
    ]);
    expect(() => enumeration(simulatorSources(), "nothing_e")).toThrow("nothing_e");
  });
});
