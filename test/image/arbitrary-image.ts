import fc from "fast-check";
import {
  type Image,
  type ImageSymbol,
  RESERVED_SECTION_NAMES,
  type Section,
  type SourceLocation,
  TENSOR_TYPES,
  tensorSize,
} from "../../src/image/index.js";
import { MEMORY } from "../../src/isa/index.js";

const name = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
  .filter((text) => !text.includes("\0"));
const path = fc.oneof(
  name,
  fc.constantFrom("a.tasm", "lib/a.tasm", "/a.tasm", "./a.tasm", "../x/y.tasm", "dir/", "<stdin>"),
);
const position = {
  file: path,
  line: fc.integer({ min: 1, max: 1e9 }),
  column: fc.integer({ min: 1, max: 300 }),
};

const location: fc.Arbitrary<SourceLocation> = fc.record(
  {
    ...position,
    expandedFrom: fc.array(fc.record({ macro: name, ...position }), { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ["file", "line", "column"] },
);

/** A section before it has an address, and the bytes that stay free before it. */
type Draft = typeof section extends fc.Arbitrary<infer T> ? T : never;

const section = fc.record({
  name: name.map((text) => `.${text}`),
  kind: fc.constantFrom("data" as const, "zero" as const, "metadata" as const),
  data: fc.uint8Array({ maxLength: 200 }),
  alignment: fc.constantFrom(1, 2, 8, 64, 8192),
  gap: fc.integer({ min: 0, max: 2 ** 24 }),
});

function place(drafts: readonly Draft[]): Section[] {
  let end = 0;
  return drafts.map(({ name, kind, data, alignment, gap }) => {
    if (kind === "metadata") return { name, kind, address: 0, size: data.length, alignment, data };
    const address = Math.ceil((end + gap) / alignment) * alignment;
    const size = kind === "zero" ? data.length * 2 ** 20 : data.length;
    end = address + size;
    return { name, kind, address, size, alignment, ...(kind === "data" && { data }) };
  });
}

function symbols(sections: readonly Section[]): fc.Arbitrary<ImageSymbol[]> {
  const global = fc.boolean();
  const size = fc.nat(1000);
  const anywhere = fc.record({
    name,
    address: fc.nat(2 ** 40),
    size,
    kind: fc.constantFrom("code" as const, "object" as const),
    global,
  });
  const constant = fc.record({
    name,
    address: fc.maxSafeInteger(),
    size: fc.constant(0),
    kind: fc.constant("constant" as const),
    global,
  });
  const homes = sections.filter(({ kind }) => kind === "data" || kind === "zero");
  const shape = fc.array(fc.integer({ min: 0, max: 70 }), { maxLength: 4 });
  const tensor = fc
    .record({ type: fc.constantFrom(...TENSOR_TYPES), shape })
    .chain((tensor): fc.Arbitrary<ImageSymbol> => {
      const bytes = tensorSize(tensor);
      const fitting = homes.filter((home) => home.size > 0 && home.size >= bytes);
      if (fitting.length === 0) return anywhere;
      return fc.record({
        name,
        address: fc.constantFrom(...fitting.map((home) => home.address)),
        size: fc.constant(bytes),
        kind: fc.constant("object" as const),
        global,
        tensor: fc.constant(tensor),
      });
    });
  return fc.array(fc.oneof(anywhere, constant, tensor), { maxLength: 8 });
}

/** Images that obey every rule of the format, symbols in file order (local ones first). */
export const arbitraryImage: fc.Arbitrary<Image> = fc
  .record({
    code: fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { maxLength: 12 }),
    drafts: fc.uniqueArray(section, { selector: (draft) => draft.name, maxLength: 6 }),
    codeName: fc.constantFrom("code", "text"),
    codeAt: fc.nat(6),
  })
  .filter(({ drafts }) => drafts.every((draft) => !RESERVED_SECTION_NAMES.has(draft.name)))
  .chain(({ code, drafts, codeName, codeAt }) => {
    const sections = place(drafts);
    const text: Section = {
      name: codeName,
      kind: "code",
      address: MEMORY.instruction_base,
      size: code.length * 8,
      alignment: 64,
      data: new Uint8Array(BigUint64Array.from(code).buffer),
    };
    const dram = Math.max(
      0,
      ...sections.map((s) => (s.kind === "metadata" ? 0 : s.address + s.size)),
    );
    sections.splice(codeAt, 0, text);
    return fc.record({
      isa: fc.constant({ major: 0, minor: 1 }),
      configuration: name,
      requires: fc.record({
        vlmax: fc.nat(65536),
        dram: fc.nat(1000).map((more) => dram + more),
        instructions: fc.nat(10).map((more) => code.length + more),
        packings: fc.subarray(["t4", "t5", "t9"]),
      }),
      entry: fc
        .nat(Math.max(code.length - 1, 0))
        .map((index) => MEMORY.instruction_base + 8 * index),
      sections: fc.constant(sections),
      symbols: symbols(sections).map((all) =>
        all.toSorted((a, b) => Number(a.global) - Number(b.global)),
      ),
      lines: fc.array(fc.option(location, { nil: undefined }), {
        minLength: code.length,
        maxLength: code.length,
      }),
    });
  });
