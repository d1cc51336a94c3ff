import { describe, expect, test } from "vitest";
import { type AssembleOptions, assemble } from "../../src/assembler/index.js";
import type { Image } from "../../src/image/index.js";
import { CONFIGURATIONS, ISA, MEMORY } from "../../src/isa/index.js";

const TEXT = MEMORY.instruction_base;
const [tiny] = CONFIGURATIONS;

function image(source: string, options: Partial<AssembleOptions> = {}): Image {
  const result = assemble("main.tasm", source, { readFile: () => undefined, ...options });
  expect(result.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return result.image!;
}

function filesOf(files: Readonly<Record<string, string | Uint8Array>>) {
  const asked: string[] = [];
  const readFile = (path: string) => {
    asked.push(path);
    const content = files[path];
    return typeof content === "string" ? new TextEncoder().encode(content) : content;
  };
  return { asked, readFile };
}

function dataOf(made: Image, name: string): Uint8Array {
  return made.sections.find((section) => section.name === name)!.data!;
}

describe("the image", () => {
  test("states its version, configuration and needs", () => {
    const made = image(
      "    .bss\nb: .zero 100\n    .text\n    setvli 64\n    setvli 512\n    tmatmul.t5 v0, q0, 0(x1)\n    halt\n",
    );
    expect(made.isa).toEqual({ major: ISA.major, minor: ISA.minor });
    expect(made.configuration).toBe("d5005");
    expect(made.requires).toEqual({ vlmax: 512, dram: 100, instructions: 4, packings: ["t5"] });
  });

  test("needs the configuration's longest vector when the length is dynamic", () => {
    const made = image("    setvli 64\n    setvl x5\n    halt\n", { configuration: tiny! });
    expect(made.configuration).toBe("tiny");
    expect(made.requires.vlmax).toBe(tiny!.vlmax);
  });

  test("needs no vector length when the program sets none", () => {
    expect(image("    halt\n").requires.vlmax).toBe(0);
  });

  test.each([
    ["nop\n_start: halt", 8],
    ["nop\nhalt", 0],
    ["_start: nop\n.entry main\nnop\nmain: halt", 16],
  ])("begins at the entry: %s", (source, offset) => {
    expect(image(source).entry).toBe(TEXT + offset);
  });

  test("has the symbols of labels and constants, but none of .L", () => {
    const made = image(
      "N = 5\nneg = -1\n    .data\na: .zero 8\n.La: .globl a\n    .tensor a, i8, N + 3\n    .text\nf: la x1, .La\n    halt\n",
    );
    expect(made.symbols).toEqual([
      { name: "N", address: 5, size: 0, kind: "constant", global: false },
      { name: "neg", address: -1, size: 0, kind: "constant", global: false },
      {
        name: "a",
        address: 0,
        size: 8,
        kind: "object",
        global: true,
        tensor: { type: "i8", shape: [8] },
      },
      { name: "f", address: TEXT, size: 0, kind: "code", global: false },
    ]);
  });

  test("is absent, and the rest empty, when the source is no text", () => {
    const result = assemble("main.tasm", "\0", { readFile: () => undefined });
    expect(result.image).toBeUndefined();
    expect(result.listing() + result.symbolMap() + result.expanded()).toBe("");
  });

  test("of an empty source has no instructions", () => {
    expect(image("")).toMatchObject({ entry: TEXT, lines: [], symbols: [] });
  });
});

describe("line information", () => {
  test("follows macros and includes", () => {
    const { readFile } = filesOf({
      "lib/k.inc": "    .macro inner\n    nop\n    .endm\n    .macro outer\n  inner\n    .endm\n",
    });
    const { lines } = image(
      '  .include "lib/k.inc"\nstart: halt\n    outer\n    j 1f\n1:  halt\n',
      {
        readFile,
      },
    );
    expect(lines).toEqual([
      { file: "main.tasm", line: 2, column: 8 },
      {
        file: "lib/k.inc",
        line: 2,
        column: 5,
        expandedFrom: [
          { macro: "inner", file: "lib/k.inc", line: 5, column: 3 },
          { macro: "outer", file: "main.tasm", line: 3, column: 5 },
        ],
      },
      { file: "main.tasm", line: 4, column: 5 },
      { file: "main.tasm", line: 5, column: 5 },
    ]);
  });

  test("gives an alias of two instructions one place twice", () => {
    const { lines } = image("    tmatmul v0, v1, 0(x5)\n    halt\n");
    expect(lines.map((l) => l!.line)).toEqual([1, 1, 2]);
  });
});

describe("files", () => {
  test("are looked for beside the file that names them, then along the include paths", () => {
    const { asked, readFile } = filesOf({
      "src/lib/a.inc": '    .include "b.inc"\n',
      "inc2/b.inc": "    .data\n    .byte 7\n",
    });
    const made = assemble("src/main.tasm", '    .include "lib/a.inc"\n', {
      readFile,
      includePaths: ["inc1", "inc2"],
    });
    expect(made.diagnostics).toEqual([]);
    expect(asked).toEqual(["src/lib/a.inc", "src/lib/b.inc", "inc1/b.inc", "inc2/b.inc"]);
    expect([...dataOf(made.image!, ".data")]).toEqual([7]);
  });

  test("with absolute paths are taken as they are", () => {
    const { asked, readFile } = filesOf({ "/data/a.bin": Uint8Array.of(1, 2) });
    image('    .data\n    .incbin "/data/a.bin"\n', { readFile, includePaths: ["inc"] });
    expect(asked).toEqual(["/data/a.bin"]);
  });

  test("of large data are not copied when they are a section of their own", () => {
    const large = new Uint8Array(1 << 20).fill(3);
    const { readFile } = filesOf({ "w.bin": large });
    const made = image('    .section .weights\nw: .incbin "w.bin"\n    .data\n    .byte 1\n', {
      readFile,
    });
    const data = dataOf(made, ".weights");
    expect(data.buffer).toBe(large.buffer);
    expect(data).toHaveLength(large.length);
  });

  test("of large data are put together with what is around them, and are not changed", () => {
    const large = new Uint8Array(100_000).fill(3);
    const { readFile } = filesOf({ "w.bin": large });
    const source =
      '    .data\n    .word end\n    .balign 64\nw: .incbin "w.bin", 0, 99999\n    .half -2\nend: .byte 9\n';
    const data = dataOf(image(source, { readFile }), ".data");
    expect(data).toHaveLength(64 + 99_999 + 3);
    expect(new DataView(data.buffer).getUint32(0, true)).toBe(64 + 99_999 + 2);
    expect(data.subarray(64, 64 + 99_999).every((byte) => byte === 3)).toBe(true);
    expect([...data.subarray(-3)]).toEqual([0xfe, 0xff, 9]);
    expect(large.every((byte) => byte === 3)).toBe(true);
  });

  test("are decoded as UTF-8, with or without a byte order mark", () => {
    const { readFile } = filesOf({ "a.inc": '\ufeff    .data\n    .ascii "ü"\n' });
    const data = dataOf(image('    .include "a.inc"\n', { readFile }), ".data");
    expect([...data]).toEqual([0xc3, 0xbc]);
  });
});

describe("defines", () => {
  test("are constants, which the source may assign again", () => {
    const source =
      "    .data\n    .byte N\n    .ifdef M\n    .byte 9\n    .endif\nN = N + 1\n    .byte N\n";
    const options = { defines: { N: 41n } };
    expect([...dataOf(image(source, options), ".data")]).toEqual([41, 42]);
    expect([...dataOf(image(source, { defines: { N: 1n, M: 0n } }), ".data")]).toEqual([1, 9, 2]);
  });

  test("are in the expanded source", () => {
    const result = assemble("main.tasm", "    .data\n    .byte N\n", {
      readFile: () => undefined,
      defines: { N: 5n },
    });
    const again = image(result.expanded());
    expect([...dataOf(again, ".data")]).toEqual([5]);
  });
});

describe("line ends", () => {
  test.each([
    ["\n", "unix"],
    ["\r\n", "dos"],
  ])("%j count once", (end) => {
    const source = ["nop", "", "bad x", "halt"].join(end);
    const { diagnostics } = assemble("main.tasm", source, { readFile: () => undefined });
    expect(diagnostics).toMatchObject([{ span: { line: 3, column: 1, length: 3 } }]);
  });
});
