import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { INSTRUCTIONS, TRAPS } from "../../src/isa/index.js";
import { PROGRAM, temporaryFolder, ternac, ternacJson } from "./support.js";

const path = temporaryFolder();
const source = path("add.tasm");
writeFileSync(source, PROGRAM);
const image = path("add.elf");
await ternac("asm", source);

describe("dis", () => {
  it("writes assembly that makes the same code, labels and data", async () => {
    const again = path("again.tasm");
    expect((await ternac("dis", image, "-o", again)).exitCode).toBe(0);
    await ternac("asm", source, "--binary", path("1.bin"));
    await ternac("asm", again, "--binary", path("2.bin"));
    expect(readFileSync(path("2.bin"))).toEqual(readFileSync(path("1.bin")));
    const { stdout } = await ternac("run", again, "--get", "sum");
    expect(stdout).toBe((await ternac("run", source, "--get", "sum")).stdout);
  });

  it("prints to standard output, and can leave the data out", async () => {
    expect((await ternac("dis", image)).stdout).toMatch(/\.fixed 1\.5, 2, -3, 4/);
    const { stdout } = await ternac("dis", image, "--data", "none");
    expect(stdout).not.toMatch(/\.fixed/);
    expect(stdout).toMatch(/add v2, v0, v1/);
  });

  it("can include long data from the image file", async () => {
    writeFileSync(path("long.tasm"), ".data\n.globl t\nt: .fill 1000, 1, 7\n.text\nhalt\n");
    await ternac("asm", path("long.tasm"));
    mkdirSync(path("sub"));
    const again = path("sub/again.tasm");
    await ternac("dis", path("long.elf"), "--data", "include", "-o", again);
    expect(readFileSync(again, "utf8")).toMatch(/\.incbin "\.\.\/long\.elf", \d+, 1000/);
    await ternac("asm", again, "--binary", path("data.bin"), "--section", ".data");
    expect([...readFileSync(path("data.bin"))]).toEqual(Array(1000).fill(7));
    expect((await ternac("dis", "-", "--data", "include")).exitCode).toBe(2);
  });

  it("refuses what is no image", async () => {
    const { stderr, exitCode } = await ternac("dis", source);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/is no image but a source text\nhelp: assemble it: ternac asm /);
  });
});

describe("inspect", () => {
  it("shows an image", async () => {
    const { stdout, exitCode } = await ternac("inspect", image);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Program$/m);
    expect(stdout).toMatch(/sum/);
    const { json } = await ternacJson("inspect", image);
    expect(json.instructions).toMatchObject({ total: 15, illegal: 0 });
  });

  it("shows a checkpoint", async () => {
    const { json } = await ternacJson("inspect", "models/shakespeare");
    expect(json).toMatchObject({ name: "shakespeare", config: { hiddenSize: 256, layers: 6 } });
    const matrices = json.tensors.filter((tensor: { trits?: unknown }) => tensor.trits);
    expect(matrices).toHaveLength(37);
    expect(json.sparsity).toBeGreaterThan(0.3);
    const { stdout } = await ternac("inspect", "models/shakespeare");
    expect(stdout).toMatch(/lm_head\.weight +ternary +2048 x 256/);
  });

  it.each([
    ["nowhere", /cannot read nowhere: no such file/],
    ["docs", /docs\/config\.json/],
    ["README.md", /README\.md/],
  ])("refuses %s", async (target, message) => {
    const { stderr, exitCode } = await ternac("inspect", target);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe("isa", () => {
  it("shows every form of a mnemonic, aliases included", async () => {
    const { stdout } = await ternac("isa", "tmatmul.T4");
    expect(stdout).toMatch(/^tmatmul\.t4 vd, qs, mem, xs2$/m);
    expect(stdout).toMatch(/^tmatmul\.t4 vd, qs, mem$/m);
    const { json } = await ternacJson("isa", "add");
    const ids = INSTRUCTIONS.filter((row) => row.mnemonic === "add").map((row) => row.id);
    expect(ids.length).toBeGreaterThan(1);
    expect(json.instructions.map((entry: { row: { id: string } }) => entry.row.id)).toEqual(ids);
  });

  it("has a page for every instruction, trap and control register", async () => {
    for (const { id } of INSTRUCTIONS) expect((await ternac("isa", id)).exitCode, id).toBe(0);
    for (const [name, { description }] of Object.entries(TRAPS))
      expect((await ternac("isa", name)).stdout).toContain(description);
    expect((await ternac("isa", "vlmax")).stdout).toMatch(/control register/);
  });

  it("lists all instructions", async () => {
    const { stdout } = await ternac("isa");
    for (const { syntax } of INSTRUCTIONS) expect(stdout).toContain(syntax);
    expect((await ternacJson("isa")).json.instructions).toHaveLength(INSTRUCTIONS.length);
  });

  it("suggests a name", async () => {
    const { stderr, exitCode } = await ternac("isa", "qaunt");
    expect(stderr).toBe('error: no instruction is called "qaunt"\nhelp: did you mean "quant"?\n');
    expect(exitCode).toBe(1);
    const { json } = await ternacJson("isa", "qaunt");
    expect(json).toEqual({
      error: { message: 'no instruction is called "qaunt"', help: 'did you mean "quant"?' },
    });
  });
});
