import { describe, expect, it } from "vitest";
import { BASE, bytesOf, image, TINY, type Word } from "../../../test/emulator/images.js";
import type { Image } from "../../image/image.js";
import {
  Breakpoints,
  breakpointAddresses,
  Emulator,
  formatTraceEntry,
  Statistics,
  trace,
} from "../index.js";
import type { Observer } from "../observer.js";

const ONE = 2 ** 20;

/** Twice: load 5 elements, quantise, multiply by a 6 x 5 matrix, store; count in x5. */
const PROGRAM: Word[] = [
  ["setvli", { imm: 5 }],
  ["ldv", { rd: 1 }],
  ["quant", { rd: 0, rs1: 1 }],
  ["setvli", { imm: 6 }],
  ["tmatmul.t4", { rd: 2, rs3: 0, imm: 64 }],
  ["sv", { rs2: 2, imm: 256 }],
  ["addi", { rd: 5, rs1: 5, imm: 1 }],
  ["sd", { rs2: 5, imm: 512 }],
  ["slti", { rd: 6, rs1: 5, imm: 2 }],
  ["bne", { rs1: 6, imm: -72 }],
  ["halt"],
];

const IMAGE: Image = image(
  PROGRAM,
  {
    0: bytesOf(Int32Array.of(ONE, -ONE / 2, 0, 3 * ONE, 2 * ONE)),
    64: new Uint8Array(128).fill(1),
  },
  {
    symbols: [
      { name: "_start", address: BASE, size: 0, kind: "code", global: true },
      { name: "count", address: BASE + 48, size: 0, kind: "code", global: false },
      { name: "data", address: 0, size: 20, kind: "object", global: false },
    ],
  },
);

async function ready(...observers: Observer[]) {
  const emulator = new Emulator({ configuration: TINY });
  await emulator.load(IMAGE);
  return { emulator, detach: observers.map((observer) => emulator.attach(observer)) };
}

describe("statistics", () => {
  it("count instructions, multiply-adds and bytes", async () => {
    const statistics = new Statistics();
    const { emulator } = await ready(statistics);
    expect(await emulator.run()).toEqual({ reason: "halted" });
    expect(statistics.report()).toEqual({
      instructions: 21,
      byInstruction: {
        setvli: 4,
        addi: 2,
        bne: 2,
        ldv: 2,
        quant: 2,
        sd: 2,
        slti: 2,
        sv: 2,
        "tmatmul.t4": 2,
        halt: 1,
      },
      byUnit: { control: 11, lsu: 6, rms: 2, tmatmul: 2 },
      multiplyAdds: 60,
      traffic: {
        "weights read": 256, // two row groups of one line, twice
        "vectors read": 40,
        "vectors written": 48,
        "scalars read": 0,
        "scalars written": 16,
      },
    });
    expect(await emulator.instructionsRetired()).toBe(21);
  });
  it("count only while attached", async () => {
    const statistics = new Statistics();
    const { emulator, detach } = await ready(statistics);
    await emulator.run({ maxSteps: 3 });
    detach[0]!();
    await emulator.run();
    expect(statistics.report().instructions).toBe(3);
  });
});

describe("a trace", () => {
  it("has a line for every instruction", async () => {
    const lines: string[] = [];
    const { emulator } = await ready(trace(IMAGE, (entry) => lines.push(formatTraceEntry(entry))));
    await emulator.run({ maxSteps: 10 });
    expect(lines.map((line) => line.replaceAll(/ {2,}/g, "  ").trim())).toEqual([
      "1  4000000000  _start  setvli 5  vl = 5  # test.tasm:1",
      "2  4000000008  _start+0x8  ldv v1, 0(x0)  v1 = [1 -0.5 0 3 ... 5]  # test.tasm:2",
      "3  4000000010  _start+0x10  quant q0, v1  q0 = [42 -21 0 127 ... 5] absmax 3  # test.tasm:3",
      "4  4000000018  _start+0x18  setvli 6  vl = 6  # test.tasm:4",
      "5  4000000020  _start+0x20  tmatmul.t4 v2, q0, 64(x0)  v2 = [5.50394 0 0 0 ... 6]  # test.tasm:5",
      "6  4000000028  _start+0x28  sv 256(x0), v2  M[0x100] = [5.50394 0 0 0 ... 6]  # test.tasm:6",
      "7  4000000030  count  addi x5, x5, 1  x5 = 1  # test.tasm:7",
      "8  4000000038  count+0x8  sd 512(x0), x5  M[0x200] = 1  # test.tasm:8",
      "9  4000000040  count+0x10  slti x6, x5, 2  x6 = 1  # test.tasm:9",
      "10  4000000048  count+0x18  bnez x6, _start  # test.tasm:10",
    ]);
  });
});

describe("breakpoints", () => {
  it("stop in front of the instruction, every time, and let the run go on", async () => {
    const { emulator } = await ready(new Breakpoints([BASE + 48, BASE + 80]));
    for (const [pc, retired] of [
      [48, 6],
      [48, 16],
      [80, 20],
    ] as const) {
      expect(await emulator.run()).toEqual({ reason: "break" });
      expect([emulator.machine.pc, emulator.machine.retired]).toEqual([BASE + pc, retired]);
    }
    expect(await emulator.run()).toEqual({ reason: "halted" });
  });
  it("stop every time in a loop of one instruction", async () => {
    const emulator = new Emulator({ configuration: TINY });
    await emulator.load(image([["jal", { imm: 0 }]]));
    emulator.attach(new Breakpoints([BASE]));
    for (const retired of [0, 1, 2]) {
      expect(await emulator.run({ maxSteps: 5 })).toEqual({ reason: "break" });
      expect(emulator.machine.retired).toBe(retired);
    }
  });
  it("stop once at an instruction that waits", async () => {
    const emulator = new Emulator({ configuration: TINY });
    await emulator.load(image([["deq", { rd: 5 }], ["halt"]]));
    emulator.attach(new Breakpoints([BASE]));
    expect(await emulator.run()).toEqual({ reason: "break" });
    expect(await emulator.run()).toEqual({ reason: "input" });
    await emulator.pushInput([1n]);
    expect(await emulator.run()).toEqual({ reason: "halted" });
  });
  it.each([
    ["0x4000000010", [16]],
    ["274877906960", [16]],
    ["count", [48]],
    ["count+8", [56]],
    ["_start+0x10", [16]],
    ["test.tasm:3", [16]],
  ])("are found by %s", (place, offsets) => {
    expect(breakpointAddresses(IMAGE, place)).toEqual(offsets.map((offset) => BASE + offset));
  });
  it("of a line hold its first instruction, and a macro's call its expansion", () => {
    const macro = { macro: "m", file: "a/main.tasm", line: 7, column: 1 };
    const body = (line: number) => ({
      file: "a/macros.tasm",
      line,
      column: 1,
      expandedFrom: [macro],
    });
    const lines = [1, 1, 2].map(body).concat(body(1));
    const changed = { ...IMAGE, lines };
    const at = (place: string) => breakpointAddresses(changed, place).map((a) => a - BASE);
    expect(at("macros.tasm:1")).toEqual([0, 24]);
    expect(at("a/main.tasm:7")).toEqual([0]);
  });
  it.each([
    ["cout", /no label "cout"/, 'did you mean "count"?'],
    ["0x10", /no instruction stands at 0x10/, /begin at 0x4000000000/],
    ["count+4", /no instruction stands at count\+4/, /every 8 bytes/],
    ["test.tasm:99", /no instruction comes from test.tasm:99/, /give a line/],
  ])("at %s are refused", (place, message, help) => {
    expect(() => breakpointAddresses(IMAGE, place)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(message),
        help: expect.stringMatching(help),
      }),
    );
  });
});
