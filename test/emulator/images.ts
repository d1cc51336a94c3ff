/** Images made by hand from instructions and bytes, for tests that must not need the assembler. */
import type { Image } from "../../src/image/image.js";
import {
  CONFIGURATIONS,
  encode,
  type Fields,
  type InstructionId,
  ISA,
  instruction,
  MEMORY,
} from "../../src/isa/index.js";

export const TINY = CONFIGURATIONS.find(({ name }) => name === "tiny")!;
export const BASE = MEMORY.instruction_base;

/** An instruction, or a raw word. */
export type Word = readonly [InstructionId, Fields?] | bigint;

export function code(words: readonly Word[]): Uint8Array {
  const bytes = new Uint8Array(8 * words.length);
  const view = new DataView(bytes.buffer);
  for (const [i, word] of words.entries())
    view.setBigUint64(
      8 * i,
      typeof word === "bigint"
        ? word
        : encode({ spec: instruction(word[0]), fields: word[1] ?? {} }),
      true,
    );
  return bytes;
}

/** @param data bytes by their DRAM address */
export function image(
  words: readonly Word[],
  data: Readonly<Record<number, Uint8Array>> = {},
  changes: Partial<Image> = {},
): Image {
  const text = code(words);
  return {
    isa: ISA,
    configuration: "tiny",
    requires: { vlmax: 1, dram: TINY.dram, instructions: words.length, packings: [] },
    entry: BASE,
    sections: [
      ...Object.entries(data).map(([address, bytes], i) => ({
        name: `.data${i}`,
        kind: "data" as const,
        address: Number(address),
        size: bytes.length,
        data: bytes,
        alignment: 64,
      })),
      { name: ".text", kind: "code", address: BASE, size: text.length, data: text, alignment: 8 },
    ],
    symbols: [],
    lines: words.map((_, i) => ({ file: "test.tasm", line: i + 1, column: 1 })),
    ...changes,
  };
}

export function bytesOf(values: Int32Array | Int16Array | Int8Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

export function elements(bytes: Uint8Array): Int32Array {
  return new Int32Array(bytes.slice().buffer);
}
