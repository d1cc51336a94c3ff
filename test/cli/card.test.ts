/** The commands about bitstreams and cards, where there is no card. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DFL, EMPTY, machine, SHELL_A } from "../board/machine.js";
import { root, temporaryFolder, ternac, ternacJson } from "./support.js";

const path = temporaryFolder();
const packager = join(root, "test/gbs/packager");
const AFU = "rtl/ofs/ternac.json";
const BITSTREAM = join(packager, "bitstream.rbf");
const SHELL = `afu-image/interface-uuid=${SHELL_A}`;
const CLOCKS = [
  "--set",
  "afu-image/clock-frequency-high=300",
  "--set",
  "afu-image/clock-frequency-low=150",
];

// Neither a library of this machine nor one that another test left.
process.env.TERNAC_OPAE_LIBRARY = path("none.so");

describe("gbs pack", () => {
  it("makes a file of the accelerator's own description", async () => {
    const file = path("ternac.gbs");
    const arguments_ = [BITSTREAM, "-d", AFU, "--set", SHELL, ...CLOCKS, "-o", file];
    const { json, exitCode } = await ternacJson("gbs pack", ...arguments_);
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({ file, interfaceUuid: SHELL_A, clockFrequencyHigh: 300 });
    const shown = await ternac("gbs show", file);
    expect(shown.stdout).toContain("a495762f-2b35-406a-9457-4bb668c15962");
    expect(shown.exitCode).toBe(0);
  });

  it.each<[string, readonly string[], number, string]>([
    [
      "clocks that were not found out",
      ["--set", SHELL],
      1,
      "expected the frequency that was reached",
    ],
    ["no shell", CLOCKS, 1, "afu-image.interface-uuid is missing"],
    ["a setting without a value", ["--set", "power"], 2, "--set power: expected PATH=VALUE"],
  ])("leaves no file for %s", async (_, flags, status, message) => {
    const file = path("refused.gbs");
    const outcome = await ternac("gbs pack", BITSTREAM, "-d", AFU, ...flags, "-o", file);
    expect(outcome.exitCode).toBe(status);
    expect(outcome.stderr).toContain(message);
    expect(existsSync(file)).toBe(false);
  });

  it("does not take an empty bitstream, nor both from standard input", async () => {
    writeFileSync(path("empty.rbf"), "");
    const flags = ["-d", AFU, "--set", SHELL, ...CLOCKS, "-o", path("refused.gbs")];
    const empty = await ternac("gbs pack", path("empty.rbf"), ...flags);
    expect(empty.stderr).toContain("nothing follows the metadata");
    const both = await ternac("gbs pack", "-", "-d", "-", "-o", path("refused.gbs"));
    expect([both.exitCode, existsSync(path("refused.gbs"))]).toEqual([2, false]);
  });
});

describe("gbs show", () => {
  it("takes the bitstream out", async () => {
    const file = path("out.rbf");
    const { json } = await ternacJson("gbs show", join(packager, "plain.gbs"), "-b", file);
    expect(json).toMatchObject({ bitstreamBytes: 512, signed: false, metadata: { version: 1 } });
    expect(readFileSync(file).equals(readFileSync(BITSTREAM))).toBe(true);
  });

  it("tells what is wrong, also as JSON", async () => {
    const { json, exitCode } = await ternacJson("gbs show", BITSTREAM);
    expect(exitCode).toBe(1);
    expect(json.error.message).toContain("is no GBS file: it begins with 00010203");
    expect(json.error.help).toContain("create-gbs");
  });
});

describe("board", () => {
  it("doctor finds nothing wrong but the library on a machine with a card", async () => {
    const { json, exitCode } = await ternacJson("board doctor", "--root", machine(DFL));
    expect(exitCode).toBe(1);
    expect(json.ready).toBe(false);
    const failed = json.findings.filter(({ status }: { status: string }) => status === "fail");
    expect(failed.map(({ check }: { check: string }) => check)).toEqual(["library"]);
  });

  it("doctor says what to do on a machine without", async () => {
    const { stdout, exitCode } = await ternac("board doctor", "--root", machine(EMPTY));
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/fail +card +there is no D5005 on the PCI bus/);
    expect(stdout).toMatch(/-> check its seat/);
    expect(stdout).toMatch(/2 to be put right before a card works/);
  });

  it("list and info show what the system tells when there is no library", async () => {
    const there = machine(DFL);
    const list = await ternacJson("board list", "--root", there);
    expect(list.json).toMatchObject({
      boards: [{ address: "0000:3b:00.0", ternac: true, interfaceUuid: SHELL_A }],
      problem: expect.stringContaining("cannot be loaded"),
    });
    const info = await ternac("board info", "--root", there);
    expect(info.exitCode).toBe(0);
    expect(info.stdout).toMatch(/temperature, FPGA +41.5 °C/);
    expect(info.stdout).toMatch(/not asked +the library for FPGA cards cannot be loaded/);
  });

  it("list finds nothing where there is nothing; info fails there", async () => {
    const nothing = machine(EMPTY);
    const list = await ternac("board list", "--root", nothing);
    expect([list.stdout, list.exitCode]).toEqual(["", 0]);
    expect(list.stderr).toContain("no card was found");
    const info = await ternac("board info", "--root", nothing);
    expect(info.exitCode).toBe(1);
    expect(info.stderr).toContain("ternac board doctor");
  });

  it("plugin needs OPAE's headers, and leaves nothing without", async () => {
    const flags = ["--opae", path("nowhere"), "-o", path("plugin")];
    const { json, exitCode } = await ternacJson("board plugin", ...flags);
    expect([exitCode, existsSync(path("plugin"))]).toEqual([1, false]);
    expect(json.error.message).toContain(`no opae/plugin.h in ${path("nowhere/include")}`);
    expect((await ternac("board plugin")).exitCode).toBe(2);
  });

  it("reset, flash and run need a library", async () => {
    const { stderr, exitCode } = await ternac("board reset");
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("none.so: it does not exist")]);
    const run = await ternac("run", "programs/vector-add.tasm", "--target", "board");
    expect([run.exitCode, run.stderr]).toEqual([1, expect.stringContaining("none.so")]);
  });
});

describe("flash", () => {
  it("refuses a file before it looks for a card", async () => {
    const other = await ternac("flash", join(packager, "plain.gbs"));
    expect(other.exitCode).toBe(1);
    expect(other.stderr).toContain("expected Ternac's a495762f");
    const none = await ternac("flash", BITSTREAM);
    expect(none.stderr).toContain("is neither a GBS file nor an image");
    const missing = await ternac("flash", path("missing.gbs"));
    expect(missing.stderr).toContain("no such file or folder");
  });
});

describe("--target board", () => {
  it.each([
    [["--board", "sim"], "--board is of --target board"],
    [["--target", "rtl", "--timeout", "5"], "--timeout is of --target board"],
    [["--target", "board", "--wave", "x.fst"], "--wave is of --target rtl"],
    [
      ["--target", "board", "--dram", "ideal"],
      "--dram is of simulated DRAM, and a card has its own",
    ],
    [["--target", "board", "--dram-seed", "1"], "--dram-seed is of simulated DRAM"],
    [["--target", "board", "--threads", "2"], "--threads is of --target emulator"],
    [["--target", "board", "--trace"], "--trace is of --target emulator"],
    [["--target", "board", "--board", "there"], '"there" is no card'],
    [["--target", "board", "--timeout", "0"], '"0" is no integer from 1 on'],
  ])("%j is bad usage", async (flags, message) => {
    const { stderr, stdout, exitCode } = await ternac("run", "programs/vector-add.tasm", ...flags);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});
