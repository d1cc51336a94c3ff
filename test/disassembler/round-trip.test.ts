import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AssembleOptions, assemble } from "../../src/assembler/index.js";
import {
  type DisassembleOptions,
  dataInImageFile,
  disassemble,
} from "../../src/disassembler/index.js";
import { codeSection, type Image, readElf, writeElf } from "../../src/image/index.js";
import { arbitraryImage } from "../image/arbitrary-image.js";
import { SAMPLE } from "../image/sample.js";
import { arbitraryProgram } from "./arbitrary-program.js";

/** Assemble what must have no error. */
function assembled(text: string, readFile: AssembleOptions["readFile"] = () => undefined): Image {
  const { image, diagnostics } = assemble("program.tasm", text, { readFile });
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  expect(errors.map(({ message, span }) => `${span?.line}: ${message}`)).toEqual([]);
  return image!;
}

const byName = ({ symbols }: Image) =>
  [...symbols].sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));

/** What a disassembly keeps: all but source lines, and what follows from the code. */
function expectSameProgram(actual: Image, expected: Image): void {
  const withoutData = (image: Image) => image.sections.map(({ data: _, ...rest }) => rest);
  expect(withoutData(actual)).toEqual(withoutData(expected));
  // Compared as buffers: a deep comparison takes seconds for a large section.
  for (const [i, { name, data }] of expected.sections.entries())
    if (data) expect(Buffer.compare(actual.sections[i]!.data!, data), name).toBe(0);
  expect(byName(actual)).toEqual(byName(expected));
  expect(actual.entry).toBe(expected.entry);
  expect(actual.requires.dram).toBe(expected.requires.dram);
  expect(actual.requires.instructions).toBe(expected.requires.instructions);
}

/** Sections where the assembler puts them, the code first and as it aligns it. */
function asLaidOut(image: Image): Image {
  const sections = image.sections.map((section) =>
    section.kind === "code" ? { ...section, alignment: 8 } : section,
  );
  return { ...image, sections };
}

describe("an image that is disassembled and assembled is the same", () => {
  test.each<[string, DisassembleOptions]>([
    ["as it is written", {}],
    ["without aliases", { aliases: false }],
    ["with comments", { addresses: true, source: true }],
  ])("%s", (_, options) => {
    fc.assert(
      fc.property(arbitraryProgram, (program) => {
        const image = asLaidOut(program);
        expectSameProgram(assembled(disassemble(image, options)), image);
      }),
      { numRuns: 120 },
    );
  });

  test("with its data in the image file", () => {
    fc.assert(
      fc.property(arbitraryProgram, fc.nat(40), (program, threshold) => {
        const file = new Uint8Array(Buffer.concat(writeElf(asLaidOut(program))));
        const image = readElf("image.elf", file);
        const text = disassemble(image, { data: dataInImageFile("image.elf", file, threshold) });
        const again = assembled(text, (path) => (path === "image.elf" ? file : undefined));
        expectSameProgram(again, image);
      }),
      { numRuns: 80 },
    );
  });

  test("with zeros for its data, but for the data", () => {
    fc.assert(
      fc.property(arbitraryProgram, (program) => {
        const image = asLaidOut(program);
        const sections = image.sections.map((section) =>
          section.kind === "data" ? { ...section, data: new Uint8Array(section.size) } : section,
        );
        const again = assembled(disassemble(image, { data: "none" }));
        expectSameProgram(again, { ...image, sections });
      }),
      { numRuns: 60 },
    );
  });

  test("twice: the second disassembly is the first", () => {
    fc.assert(
      fc.property(arbitraryProgram, (program) => {
        const text = disassemble(program);
        expect(disassemble(assembled(text))).toBe(text);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the code of an image that the assembler did not lay out stays the same", () => {
  test("whatever its sections, symbols and words are", () => {
    fc.assert(
      fc.property(arbitraryImage, (image) => {
        const again = assembled(disassemble(image));
        expect(codeSection(again)?.data).toEqual(codeSection(image)?.data);
        if (codeSection(image)?.size) expect(again.entry).toBe(image.entry);
      }),
      { numRuns: 120 },
    );
  });

  test("with names that the language cannot write, or not there", () => {
    const [text, data, , zeros] = SAMPLE.sections;
    const names = ["x5", "fixed", ".L1", "a b", "add", "_start", ".data"];
    const image: Image = {
      ...SAMPLE,
      sections: [
        { ...data!, name: "odd name", address: 0x1000 },
        { ...text!, name: "code" },
        { ...zeros!, name: "nulls", address: 0x8000, alignment: 4096 },
      ],
      symbols: names.map((name, i) => ({
        name,
        address: text!.address + 4 * i,
        size: 0,
        kind: "code",
        global: false,
      })),
    };
    const again = assembled(disassemble(image));
    expect(codeSection(again)?.data).toEqual(text!.data);
    expect(again.entry).toBe(image.entry);
    expect(again.sections.map(({ name }) => name)).toEqual([".text", "odd_name", ".bss.nulls"]);
    expect(byName(again).map(({ name, address }) => [name, address])).toEqual([
      ["add", text!.address + 16],
    ]);
  });
});

describe("a program that is assembled and disassembled is the same", () => {
  const read = (path: string) => {
    try {
      return new Uint8Array(readFileSync(path));
    } catch {
      return undefined;
    }
  };
  const programs = readdirSync("programs").filter((name) => name.endsWith(".tasm"));
  test.each(programs)("%s", (name) => {
    const path = `programs/${name}`;
    const { image } = assemble(path, readFileSync(path, "utf8"), { readFile: read });
    expectSameProgram(assembled(disassemble(image!)), image!);
  });
});
