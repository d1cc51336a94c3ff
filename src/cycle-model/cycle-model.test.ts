import { describe, expect, it } from "vitest";
import { image, type Word } from "../../test/emulator/images.js";
import { Emulator } from "../emulator/index.js";
import { findConfiguration, LATENCIES } from "../isa/index.js";
import { type CycleEvent, CycleModel } from "./index.js";

const D5005 = findConfiguration("d5005")!;
const { front, rowwise } = LATENCIES;

async function timed(words: readonly Word[]) {
  const emulator = new Emulator({ configuration: D5005, threads: 1 });
  const events: CycleEvent[] = [];
  const model = new CycleModel(D5005, (event) => events.push(event));
  emulator.attach(model);
  await emulator.load(image(words));
  await emulator.run();
  const report = model.report();
  const of = (kind: CycleEvent["kind"], sequence: number) =>
    events.find((event) => event.kind === kind && event.sequence === sequence)!;
  return {
    report,
    retired: (sequence: number) => of("retired", sequence).clock,
    ran: (sequence: number) => of("ran", sequence) as Extract<CycleEvent, { kind: "ran" }>,
  };
}

describe("the cycle model", () => {
  it("takes the front end's clocks for scalar code, and more for a jump", async () => {
    const { retired, report } = await timed([
      ["addi", { rd: 1, rs1: 0, imm: 1 }],
      ["beq", { rs1: 0, rs2: 0, imm: 16 }],
      ["addi", { rd: 1, rs1: 0, imm: 1 }],
      ["mul", { rd: 2, rs1: 1, rs2: 1 }],
      ["halt", {}],
    ]);
    expect(retired(0)).toBe(front.instruction);
    expect(retired(1) - retired(0)).toBe(front.instruction + front.jump);
    expect(retired(2) - retired(1)).toBe(front.instruction + front.multiply);
    expect(report.instructions).toBe(4);
  });

  it("holds an instruction until its registers are free, and says so", async () => {
    const { ran, report } = await timed([
      ["setvli", { imm: 640 }],
      ["splat", { rd: 1, rs1: 0 }],
      ["quant", { rd: 0, rs1: 1 }],
      ["halt", {}],
    ]);
    expect(ran(1).clock - ran(1).start).toBe(10 + rowwise.depth);
    expect(ran(2).start).toBe(ran(1).clock + 1);
    expect(report.issue.register).toBeGreaterThan(0);
    expect(report.units.rowwise.busy).toBe(ran(1).clock + 1 - ran(1).start);
  });

  it("lets units overlap that share no register", async () => {
    const { ran } = await timed([
      ["setvli", { imm: 640 }],
      ["splat", { rd: 1, rs1: 0 }],
      ["quant", { rd: 0, rs1: 2 }],
      ["halt", {}],
    ]);
    expect(ran(2).start).toBeLessThan(ran(1).clock);
  });

  it("accounts for every clock of every unit", async () => {
    const { report } = await timed([
      ["setvli", { imm: 100 }],
      ["ldv", { rd: 1, rs1: 0, imm: 0 }],
      ["quant", { rd: 0, rs1: 1 }],
      ["tmatmul.t4", { rd: 2, rs3: 0, rs1: 0, imm: 4096, rs2: 0 }],
      ["sv", { rs2: 2, rs1: 0, imm: 8192 }],
      ["lw", { rd: 3, rs1: 0, imm: 8192 }],
      ["add", { rd: 3, rs1: 3, rs2: 3 }],
      ["halt", {}],
    ]);
    for (const unit of Object.values(report.units))
      expect(Object.values(unit).reduce((sum, clocks) => sum + clocks, 0)).toBe(report.clocks);
    expect(report.front["memory order"]).toBeGreaterThan(0); // lw reads what sv wrote
    expect(report.front["scalar pending"]).toBeGreaterThan(0);
    expect(report.dram.bytes.weights).toBe(Math.ceil(100 / 4) * 128);
    expect(report.ternary.streaming).toBeGreaterThan(0);
  });
});
