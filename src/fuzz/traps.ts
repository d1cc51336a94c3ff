import { decode, instruction, MEMORY, type TRAPS } from "../isa/index.js";
import { setLength } from "./accesses.js";
import { type Context, line, randomFields } from "./context.js";
import type { Line } from "./program.js";
import { accessKind, alignmentOf, memoryOperand, type Row, rowsOf } from "./traits.js";
import { randomScalar } from "./values.js";

/** An access whose address is wrong in one way. */
function badAccess(context: Context, address: bigint, isMisaligned: boolean, given?: Row): Line[] {
  const { random, hot } = context;
  const rows = rowsOf("memory").filter((row) => !isMisaligned || alignmentOf(row) > 1);
  const row = given ?? random.pick(rows);
  const wanted = isMisaligned
    ? address + BigInt(random.integer(1, alignmentOf(row) - 1))
    : address - (address % BigInt(alignmentOf(row)));
  const { field, base } = memoryOperand(row)!;
  const register = random.pick(hot.x) || 1;
  const low = Number(BigInt.asIntN(31, wanted));
  return [
    ...constant(register, wanted - BigInt(low)),
    line(row, { ...randomFields(context, row), [base!]: register, [field]: low }),
  ];
}

/** Any 64-bit constant in a register. */
function constant(register: number, value: bigint): Line[] {
  const high = BigInt.asIntN(48, value >> 16n);
  if (BigInt.asIntN(48, value) === value)
    return [line(instruction("li"), { rd: register, imm48: Number(value) })];
  return [
    line(instruction("li"), { rd: register, imm48: Number(high) }),
    line(instruction("slli"), { rd: register, rs1: register, imm: 16 }),
    line(instruction("ori"), { rd: register, rs1: register, imm: Number(value & 0xffffn) }),
  ];
}

/** A vector access that begins inside DRAM and ends a byte, or a few, behind it. */
function endsBehind(context: Context): Line[] {
  const { random, configuration } = context;
  const row = random.pick(rowsOf("memory").filter((row) => accessKind(row) === "vector"));
  const unit = alignmentOf(row);
  const inside = unit * random.integer(1, Math.floor(configuration.vlmax / unit) - 1);
  // That many elements of a byte, or some that are longer, reach over the end.
  return [
    ...setLength(
      context,
      random.chance(0.7) ? inside + 1 : random.integer(inside + 1, configuration.vlmax),
    ),
    ...badAccess(context, BigInt(configuration.dram - inside), false, row),
  ];
}

function illegalWord({ random }: Context): Line[] {
  const opcodes = rowsOf("plain", "memory", "length", "branch", "input", "end").map((row) =>
    BigInt(row.opcode),
  );
  for (;;) {
    const word = random.chance(0.5)
      ? random.bits(64)
      : (random.bits(64) & ~0xffn) | random.pick(opcodes);
    if ("illegal" in decode(word)) return [{ kind: "word", word }];
  }
}

/** A register that is not in use holds what `quant` has never written. */
function unwrittenActivations(context: Context): Line[] {
  const rows = rowsOf("memory").filter((row) => accessKind(row) === "matrix");
  const row = context.random.pick(rows);
  const fields = randomFields(context, row);
  const { field, base } = memoryOperand(row)!;
  return [line(row, { ...fields, [base!]: 0, [field]: 0 })];
}

function badLength(context: Context): Line[] {
  const { random, hot, configuration } = context;
  const register = random.pick(hot.x) || 1;
  const length = random.pick([
    0n,
    -1n,
    BigInt(configuration.vlmax + 1),
    (1n << 32n) + 1n,
    1n << 63n,
    randomScalar(random) | (1n << 40n),
  ]);
  return [
    ...constant(register, BigInt.asIntN(64, length)),
    line(instruction("setvl"), { rs1: register }),
  ];
}

function badTarget(context: Context): Line[] {
  const { random, hot } = context;
  const register = random.pick(hot.x) || 1;
  const base = BigInt(MEMORY.instruction_base);
  const target = random.pick([
    0n,
    base - 8n,
    base + 4n,
    base + 8n * BigInt(context.configuration.instructions),
    base + 0x100000000n,
    randomScalar(random) | 1n,
  ]);
  return [
    ...constant(register, BigInt.asIntN(64, target)),
    line(instruction("jalr"), { rd: random.pick(hot.x), rs1: register, imm: 0 }),
  ];
}

/** A trap that the specification adds does not compile without a way to cause it. */
const CAUSES: Readonly<Record<keyof typeof TRAPS, (context: Context) => Line[]>> = {
  illegal_instruction: illegalWord,
  instruction_address: badTarget,
  address_misaligned: (context) => badAccess(context, BigInt(context.arena.address(64, 64)), true),
  address_out_of_range: (context) => {
    const { random, configuration } = context;
    if (random.chance(0.3)) return endsBehind(context);
    const end = BigInt(configuration.dram);
    const beyond = random.pick([end, end + 64n, -64n, 1n << 32n, 1n << 38n, -(1n << 63n)]);
    return badAccess(context, beyond < end && beyond >= 0n ? end : beyond, false);
  },
  vector_length: (context) =>
    context.random.chance(0.4) ? unwrittenActivations(context) : badLength(context),
  queue_empty: ({ random, hot }) =>
    Array.from({ length: 3 }, () => line(instruction("deq"), { rd: random.pick(hot.x) })),
  software: ({ random }) => [
    line(instruction("trap"), { imm: random.pick([0, 1, 2 ** 32 - 1, random.integer(0, 9999)]) }),
  ],
  // Every configuration so far has every packing.
  unsupported: illegalWord,
};

/** Lines that end the program with a trap (most likely that one). */
export function trapLines(context: Context, trap: keyof typeof TRAPS): Line[] {
  return CAUSES[trap](context);
}
