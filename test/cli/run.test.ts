import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readNpy, readSafetensors, writeNpy, writeSafetensors } from "../../src/tensors/index.js";
import { PROGRAM, temporaryFolder, ternac, ternacJson } from "./support.js";

const path = temporaryFolder();
const source = path("add.tasm");
writeFileSync(source, PROGRAM);
const image = path("add.elf");
const echo = path("echo.tasm");
writeFileSync(echo, ".text\nagain: deq x1\n addi x1, x1, 1\n enq x1\n bnez x1, again\n halt\n");

describe("run", () => {
  it("runs source and image alike, and prints what the program puts out", async () => {
    const { stdout, exitCode } = await ternac("run", source, "--get", "sum");
    expect(stdout).toBe("1\n2\n3\n2 2.25\n-2.875 3\n");
    expect(exitCode).toBe(0);
    await ternac("asm", source);
    expect((await ternac("run", image, "--get", "sum")).stdout).toBe(stdout);
  });

  it("fills symbols from numbers, .npy and safetensors, and writes them back", async () => {
    const values = { type: "F32", shape: [4], data: Float32Array.of(1, 2, 3, 4) } as const;
    writeFileSync(path("b.npy"), Buffer.concat(writeNpy(values)));
    const bundle = writeSafetensors(
      new Map([
        ["a", values],
        ["other", values],
      ]),
    );
    writeFileSync(path("in.safetensors"), Buffer.concat(bundle));
    const set = ["--set", `a=${path("in.safetensors")}:other`, "--set", `b=${path("b.npy")}`];
    const get = ["--get", `sum=${path("sum.npy")}`, "--get", `sum=${path("out.safetensors")}`];
    const { exitCode, stdout } = await ternac("run", source, ...set, ...get, "--get", "b=-");
    expect(exitCode).toBe(0);
    expect(stdout).toBe("1\n2\n3\n1 2 3 4\n");
    const sum = { shape: [2, 2], data: Float64Array.of(2, 4, 6, 8) };
    expect(readNpy("sum.npy", readFileSync(path("sum.npy")))).toMatchObject(sum);
    expect((await readSafetensors(path("out.safetensors"))).get("sum")).toMatchObject(sum);
    const literal = await ternac("run", source, "--set", "a=0,0,0,0.5", "--get", "sum");
    expect(literal.stdout).toBe("1\n2\n3\n0.5 0.25\n0.125 -0.5\n");
  });

  it("tells everything as JSON", async () => {
    const { json, exitCode } = await ternacJson("run", source, "--get", "sum", "--stats");
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({
      stopped: { reason: "halted" },
      output: [1, 2, 3],
      tensors: { sum: { type: "F64", shape: [2, 2], data: [2, 2.25, -2.875, 3] } },
      instructions: 21,
      statistics: { instructions: 21, byInstruction: { "add.vv": 1, enq: 3 } },
    });
  });

  it("gives the input queue its entries, however many there are", async () => {
    const numbers = Array.from({ length: 1000 }, (_, i) => i + 1);
    writeFileSync(path("tokens.txt"), numbers.join("\n"));
    const { stdout } = await ternac(
      "run",
      echo,
      "--input-file",
      path("tokens.txt"),
      "--config",
      "tiny",
    );
    expect(stdout.trimEnd().split("\n").map(Number)).toEqual(numbers.map((n) => n + 1));
  });

  it("tells by its exit status how the program ended", async () => {
    const halted = await ternac("run", echo, "--input", "0x10,-1");
    expect(halted).toMatchObject({ stdout: "17\n0\n", exitCode: 0 });
    const waiting = await ternac("run", echo, "--input", "4");
    expect(waiting).toMatchObject({ stdout: "5\n", exitCode: 4 });
    expect(waiting.stderr).toMatch(/waits for input/);
    const closed = await ternac("run", echo, "--input", "4", "--close-input");
    expect(closed).toMatchObject({ stdout: "5\n", exitCode: 3 });
    const endless = path("endless.tasm");
    writeFileSync(endless, ".text\nhere: j here\n");
    const { exitCode, json } = await ternacJson("run", endless, "--max-steps", "250000");
    expect(exitCode).toBe(4);
    expect(json).toMatchObject({ stopped: { reason: "steps" }, instructions: 250_000 });
  });

  it("shows the source line of a trap, through macros", async () => {
    const trap = path("trap.tasm");
    writeFileSync(trap, ".text\n.macro bad\n    lw x1, 2(x0)\n.endm\n    bad\n    halt\n");
    const { stderr, exitCode } = await ternac("run", trap);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/trap\.tasm:3:\d+: error: trap address_misaligned with value 0x2/);
    expect(stderr).toMatch(/lw x1, 2\(x0\)/);
    expect(stderr).toMatch(/trap\.tasm:5:\d+: note: in the expansion of macro "bad"/);
    const { json } = await ternacJson("run", trap);
    expect(json.stopped).toMatchObject({ reason: "trap", trap: "address_misaligned", value: 2 });
  });

  it("writes a trace to a file", async () => {
    const { stderr } = await ternac("run", source, "--trace-file", path("trace.txt"));
    expect(stderr).toBe("");
    const lines = readFileSync(path("trace.txt"), "utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(21);
    expect(lines[6]).toMatch(/add v2, v0, v1/);
  });

  it("prints statistics", async () => {
    const { stderr } = await ternac("run", source, "--stats");
    expect(stderr).toMatch(/^21 instructions in /);
    expect(stderr).toMatch(/enq +3 +14\.3 %/);
  });

  it("needs a machine that is large enough", async () => {
    const large = path("large.tasm");
    writeFileSync(large, ".bss\n.zero 0x20000000\n.text\nhalt\n");
    expect((await ternac("run", large)).exitCode).toBe(0);
    await ternac("asm", large);
    const { stderr, exitCode } = await ternac("run", path("large.elf"), "--config", "tiny");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/error: the image needs dram 536870912, but "tiny" has 268435456/);
  });

  it.each([
    [
      "a symbol that is not there",
      1,
      ["--get", "summ"],
      /no data symbol "summ"\nhelp: did you mean "sum"/,
    ],
    ["a value of the wrong shape", 1, ["--set", "a=1,2,3"], /shape \[3\], but a has \[4\]/],
    ["a value that is out of range", 1, ["--set", "a=0,0,0,5000"], /element 3 is 5000/],
    ["a file of an unknown kind", 1, ["--set", `a=${source}`], /unknown kind of file/],
    ["a missing file", 1, ["--set", "a=none.npy"], /cannot read none\.npy/],
    ["a text as input", 1, ["--input", "1,two"], /--input: entry 2, "two", is no 64-bit integer/],
    ["--set without a value", 2, ["--set", "a"], /--set a: expected NAME=VALUE/],
    [
      "an output of an unknown kind",
      2,
      ["--get", "sum=x.txt"],
      /expected a \.npy or \.safetensors file/,
    ],
    ["an unknown configuration", 2, ["--config", "huge"], /tiny, paper, d5005/],
    ["an unknown flag", 2, ["--sets", "a=1"], /unknown flag: --sets\nhelp: did you mean --set\?/],
  ])("refuses %s", async (_, status, flags, message) => {
    const { stderr, stdout, exitCode } = await ternac("run", source, ...flags);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe("");
    expect(exitCode).toBe(status);
  });

  it("refuses a damaged image", async () => {
    const bytes = readFileSync(image);
    writeFileSync(path("cut.elf"), bytes.subarray(0, bytes.length - 100));
    const { stderr, exitCode } = await ternac("run", path("cut.elf"));
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: .*cut\.elf/);
  });
});
