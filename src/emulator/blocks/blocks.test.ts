import { describe, expect, it } from "vitest";
import { BASE, code, TINY } from "../../../test/emulator/images.js";
import { PlainKernel } from "../kernels/plain.js";
import { Machine } from "../machine.js";
import { predecode } from "../program.js";
import { Blocks } from "./blocks.js";

const operations = predecode(
  code([
    ["deq", { rd: 1 }],
    ["addi", { rd: 2, rs1: 1, imm: 5 }],
    ["slli", { rd: 3, rs1: 2, imm: 2 }],
    ["bne", { rs1: 3, rs2: 0, imm: -16 }],
    ["halt"],
  ]),
  TINY,
);
const program = { operations, start: BASE, vlmax: TINY.vlmax };

describe("blocks of a program", () => {
  it("are compiled when they were entered often, and do what their instructions do", () => {
    const blocks = new Blocks(program, 3);
    const entered = Array.from({ length: 4 }, () => blocks.enter(1));
    expect(entered.map((block) => block?.length)).toEqual([undefined, undefined, 3, 3]);
    const machine = new Machine(TINY, new PlainKernel());
    machine.setX(1, 37n);
    machine.pc = BASE + 8;
    entered[2]!.run(machine);
    expect([machine.x[2], machine.x[3], machine.pc]).toEqual([42n, 168n, BASE + 8]);
  });

  it("begin neither at what may wait for the host nor outside of the code", () => {
    const blocks = new Blocks(program, 1);
    for (const index of [0, 4, 5, -1, 0.5]) expect(blocks.enter(index)).toBeUndefined();
    expect(blocks.enter(2)?.length).toBe(2);
  });
});
