import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assemble } from "../../src/assembler/index.js";
import { formatInstruction } from "../../src/disassembler/index.js";
import { ALIASES, encode, INSTRUCTIONS, type Instruction, MEMORY } from "../../src/isa/index.js";
import { anyInstruction } from "../isa/arbitrary.js";

const options = { readFile: () => undefined };
const WORD = 8;

function words(source: string): bigint[] {
  const { image, diagnostics } = assemble("i.tasm", source, options);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const { data } = image!.sections.find(({ kind }) => kind === "code")!;
  const view = new DataView(data!.buffer, data!.byteOffset, data!.length);
  return Array.from({ length: data!.length / WORD }, (_, i) => view.getBigUint64(i * WORD, true));
}

/** Targets inside a program of a few words. */
function near({ spec, fields }: Instruction): Instruction {
  if (!spec.operands.some(({ kind }) => kind === "target")) return { spec, fields };
  return { spec, fields: { ...fields, imm: ((fields.imm ?? 0) % 3) * WORD } };
}

describe("instructions", () => {
  test("written out and assembled are the words that they encode to", () => {
    const padding = "    nop\n    nop\n";
    const program = fc.array(anyInstruction().map(near), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(program, fc.boolean(), (instructions, aliases) => {
        const lines = instructions.map((i) => `    ${formatInstruction(i, { aliases })}`);
        const found = words(`${padding}${lines.join("\n")}\n${padding}`);
        expect(found.slice(2, -2)).toEqual(instructions.map(encode));
      }),
      { numRuns: 300 },
    );
  });

  test.each(INSTRUCTIONS.map(({ syntax }) => syntax))(
    "%s is assembled from its syntax",
    (syntax) => {
      const spec = INSTRUCTIONS.find((row) => row.syntax === syntax)!;
      const source = written(spec.mnemonic, spec.operands);
      expect(words(source)).toHaveLength(1);
      expect(words(source)[0]! & 0xffn).toBe(BigInt(spec.opcode));
    },
  );

  test.each(ALIASES.map((alias) => [alias.syntax, alias] as const))("%s expands", (_, alias) => {
    const source = written(alias.mnemonic, alias.operands);
    const values = new Map(alias.operands.map(({ name }, i) => [name, sample(i, alias.operands)]));
    const expansion = alias.expands
      .map((line) => line.replace(/\{(\w+)\}/g, (_match, name) => values.get(name)!))
      .join("\n");
    expect(words(source)).toEqual(words(expansion));
    expect(words(source)).toHaveLength(alias.expands.length);
  });

  test("targets are relative to the instruction", () => {
    const [word] = words("    jal x0, next\nnext: halt\n");
    expect(BigInt.asIntN(32, word! >> 32n)).toBe(8n);
    const [, back] = words(`first: nop\n    j ${MEMORY.instruction_base}\n    halt\n`);
    expect(BigInt.asIntN(32, back! >> 32n)).toBe(-8n);
  });
});

function written(mnemonic: string, operands: Instruction["spec"]["operands"]): string {
  return `    ${mnemonic} ${operands.map((_, i) => sample(i, operands)).join(", ")}\n`;
}

/** A value for an operand, different for each operand. */
function sample(index: number, operands: Instruction["spec"]["operands"]): string {
  switch (operands[index]!.kind) {
    case "v":
    case "q":
    case "x":
      return `${operands[index]!.kind}${index + 1}`;
    case "mem":
      return `${64 * index}(x7)`;
    case "target":
      return ".";
    case "csr":
      return "vlmax";
    case "imm":
      return String(index + 5);
  }
}
