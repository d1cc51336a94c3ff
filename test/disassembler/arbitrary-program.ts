import fc from "fast-check";
import {
  type Image,
  type ImageSymbol,
  type Section,
  TENSOR_TYPES,
  tensorSize,
} from "../../src/image/index.js";
import {
  decode,
  encode,
  type FieldName,
  INSTRUCTIONS,
  type InstructionSpec,
  ISA,
  instruction,
  MEMORY,
  operandRange,
  PACKINGS,
  REGISTERS,
} from "../../src/isa/index.js";

const BASE = MEMORY.instruction_base;
const LINE = MEMORY.line_bytes;

/** Legal words, targets inside a program of `count` words where `index` is the word's place. */
function legalWord(index: number, count: number): fc.Arbitrary<bigint> {
  return fc.constantFrom(...INSTRUCTIONS).chain(({ id }) => {
    const spec: InstructionSpec = instruction(id);
    const fields: Partial<Record<FieldName, fc.Arbitrary<number>>> = {};
    for (const operand of spec.operands) {
      const { min, max } = operandRange(operand);
      const edges = fc.constantFrom(...[0, 1, -1, min, max].filter((n) => n >= min && n <= max));
      fields[operand.field as FieldName] =
        operand.kind === "target"
          ? fc.integer({ min: -index, max: count - 1 - index }).map((words) => words * 8)
          : fc.oneof(edges, fc.integer({ min, max }));
      if (operand.base) fields[operand.base as FieldName] = fc.nat(REGISTERS.x.count - 1);
    }
    return fc.record(fields).map((values) => {
      try {
        return encode({ spec: instruction(id), fields: values });
      } catch {
        return encode({ spec: instruction("halt"), fields: {} });
      }
    });
  });
}

/** Any word, legal more often than chance would have it. */
function anyWord(index: number, count: number): fc.Arbitrary<bigint> {
  const random = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).filter((word) => {
    const decoded = decode(word);
    return "illegal" in decoded || !decoded.spec.operands.some(({ kind }) => kind === "target");
  });
  return fc.oneof(
    { weight: 9, arbitrary: legalWord(index, count) },
    { weight: 1, arbitrary: random },
  );
}

const codeWords = fc
  .integer({ min: 1, max: 30 })
  .chain((count) =>
    fc.tuple(...Array.from({ length: count }, (_, index) => anyWord(index, count))),
  );

/** Bytes as programs have them: noise, text, zeros, in runs. */
const contents = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 24 }),
      fc.string({ maxLength: 40 }).map((text) => new TextEncoder().encode(text)),
      fc.nat(120).map((length) => new Uint8Array(length)),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => new Uint8Array(Buffer.concat(parts)))
  .filter(({ length }) => length > 0);

const tensor = fc
  .record({
    type: fc.constantFrom(...TENSOR_TYPES),
    shape: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }),
  })
  .chain((tensor) => {
    const size = tensorSize(tensor);
    const trits = fc.uint8Array({
      minLength: size,
      maxLength: size,
      max: tensor.type in PACKINGS ? 1 : 255,
    });
    return trits.map((bytes) => ({ tensor, bytes }));
  });

const name = fc.stringMatching(/^[a-wyzA-WYZ][\w.]{3,10}$/);

/** The parts of a data section, each behind a label. */
const parts = fc.array(
  fc.oneof(
    contents.map((bytes) => ({ bytes })),
    tensor,
  ),
  { minLength: 1, maxLength: 4 },
);

/** Images as the assembler lays them out, with illegal words, labels, tensors and constants. */
export const arbitraryProgram: fc.Arbitrary<Image> = fc
  .record({
    words: codeWords,
    names: fc.uniqueArray(name, { minLength: 24, maxLength: 24 }),
    globals: fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
    data: fc.array(parts, { maxLength: 2 }),
    zero: fc.option(fc.integer({ min: 1, max: 2 ** 32 }), { nil: undefined }),
    metadata: fc.option(contents, { nil: undefined }),
    codeLabels: fc.uniqueArray(fc.nat(29), { maxLength: 4 }),
    constants: fc.array(fc.maxSafeInteger(), { maxLength: 3 }),
    entry: fc.nat(29),
  })
  .map(({ words, names, globals, data, zero, metadata, codeLabels, constants, entry }) => {
    const symbols: ImageSymbol[] = [];
    const define = (symbol: Pick<ImageSymbol, "address" | "size" | "kind" | "tensor">) =>
      symbols.push({
        name: names[symbols.length]!,
        global: globals[symbols.length]!,
        ...symbol,
      });
    const code = new Uint8Array(BigUint64Array.from(words).buffer);
    const sections: Section[] = [
      {
        name: ".text",
        kind: "code",
        address: BASE,
        size: code.length,
        alignment: LINE,
        data: code,
      },
    ];
    for (const index of codeLabels.filter((index) => index < words.length))
      define({ address: BASE + 8 * index, size: 0, kind: "code" });
    for (const value of constants) define({ address: value, size: 0, kind: "constant" });
    let end = 0;
    for (const [i, pieces] of data.entries()) {
      const address = Math.ceil(end / LINE) * LINE;
      const chunks: Uint8Array[] = [];
      end = address;
      for (const piece of pieces) {
        const { bytes } = piece;
        const padding = "tensor" in piece ? (LINE - (end % LINE)) % LINE : 0;
        chunks.push(new Uint8Array(padding), bytes);
        end += padding;
        define({
          address: end,
          size: "tensor" in piece ? bytes.length : 0,
          kind: "object",
          ...("tensor" in piece && { tensor: piece.tensor }),
        });
        end += bytes.length;
      }
      const bytes = new Uint8Array(Buffer.concat(chunks));
      sections.push({
        name: [".data", ".weights"][i]!,
        kind: "data",
        address,
        size: bytes.length,
        alignment: LINE,
        data: bytes,
      });
    }
    if (zero !== undefined) {
      const address = Math.ceil(end / LINE) * LINE;
      sections.push({ name: ".bss", kind: "zero", address, size: zero, alignment: LINE });
      define({ address, size: 0, kind: "object" });
      end = address + zero;
    }
    if (metadata)
      sections.push({
        name: ".notes",
        kind: "metadata",
        address: 0,
        size: metadata.length,
        alignment: 1,
        data: metadata,
      });
    return {
      isa: { major: ISA.major, minor: ISA.minor },
      configuration: "d5005",
      requires: { vlmax: 0, dram: end, instructions: words.length, packings: [] },
      entry: BASE + 8 * (entry % words.length),
      sections,
      symbols,
      lines: words.map(() => undefined),
    };
  });
