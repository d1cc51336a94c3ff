import { BASE, TINY, type Word } from "../emulator/images.js";
import type { ScalarProgram } from "./scalar-program.js";

/** Directed programs: every trap, wherever it can come from. */
export function directedPrograms(): ScalarProgram[] {
  const host = { entry: 0, inputs: [], closes: true, takes: true, steps: 100, cut: 0 };
  const li = (rd: number, imm48: number): Word => ["li", { rd, imm48 }];
  const bodies: Word[][] = [
    [["trap", { imm: 0xffffffff }]],
    [["deq", { rd: 5 }]],
    [0x12345678_000000ffn],
    [["setvli", { imm: 0 }]],
    [li(5, -1), ["setvl", { rs1: 5 }]],
    [["tmatmul.t4", { rd: 0, rs3: 2, rs1: 1, rs2: 0, imm: 1 }]],
    [
      ["quant", { rd: 2, rs1: 0 }],
      ["tmatmul.t4", { rd: 0, rs3: 2, rs1: 1, rs2: 0, imm: 1 }],
    ],
    // A matrix whose last line is the last of DRAM, then one that ends behind it.
    [
      ["setvli", { imm: TINY.vlmax }],
      ["quant", { rd: 1, rs1: 0 }],
      ["setvli", { imm: 11 }],
      li(5, TINY.dram - 3 * TINY.vlmax),
      ["tmatmul.t5", { rd: 0, rs3: 1, rs1: 5, rs2: 0, imm: 0 }],
      ["tmatmul.t4", { rd: 0, rs3: 1, rs1: 5, rs2: 0, imm: 0 }],
      ["setvli", { imm: 16 }],
      ["tmatmul.t5", { rd: 0, rs3: 1, rs1: 5, rs2: 0, imm: 0 }],
    ],
    // The same for vectors and scalars.
    [
      ["setvli", { imm: 33 }],
      li(5, TINY.dram - 192),
      ["sv", { rs1: 5, rs2: 1, imm: 0 }],
      ["ldv.h", { rd: 4, rs1: 5, rs3: 0, imm: 64 }],
      ["ldv.b", { rd: 4, rs1: 5, rs3: 0, imm: 128 }],
      ["sv", { rs1: 5, rs2: 1, imm: 64 }],
    ],
    [li(5, TINY.dram), ["sd", { rs1: 5, rs2: 5, imm: -8 }], ["lw", { rd: 6, rs1: 5, imm: 0 }]],
    [li(5, -8), ["ld", { rd: 6, rs1: 5, imm: 8 }], ["ld", { rd: 6, rs1: 5, imm: 0 }]],
    [li(5, TINY.dram), ["ldv", { rd: 6, rs1: 5, imm: 1 }]],
    [["jal", { rd: 1, imm: 12 }]],
    [["jal", { rd: 1, imm: -8 }]],
    [["jal", { rd: 1, imm: 16 }]],
    [["jal", { rd: 1, imm: 8 }]],
    [li(5, BASE), ["jalr", { rd: 5, rs1: 5, imm: 32 }]],
    [li(5, 0), ["jalr", { rd: 5, rs1: 5, imm: -8 }]],
    [
      ["bne", { rs1: 1, rs2: 1, imm: 4 }],
      ["beq", { rs1: 1, rs2: 1, imm: 4 }],
    ],
    // An unwritten argument of a pending load: the trap waits for it, and for what is older.
    [
      li(5, 3),
      ["sd", { rs1: 0, rs2: 5, imm: 128 }],
      ["ld", { rd: 6, rs1: 0, imm: 128 }],
      ["ldv", { rd: 0, rs1: 6, imm: 61 }],
      ["ldv", { rd: 0, rs1: 6, imm: 62 }],
    ],
  ];
  return bodies.map((words) => ({ ...host, words }));
}
