import type { Image } from "../../src/image/index.js";
import { encode, instruction, MEMORY } from "../../src/isa/index.js";

const BASE = MEMORY.instruction_base;

function code(...words: bigint[]): Uint8Array {
  return new Uint8Array(BigUint64Array.from(words).buffer);
}

/** An image with one of everything: two data sections, zeros, metadata, tensors, macro lines. */
export const SAMPLE: Image = {
  isa: { major: 0, minor: 1 },
  configuration: "tiny",
  requires: { vlmax: 64, dram: 0x400, instructions: 4, packings: ["t4"] },
  entry: BASE + 8,
  sections: [
    {
      name: ".text",
      kind: "code",
      address: BASE,
      size: 32,
      alignment: 8,
      data: code(
        encode({ spec: instruction("addi"), fields: {} }),
        encode({ spec: instruction("setvli"), fields: { imm: 64 } }),
        encode({ spec: instruction("ldv"), fields: { rd: 1, imm: 0x40 } }),
        encode({ spec: instruction("halt"), fields: {} }),
      ),
    },
    {
      name: ".data",
      kind: "data",
      address: 0,
      size: 320,
      alignment: 64,
      data: Uint8Array.from({ length: 320 }, (_, i) => i & 0xff),
    },
    {
      name: ".weights",
      kind: "data",
      address: 0x140,
      size: 128,
      alignment: 64,
      data: new Uint8Array(128).fill(1),
    },
    { name: ".bss", kind: "zero", address: 0x200, size: 0x200, alignment: 64 },
    {
      name: ".ternac.model",
      kind: "metadata",
      address: 0,
      size: 2,
      alignment: 1,
      data: new TextEncoder().encode("{}"),
    },
  ],
  symbols: [
    { name: "loop", address: BASE + 16, size: 0, kind: "code", global: false },
    { name: "width", address: -3, size: 0, kind: "constant", global: false },
    { name: "_start", address: BASE + 8, size: 24, kind: "code", global: true },
    {
      name: "x",
      address: 0x40,
      size: 256,
      kind: "object",
      global: true,
      tensor: { type: "q", shape: [64] },
    },
    {
      name: "weights",
      address: 0x140,
      size: 128,
      kind: "object",
      global: true,
      tensor: { type: "t4", shape: [5, 3] },
    },
    { name: "end", address: 0x400, size: 0, kind: "object", global: true },
  ],
  lines: [
    { file: "kernels/add.tasm", line: 3, column: 5 },
    {
      file: "lib/macros.tasm",
      line: 200,
      column: 3,
      expandedFrom: [
        { macro: "inner", file: "lib/macros.tasm", line: 17, column: 9 },
        { macro: "outer", file: "kernels/add.tasm", line: 4, column: 5 },
      ],
    },
    undefined,
    { file: "kernels/add.tasm", line: 5, column: 5 },
  ],
};
