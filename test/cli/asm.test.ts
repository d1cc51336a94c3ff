import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { PROGRAM, temporaryFolder, ternac, ternacJson } from "./support.js";

const path = temporaryFolder();
const source = path("add.tasm");
writeFileSync(source, PROGRAM);

const ELF = Buffer.from([0x7f, 0x45, 0x4c, 0x46]);

describe("asm", () => {
  it("writes an image beside the source", async () => {
    expect(await ternac("asm", source)).toEqual({ stdout: "", stderr: "", exitCode: 0 });
    expect(readFileSync(path("add.elf")).subarray(0, 4)).toEqual(ELF);
  });

  it("leaves no temporary file", async () => {
    await ternac("asm", source, "-o", path("clean.elf"));
    expect(readdirSync(dirname(source)).filter((name) => name.includes(".tmp"))).toEqual([]);
  });

  it("writes only what is asked for", async () => {
    const { stdout, exitCode } = await ternac("asm", source, "--listing", "-");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/setvl x1/);
    const hex = path("code.hex");
    const binary = path("code.bin");
    await ternac("asm", source, "--readmemh", hex, "--binary", binary, "--word-bits", "64");
    const bytes = readFileSync(binary);
    const words = readFileSync(hex, "utf8").trimEnd().split("\n");
    expect(words).toHaveLength(bytes.length / 8);
    expect(BigInt(`0x${words[1]}`)).toBe(bytes.readBigUInt64LE(8));
    expect(existsSync(path("code.elf"))).toBe(false);
  });

  it("writes the symbol map and the expanded source, which assembles again", async () => {
    const { stdout } = await ternac("asm", source, "--symbols", "-");
    expect(stdout).toMatch(/sum/);
    await ternac("asm", source, "--expanded", path("flat.tasm"), "--binary", path("1.bin"));
    await ternac("asm", path("flat.tasm"), "--binary", path("2.bin"));
    expect(readFileSync(path("2.bin"))).toEqual(readFileSync(path("1.bin")));
  });

  it("takes constants and include folders from the command line", async () => {
    writeFileSync(path("inner.inc"), "li x2, WIDTH + ONE\n");
    writeFileSync(path("outer.tasm"), '.text\n.include "inner.inc"\nenq x2\nhalt\n');
    const flags = ["-D", "WIDTH=0x10", "-D", "ONE"];
    await ternac("asm", path("outer.tasm"), ...flags, "-I", dirname(source));
    expect((await ternac("run", path("outer.elf"))).stdout).toBe("17\n");
    const { exitCode, stderr } = await ternac("asm", path("outer.tasm"), "-D", "1=2");
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/--define 1=2: expected NAME or NAME=INTEGER/);
  });

  it("reports every error with its place, and writes nothing", async () => {
    writeFileSync(path("bad.tasm"), ".text\n    addd v1, v2, v3\n    ldv v9, 0(x1)\n    halt\n");
    const { stdout, stderr, exitCode } = await ternac("asm", path("bad.tasm"));
    expect(exitCode).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain(`${path("bad.tasm")}:2:5: error:`);
    expect(stderr).toContain(`${path("bad.tasm")}:3:`);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(existsSync(path("bad.elf"))).toBe(false);
  });

  it("gives diagnostics and a summary as JSON", async () => {
    const bad = await ternacJson("asm", path("bad.tasm"));
    expect(bad.exitCode).toBe(1);
    expect(bad.json.error.diagnostics[0]).toMatchObject({
      severity: "error",
      span: { line: 2, column: 5 },
    });
    const { json, exitCode } = await ternacJson("asm", source, "-o", path("j.elf"));
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({
      written: [path("j.elf")],
      configuration: "d5005",
      instructions: 15,
    });
    expect((await ternacJson("asm", source, "-o", "-")).exitCode).toBe(2);
  });

  it("can take warnings for errors", async () => {
    writeFileSync(path("warn.tasm"), '.text\n.warning "look here"\nhalt\n');
    const lenient = await ternac("asm", path("warn.tasm"));
    expect(lenient).toMatchObject({ exitCode: 0 });
    expect(lenient.stderr).toMatch(/warning: .*look here/);
    expect((await ternac("asm", path("warn.tasm"), "--fatal-warnings")).exitCode).toBe(1);
  });

  it.each([
    ["a missing file", [path("none.tasm")], /cannot read .*none\.tasm: no such file or folder/],
    ["a folder", [dirname(source)], /it is a folder/],
    ["a binary file", [path("add.elf")], /is no source text/],
    ["an output in no folder", [source, "-o", path("no/such.elf")], /cannot write .*no such file/],
    [
      "a section that is not there",
      [source, "--binary", path("x"), "--section", "n"],
      /no section "n"/,
    ],
  ])("refuses %s", async (_, argv, message) => {
    const { stderr, exitCode } = await ternac("asm", ...argv);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(exitCode).toBe(1);
  });
});
