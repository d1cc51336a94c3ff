/** Random programs for the front end: every instruction, every trap, memory that is used again soon. */
import fc from "fast-check";
import { type Fields, type InstructionId, MEMORY } from "../../src/isa/index.js";
import { TINY, type Word } from "../emulator/images.js";

export interface ScalarProgram {
  readonly words: readonly Word[];
  readonly entry: number;
  readonly inputs: readonly bigint[];
  /** The host closes the input queue behind `inputs`. */
  readonly closes: boolean;
  /** The host takes output. */
  readonly takes: boolean;
  /** Instructions to run at most. */
  readonly steps: number;
  /** Clocks after which a first attempt is cut off by a reset; 0: none. */
  readonly cut: number;
}

const { dram, vlmax } = TINY;

/** What the first instructions put into registers. x1 .. x9 are read only; x10 .. x15 change. */
const LOW = 1;
const HIGH = 2;
const END = 3;
const ODD = 4;
const COUNTER = 31;

const word = (id: InstructionId, fields: Fields = {}): Word => [id, fields];
const li = (rd: number, imm48: number) => word("li", { rd, imm48 });

const source = fc.integer({ min: 0, max: 15 });
const target = fc.oneof(fc.integer({ min: 10, max: 15 }), fc.constant(0));
const changing = fc.integer({ min: 10, max: 15 });
/** Vector registers whose contents the bench models, and others. */
const modelled = fc.integer({ min: 0, max: 3 });
const other = fc.integer({ min: 4, max: 7 });
const imm32 = fc.oneof(
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.integer({ min: -9, max: 9 }),
);
const base = fc.constantFrom(LOW, HIGH, END);
const line = fc.nat(15).map((n) => n * MEMORY.line_bytes);

function fields(id: InstructionId, record: { [K in keyof Fields]: fc.Arbitrary<number> }) {
  return fc.record(record).map((values) => word(id, values as Fields));
}

const registerOps = ["add", "sub", "mul", "and", "or", "xor", "sll", "srl", "sra", "slt", "sltu"];
const immediateOps = ["addi", "andi", "ori", "xori", "slti"];
const binaryOps = ["add.vv", "sub.vv", "mul.vv", "div.vv"];

const scalar = fc.oneof(
  fc
    .constantFrom(...(registerOps as InstructionId[]))
    .chain((id) => fields(id, { rd: target, rs1: source, rs2: source })),
  fc
    .constantFrom(...(immediateOps as InstructionId[]))
    .chain((id) => fields(id, { rd: target, rs1: source, imm: imm32 })),
  fc
    .constantFrom("slli" as const, "srli" as const, "srai" as const)
    .chain((id) => fields(id, { rd: target, rs1: source, imm: fc.nat(63) })),
  fields("li", { rd: target, imm48: fc.integer({ min: -(2 ** 47), max: 2 ** 47 - 1 }) }),
  fields("csrr", { rd: target, imm: fc.nat(5) }),
);

const scalarMemory = fc.oneof(
  fields("lw", { rd: target, rs1: base, imm: fc.nat(127).map((n) => 4 * n) }),
  fields("ld", { rd: target, rs1: base, imm: fc.nat(63).map((n) => 8 * n) }),
  fields("sw", { rs1: base, rs2: source, imm: fc.nat(127).map((n) => 4 * n) }),
  fields("sd", { rs1: base, rs2: source, imm: fc.nat(63).map((n) => 8 * n) }),
);

const vector = fc.oneof(
  fields("ldv", { rd: modelled, rs1: base, imm: line }),
  fields("sv", { rs1: base, rs2: modelled, imm: line }),
  fields("splat", { rd: modelled, rs1: source }),
  fields("ldv.h", { rd: other, rs1: base, imm: line, rs3: fc.nat(31) }),
  fields("ldv.b", { rd: other, rs1: base, imm: line, rs3: fc.nat(31) }),
  fc
    .constantFrom(...(binaryOps as InstructionId[]))
    .chain((id) => fields(id, { rd: other, rs1: other, rs2: other })),
  fields("add.vx", { rd: other, rs1: other, rs2: source }),
  fields("sub.xv", { rd: other, rs1: source, rs2: other }),
  fields("silu", { rd: other, rs1: other }),
  fields("norm", { rd: other, rs1: other, imm: fc.nat(1000) }),
  fields("quant", { rd: fc.nat(3), rs1: other }),
  fc
    .constantFrom("tmatmul.t4" as const, "tmatmul.t5" as const)
    .chain((id) => fields(id, { rd: other, rs1: base, rs2: source, rs3: fc.nat(3), imm: line })),
  fc
    .record({ rd: changing, rs1: changing, rs2: modelled, rs3: source })
    .filter(({ rd, rs1 }) => rd !== rs1)
    .map((values) => word("argmax", values)),
);

const length = fields("setvli", {
  imm: fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 1, max: 70 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: vlmax }) },
  ),
});

/** A jump over 1 to 4 instructions; what follows the body makes that safe. */
const hop = fc.integer({ min: 1, max: 4 }).map((n) => 8 * n);
const branchOps = ["beq", "bne", "blt", "bge", "bltu", "bgeu"];
const jump = fc.oneof(
  fc
    .constantFrom(...(branchOps as InstructionId[]))
    .chain((id) => fields(id, { rs1: source, rs2: source, imm: hop })),
  fields("jal", { rd: target, imm: hop }),
);

const queue = fc.oneof(
  { weight: 3, arbitrary: fields("enq", { rs1: source }) },
  { weight: 2, arbitrary: fields("deq", { rd: target }) },
);

/** What traps, or most probably does. */
const trapping: fc.Arbitrary<Word> = fc.oneof(
  fields("lw", { rd: target, rs1: fc.constant(ODD), imm: imm32 }),
  fields("sd", { rs1: base, rs2: source, imm: fc.nat(99) }),
  fields("ldv", { rd: modelled, rs1: source, imm: line }),
  fields("sv", {
    rs1: fc.constant(END),
    rs2: modelled,
    imm: fc.constantFrom(4032, 4096, 4095, -1),
  }),
  fields("ld", { rd: target, rs1: fc.constant(END), imm: fc.constantFrom(4088, 4096, 4092) }),
  fields("tmatmul.t5", {
    rd: other,
    rs1: fc.constantFrom(LOW, ODD, END),
    rs2: source,
    rs3: fc.nat(3),
    imm: fc.constantFrom(0, 3968, 4032),
  }),
  fields("setvl", { rs1: source }),
  fields("setvli", { imm: fc.constantFrom(0, vlmax, vlmax + 1, 2 ** 32 - 1) }),
  fields("jalr", { rd: target, rs1: source, imm: imm32 }),
  fields("jal", { rd: target, imm: imm32 }),
  fields("bge", { rs1: source, rs2: source, imm: imm32 }),
  fields("trap", { imm: fc.nat(0xffffffff) }),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
);

const ordinary = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 4, arbitrary: scalarMemory },
  { weight: 5, arbitrary: vector },
  { weight: 1, arbitrary: length },
  { weight: 2, arbitrary: jump },
  { weight: 2, arbitrary: queue },
);

/** Registers and memory to begin with; activation registers are written unless `unwritten`. */
function prologue(values: readonly number[], unwritten: boolean): Word[] {
  return [
    li(LOW, 0),
    li(HIGH, 512),
    li(END, dram - 4096),
    li(ODD, 0x4000_0000_0001),
    ...values.map((value, i) => li(5 + i, value)),
    li(8, MEMORY.instruction_base + 8 * 12),
    word("setvli", { imm: 40 }),
    word("sd", { rs1: LOW, rs2: 6, imm: 64 }),
    ...(unwritten ? [] : [0, 1, 2, 3].map((rd) => word("quant", { rd, rs1: 4 }))),
    li(11, -100_000),
  ];
}

/** The last instructions: a loop over the body, room for jumps over the end, and one of several ends. */
function epilogue(bodyLength: number, end: readonly Word[]): Word[] {
  return [
    word("addi", { rd: 0, rs1: 0, imm: 0 }),
    word("addi", { rd: 0, rs1: 0, imm: 0 }),
    word("addi", { rd: 0, rs1: 0, imm: 0 }),
    word("addi", { rd: COUNTER, rs1: COUNTER, imm: -1 }),
    word("bne", { rs1: COUNTER, rs2: 0, imm: -8 * (bodyLength + 4) }),
    ...end,
  ];
}

/** Mostly ordinary instructions, or many for the queues. */
const body = fc
  .oneof(
    { weight: 5, arbitrary: fc.constant(ordinary) },
    { weight: 1, arbitrary: fc.constant(fc.oneof(ordinary, queue)) },
  )
  .chain((usual) =>
    fc.array(fc.oneof({ weight: 400, arbitrary: usual }, { weight: 1, arbitrary: trapping }), {
      minLength: 1,
      maxLength: 60,
    }),
  );

export const scalarProgram: fc.Arbitrary<ScalarProgram> = fc
  .record({
    values: fc.tuple(imm32, imm32, imm32),
    unwritten: fc.nat(9).map((n) => n === 0),
    rounds: fc.integer({ min: 1, max: 4 }),
    body,
    end: fc.oneof(
      { weight: 3, arbitrary: fc.constant([word("halt")]) },
      { weight: 1, arbitrary: fc.constant([]) },
      { weight: 6, arbitrary: fc.tuple(trapping, fc.constant(word("halt"))) },
    ),
    inputs: fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { maxLength: 24 }),
    closes: fc.boolean(),
    takes: fc.nat(3).map((n) => n > 0),
    steps: fc.oneof(
      { weight: 5, arbitrary: fc.constant(1000) },
      { weight: 1, arbitrary: fc.nat(60) },
    ),
    cut: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 600 })),
  })
  .map(({ values, unwritten, rounds, body, end, ...host }) => ({
    words: [
      li(COUNTER, rounds),
      ...prologue(values, unwritten),
      ...body,
      ...epilogue(body.length, end as Word[]),
    ],
    entry: 0,
    ...host,
  }));
