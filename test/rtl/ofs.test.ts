/** What the platform's build tools read; the tools themselves are not here. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ACCELERATOR_UUID } from "../../src/board/generated.js";
import { boardSources } from "../../src/board/sim/sources.js";
import { missingTools, run } from "./verilator.js";

const FOLDER = "rtl/ofs";

describe("the sources for the platform", () => {
  const lines = readFileSync(`${FOLDER}/sources.txt`, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));

  it("are all of the hardware, packages first", () => {
    const listed = lines.filter((line) => line.startsWith("../")).map((line) => line.slice(3));
    const hardware = boardSources().verilog.filter((name) => !name.startsWith("sim/"));
    expect([...listed].sort()).toEqual([...hardware].sort());
    expect(listed.slice(0, 3).every((name) => name.endsWith("_pkg.sv"))).toBe(true);
  });

  it("are files that exist", () => {
    const own = lines.filter((line) => !/^[.+]/.test(line));
    expect(own).toEqual(["ternac.json", "ofs_plat_afu.sv"]);
    for (const name of own) expect(readdirSync(FOLDER)).toContain(name);
    for (const name of lines.filter((line) => line.startsWith("../")))
      expect(() => readFileSync(join(FOLDER, name))).not.toThrow();
  });

  it("carry the accelerator's UUID, in a description of the platform's class", () => {
    const { "afu-image": image } = JSON.parse(readFileSync(`${FOLDER}/ternac.json`, "utf8"));
    expect(image["afu-top-interface"]).toEqual({ class: "ofs_plat_afu" });
    expect(image["accelerator-clusters"]).toEqual([
      { name: "ternac", "total-contexts": 1, "accelerator-type-uuid": ACCELERATOR_UUID },
    ]);
  });
});

describe.skipIf(missingTools().length > 0)("the platform's wrapper", () => {
  /** What Verilator says of the wrapper with empty modules for the platform's. */
  function lint(source: string): string {
    const folder = mkdtempSync(join(tmpdir(), "ternac-ofs-"));
    try {
      // Verilator 5.006 cannot follow an interface in an array of an interface: two stand for them.
      const text = source
        .replace("plat_ifc.host_chan.ports[0]", "host_port_0")
        .replace("plat_ifc.local_mem.banks[c]", "memory_bank_c")
        .replace(
          "import ternac_pkg::*;",
          "host_port host_port_0 ();\n  memory_bank memory_bank_c ();\n$&",
        )
        .replaceAll(/plat_ifc\.clocks\.uClk_usr\.(clk|reset_n)/g, "1'b1");
      writeFileSync(join(folder, "ofs_plat_afu.sv"), text);
      const packages = ["ternac_pkg", "ternac_core_pkg", "card/ternac_csr_pkg"];
      const { status, stderr } = run("verilator", [
        ...["--lint-only", "-Wall", "-DSYNTHESIS", "-Wno-UNUSEDSIGNAL", "--top", "ofs_plat_afu"],
        ...["-Itest/rtl/ofs", ...packages.map((name) => `rtl/${name}.sv`)],
        ...["-y", "rtl", "-y", "rtl/card", "test/rtl/ofs/platform.sv"],
        join(folder, "ofs_plat_afu.sv"),
      ]);
      return status === 0 ? stderr : `${stderr}\nexit ${status}`;
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  const source = readFileSync(`${FOLDER}/ofs_plat_afu.sv`, "utf8");

  it("fits the accelerator, and the platform's interfaces as they are documented", () =>
    expect(lint(source)).toBe(""));

  it("would not fit with a port that there is not", () =>
    expect(lint(source.replace(".mmio_rready_i(", ".mmio_rready("))).toContain("mmio_rready"));
});
