/** The flags of --target rtl; what runs there is tested in test/rtl. */
import { describe, expect, it } from "vitest";
import { waveWindow } from "../../src/cli/open-target.js";
import { ternac } from "./support.js";

const PROGRAM = "programs/vector-add.tasm";

describe("a flag of the other target", () => {
  it.each([
    [["--dram", "ideal"], "--dram is of --target rtl"],
    [["--dram-seed", "1"], "--dram-seed is of --target rtl"],
    [["--wave", "x.fst"], "--wave is of --target rtl"],
    [["--target", "rtl", "--kernel", "plain"], "--kernel is of --target emulator"],
    [["--target", "rtl", "--threads", "2"], "--threads is of --target emulator"],
    [["--target", "rtl", "--trace"], "--trace is of --target emulator"],
    [["--target", "rtl", "--wave-window", "1:2"], "--wave-window needs a file to write"],
    [["--target", "rtl", "--wave", "x.fst", "--wave-window", "2:1"], "is no range of clocks"],
    [["--target", "rtl", "--dram-seed", "x"], '"x" is no integer'],
  ])("%j is bad usage", async (flags, message) => {
    const { stderr, stdout, exitCode } = await ternac("run", PROGRAM, ...flags);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(stdout).toBe("");
  });

  it("is found before a model is compiled", async () => {
    for (const [command, ...flags] of [["generate"], ["eval", "--text", PROGRAM]] as const) {
      const wrong = ["no-such-model", ...flags, "--dram", "ideal"];
      const { stderr, exitCode } = await ternac(command, ...wrong);
      expect(exitCode).toBe(2);
      expect(stderr).toContain("--dram is of --target rtl");
    }
  });
});

describe("--wave-window", () => {
  it("is a range of clocks, open at either end", () => {
    expect(waveWindow("10:20")).toEqual({ from: 10, to: 20 });
    expect(waveWindow(":20")).toEqual({ from: 0, to: 20 });
    expect(waveWindow("10:").from).toBe(10);
    expect(waveWindow("10:").to).toBeGreaterThan(2 ** 50);
    expect(() => waveWindow("10")).toThrow("no range of clocks");
    expect(() => waveWindow("5:5")).toThrow("no range of clocks");
  });
});
