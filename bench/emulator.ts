/**
 * How fast the emulator is: npx tsx bench/emulator.ts
 * Rates are per second of CPU time, so that they hold on a busy machine.
 */
import { Emulator, PlainKernel, Statistics } from "../src/emulator/index.js";
import type { Image } from "../src/image/image.js";
import {
  encode,
  type Fields,
  type InstructionId,
  ISA,
  instruction,
  MEMORY,
} from "../src/isa/index.js";
import { type Packing, pack, tritsPerByte, unpack } from "../src/ternary/packing.js";

/** CPU seconds that `work` takes, the best of three after a warm-up. */
async function seconds(work: () => unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 4; round++) {
    const start = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(start);
    if (round > 0) best = Math.min(best, (user + system) / 1e6);
  }
  return best;
}

function program(words: readonly [InstructionId, Fields?][]): Image {
  const code = new Uint8Array(8 * words.length);
  const view = new DataView(code.buffer);
  for (const [i, [id, fields = {}]] of words.entries())
    view.setBigUint64(8 * i, encode({ spec: instruction(id), fields }), true);
  return {
    isa: ISA,
    configuration: "d5005",
    requires: { vlmax: 8192, dram: 0, instructions: words.length, packings: [] },
    entry: MEMORY.instruction_base,
    sections: [
      {
        name: ".text",
        kind: "code",
        address: MEMORY.instruction_base,
        size: code.length,
        data: code,
        alignment: 8,
      },
    ],
    symbols: [],
    lines: [],
  };
}

function show(name: string, value: number, unit: string): void {
  console.log(`${name.padEnd(34)} ${value.toFixed(2).padStart(9)} ${unit}`);
}

/** `body` in a loop of `count` turns. */
async function loop(body: readonly [InstructionId, Fields?][], count: number, statistics = false) {
  const emulator = new Emulator();
  if (statistics) emulator.attach(new Statistics());
  const image = program([
    ["setvli", { imm: 1024 }],
    ["li", { rd: 5, imm48: count }],
    ...body,
    ["addi", { rd: 5, rs1: 5, imm: -1 }],
    ["bne", { rs1: 5, rs2: 0, imm: -8 * (body.length + 1) }],
    ["halt"],
  ]);
  return seconds(async () => {
    await emulator.load(image);
    await emulator.run();
  });
}

const SCALAR: readonly [InstructionId, Fields?][] = [
  ["add", { rd: 6, rs1: 6, rs2: 5 }],
  ["slli", { rd: 7, rs1: 5, imm: 3 }],
  ["ld", { rd: 8, imm: 64 }],
  ["sd", { rs2: 6, imm: 72 }],
];
const TURNS = 300_000;
const scalarInstructions = (TURNS * (SCALAR.length + 2)) / 1e6;
show("scalar code", scalarInstructions / (await loop(SCALAR, TURNS)), "M instructions/s");
show(
  "the same with statistics",
  scalarInstructions / (await loop(SCALAR, TURNS, true)),
  "M instructions/s",
);

for (const id of [
  "ldv",
  "sv",
  "add.vv",
  "mul.vv",
  "div.vv",
  "exp",
  "silu",
  "norm",
  "quant",
] as const) {
  const turns = 100_000;
  const time = await loop([[id, {}]], turns);
  show(`${id}, 1024 elements`, (turns * 1024) / 1e6 / time, "M elements/s");
}

/** The loop that a decoded copy of the weights allows, one int8 a trit. */
function multiplyDecoded(trits: Int8Array, values: Int8Array, sums: Int32Array): void {
  const columns = values.length;
  for (let row = 0; row < sums.length; row++) {
    let sum = 0;
    for (let k = 0; k < columns; k++) sum += trits[row * columns + k]! * values[k]!;
    sums[row] = sum;
  }
}

for (const [rows, columns] of [
  [256, 256],
  [1024, 1024],
  [5632, 1024],
] as const) {
  const trits = Int8Array.from(
    { length: rows * columns },
    (_, i) => ((Math.imul(i, 0x9e3779b1) >>> 9) % 3) - 1,
  );
  const values = Int8Array.from({ length: columns }, (_, k) => ((k * 37) % 255) - 127);
  const sums = new Int32Array(rows);
  const turns = Math.ceil(2e8 / (rows * columns));
  const rate = async (work: () => void) => {
    const time = await seconds(() => {
      for (let i = 0; i < turns; i++) work();
    });
    return (turns * rows * columns) / 1e9 / time;
  };
  const shape = `${rows} x ${columns}`;
  for (const packing of ["t4", "t5"] as readonly Packing[]) {
    const kernel = new PlainKernel();
    const weights = pack(trits, rows, columns, packing);
    const groups = Math.ceil(rows / tritsPerByte(packing));
    const packed = await rate(() => {
      kernel.prepare({ values, columns });
      kernel.accumulate(packing, weights, groups, columns, sums, 0);
    });
    show(`tmatmul.${packing} ${shape}`, packed, "G multiply-adds/s");
  }
  const decoded = unpack(pack(trits, rows, columns, "t4"), rows, columns, "t4");
  show(
    `decoded to int8 ${shape}`,
    await rate(() => multiplyDecoded(decoded, values, sums)),
    "G multiply-adds/s",
  );
}
