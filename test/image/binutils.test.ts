import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeElf } from "../../src/image/index.js";
import { SAMPLE } from "./sample.js";

const installed = ["readelf", "nm", "objdump", "addr2line"].every(
  (tool) => spawnSync(tool, ["--version"]).status === 0,
);

describe.skipIf(!installed)("GNU binutils", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "ternac-image-"));
    writeFileSync(join(folder, "sample.elf"), Buffer.concat(writeElf(SAMPLE)));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What the tool prints about the sample; it may warn of nothing. */
  function run(tool: string, ...options: string[]): string {
    const { status, stdout, stderr } = spawnSync(tool, [...options, "sample.elf"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C" },
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).not.toMatch(/warning|error/i);
    return stdout;
  }

  test("readelf shows everything without a warning", () => {
    const text = run("readelf", "--all", "--wide");
    expect(text).toContain("EXEC (Executable file)");
    expect(text).toContain("<unknown>: 0xe3ac");
    expect(text).toMatch(/Entry point address: +0x4000000008/);
    expect(text).toMatch(/Ternac +0x0000000c/);
  });

  test("readelf shows the segments by address, and which section each holds", () => {
    const text = run("readelf", "--segments", "--wide");
    const rows = [...text.matchAll(/^ +LOAD +0x\w+ (0x\w+) \S+ (0x\w+) (0x\w+) (R.[E ])/gm)];
    expect(rows.map(([, ...row]) => row)).toEqual([
      ["0x0000000000000000", "0x000140", "0x000140", "RW "],
      ["0x0000000000000140", "0x000080", "0x000080", "RW "],
      ["0x0000000000000200", "0x000000", "0x000200", "RW "],
      ["0x0000004000000000", "0x000020", "0x000020", "R E"],
    ]);
    const sections = [...text.matchAll(/^ +\d\d +(\S+)/gm)].map(([, name]) => name);
    expect(sections).toEqual([".data", ".weights", ".bss", ".text", ".note.ternac"]);
  });

  test("readelf decodes the line table", () => {
    const text = run("readelf", "--debug-dump=decodedline", "--wide");
    const rows = [...text.matchAll(/^(\S+) +(\d+|-) +(0x\w+)/gm)].map(([, ...row]) => row);
    expect(rows).toEqual([
      ["add.tasm", "3", "0x4000000000"],
      ["macros.tasm", "200", "0x4000000008"],
      ["macros.tasm", "-", "0x4000000010"],
      ["add.tasm", "5", "0x4000000018"],
      ["add.tasm", "-", "0x4000000020"],
    ]);
  });

  test("readelf reads the unit, the abbreviations and the tensors", () => {
    expect(run("readelf", "--debug-dump=info,abbrev", "--wide")).toMatch(
      /DW_AT_name +: \(string\) kernels\/add.tasm/,
    );
    const rows = [...run("readelf", "-p", ".ternac.tensors").matchAll(/\] +(.+)$/gm)];
    expect(rows.map(([, row]) => row)).toEqual(["4 q 64", "5 t4 5 3"]);
  });

  test("addr2line finds the source of an address", () => {
    const { stdout, stderr } = spawnSync("addr2line", ["-e", "sample.elf", "4000000008"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(stdout).toBe("lib/macros.tasm:200\n");
  });

  test("nm lists the symbols by kind", () => {
    expect(run("nm", "--numeric-sort").trim().split("\n")).toEqual([
      "0000000000000040 D x",
      "0000000000000140 D weights",
      "0000000000000400 B end",
      "0000004000000008 T _start",
      "0000004000000010 t loop",
      "fffffffffffffffd a width",
    ]);
  });

  test("objdump dumps the sections at their addresses", () => {
    const text = run("objdump", "-s");
    expect(text).toContain("file format elf64-little");
    expect(text).toContain(" 4000000010 10010000 40000000 f0000000 00000000");
    expect(text).toMatch(/Contents of section \.weights:\n 0140 01010101/);
  });
});
