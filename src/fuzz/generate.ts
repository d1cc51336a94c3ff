import { CSRS, type FieldName, instruction, REGISTERS, TRAPS } from "../isa/index.js";
import type { Configuration } from "../isa/spec.js";
import { access, setLength, storeIntoPrevious } from "./accesses.js";
import { Arena } from "./arena.js";
import {
  type Context,
  counterRegister,
  FIRST_RESERVED,
  line,
  linkRegister,
  MAX_DEPTH,
  randomFields,
} from "./context.js";
import { hazard } from "./hazards.js";
import { hostPlan } from "./host-plan.js";
import type { FuzzProgram, Line, Statement } from "./program.js";
import { Random } from "./random.js";
import {
  accessKind,
  isStore,
  memoryOperand,
  type Row,
  roleOf,
  rowsOf,
  UNIT_NAMES,
} from "./traits.js";
import { trapLines } from "./traps.js";
import { randomLength, randomScalar } from "./values.js";

const PLAIN = rowsOf("plain", "memory");
const BRANCHES = rowsOf("branch");
const INPUTS = rowsOf("input");
const LENGTHS = rowsOf("length");

/** How long vectors and programs are: long vectors take long, so there are fewer of them. */
function scale(random: Random, { vlmax, core }: Configuration) {
  return random.weighted([
    [4, { limit: Math.min(vlmax, random.integer(1, 3 * core.lanes)), statements: 60 }],
    [4, { limit: Math.min(vlmax, random.integer(60, 200)), statements: 50 }],
    [2, { limit: Math.min(vlmax, random.integer(200, 700)), statements: 25 }],
    [1, { limit: vlmax, statements: 10 }],
  ]);
}

/** Some registers of each file; no program uses them all at a time. */
function hotRegisters(random: Random): Context["hot"] {
  const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
  return {
    v: random.some(numbers(REGISTERS.v.count), random.integer(2, 5)),
    q: random.some(numbers(REGISTERS.q.count - 1), random.integer(1, 2)),
    x: random.some(numbers(FIRST_RESERVED), random.integer(3, 6)),
  };
}

function lines(context: Context, row: Row): Line[] {
  if (roleOf(row) === "length") {
    const { random, configuration, limit, hot } = context;
    const length = randomLength(random, configuration, limit);
    const operand = row.operands[0]!;
    if (operand.kind === "imm") return [line(row, { [operand.field]: length })];
    const register = random.pick(hot.x) || 1;
    return [
      line(instruction("li"), { rd: register, imm48: length }),
      line(row, { [operand.field]: register }),
    ];
  }
  return memoryOperand(row) ? access(context, row) : [line(row, randomFields(context, row))];
}

/** A row of a unit, units being equally likely: control alone has half of all rows. */
function anyRow({ random }: Context): Row {
  const unit = random.pick(UNIT_NAMES);
  return random.pick(PLAIN.filter((row) => row.unit === unit));
}

/** Registers with something in them. Without this (it may be dropped) they are zero. */
function prologue(context: Context): Statement[] {
  const { random, limit, arena } = context;
  const load = instruction("ldv");
  const steps: Line[][] = [[line(instruction("setvli"), { imm: limit })]];
  for (let v = 0; v < REGISTERS.v.count; v++)
    steps.push([line(load, { rd: v, rs1: 0, imm: arena.address(0, 64) % 2 ** 20 })]);
  // The last activation register stays unwritten: reading it is a trap.
  for (let q = 0; q < REGISTERS.q.count - 1; q++)
    steps.push([line(instruction("quant"), { rd: q, rs1: random.integer(0, 7) })]);
  for (const x of context.hot.x.filter((register) => register !== 0))
    steps.push([
      line(instruction("li"), { rd: x, imm48: Number(BigInt.asIntN(48, randomScalar(random))) }),
    ]);
  return steps.map((step) => ({ kind: "step", lines: step }));
}

/** A store into the weights of a product that waits behind others. */
function overwrittenWeights(context: Context): Line[] {
  const { random } = context;
  const rows = rowsOf("memory");
  const products = rows.filter((row) => accessKind(row) === "matrix");
  const stores = rows.filter((row) => isStore(row) && accessKind(row) === "vector");
  return [
    ...Array.from({ length: random.integer(2, 4) }, () => access(context, random.pick(products))),
    storeIntoPrevious(context, random.pick(stores)),
  ].flat();
}

/** Stores, loads and products on one place in DRAM. */
function memoryOrder(context: Context): Line[] {
  const { random } = context;
  if (random.chance(0.2)) return overwrittenWeights(context);
  const rows = rowsOf("memory");
  const stores = rows.filter(isStore);
  const others = rows.filter((row) => !isStore(row));
  const order = random.pick([
    [stores, others],
    [others, stores],
    [stores, others, stores],
    [others, stores, others],
    [stores, stores, others, others],
  ]);
  return order.flatMap((choices) => access(context, random.pick(choices)));
}

function queueBurst(context: Context): Line[] {
  const { random, hot, configuration } = context;
  const enq = instruction("enq");
  // Now and then more than there is room for.
  const isOutput = random.chance(0.2);
  return Array.from(
    {
      length: random.weighted([
        [6, random.integer(1, 4)],
        [1, 20],
        [isOutput ? 4 : 0, configuration.queue + 2],
      ]),
    },
    () =>
      isOutput || random.chance(0.5)
        ? line(enq, { rs1: random.pick(hot.x) })
        : line(random.pick(INPUTS), { rd: random.pick(hot.x) }),
  );
}

/** argmax over blocks of a vector, its index and maximum carried on, then used. */
function argmaxChain(context: Context): Line[] {
  const { random, hot } = context;
  const [index = 1, largest = 2] = random.some(
    hot.x.filter((x) => x !== 0),
    2,
  );
  if (index === largest) return [];
  const argmax = instruction("argmax");
  const lines = Array.from({ length: random.integer(1, 3) }, () =>
    line(argmax, { rd: index, rs1: largest, rs2: random.pick(hot.v), rs3: random.pick(hot.x) }),
  );
  if (random.chance(0.5)) lines.push(line(instruction("enq"), { rs1: index }));
  return lines;
}

/** A branch or jump over a body, its registers random. */
function skip(context: Context, row: Row, body: readonly Statement[]): Statement {
  const { random, hot } = context;
  const memory = memoryOperand(row);
  const through = memory && (random.pick(hot.x) || 1);
  const fields = {
    ...randomFields(context, row),
    ...(memory && { [memory.base!]: through, [memory.field]: 0 }),
  };
  return {
    kind: "skip",
    branch: { spec: row, fields },
    ...(through !== undefined && { through }),
    body,
  };
}

/** The registers that an instruction writes, such as `x5`. */
function written(line: Line): string[] {
  if (line.kind === "word") return [];
  const { spec, fields } = line.instruction;
  return spec.operands
    .filter(({ kind, access = "r" }) => kind !== "mem" && access.includes("w"))
    .map(({ kind, field }) => `${kind}${fields[field as FieldName] ?? 0}`);
}

/** Any two instructions one after the other; what the second one needs is prepared before both. */
function pair(context: Context): Statement[] {
  const { random } = context;
  const rows = [...PLAIN, ...BRANCHES, ...INPUTS, ...LENGTHS];
  const [first, second] = [random.pick(rows), random.pick(rows)];
  const step = (lines: readonly Line[]): Statement => ({ kind: "step", lines });
  const prepared = (row: Row): Line[] => (roleOf(row) === "branch" ? [] : lines(context, row));
  const before = prepared(first);
  const after = prepared(second);
  const own = before.at(-1);
  const last = after.at(-1);
  const setup = after.slice(0, -1);
  if (!own) return [skip(context, first, last ? [step(after)] : [skip(context, second, [])])];
  if (!last) return [step(before), skip(context, second, [])];
  const overwritten = new Set(written(own));
  const canMove = !setup.flatMap(written).some((register) => overwritten.has(register));
  const aim = `${first.id}, ${second.id}`;
  return [
    {
      ...step([...(canMove ? setup : []), ...before, ...(canMove ? [last] : after)]),
      aim,
    } as Statement,
  ];
}

function nested(context: Context, depth: number): Statement {
  const { random } = context;
  const body = (size: number) =>
    Array.from({ length: random.integer(1, size) }, () => statement(context, depth + 1)).flat();
  const kind = random.pick(["loop", "skip", "skip", "call"]);
  if (kind === "loop")
    return {
      kind,
      counter: counterRegister(depth),
      count: random.integer(1, 4),
      body: body(4),
    };
  if (kind === "call") return { kind, link: linkRegister(depth), body: body(4) };
  return skip(context, random.pick(BRANCHES), body(3));
}

function statement(context: Context, depth: number): Statement[] {
  const { random, configuration, limit, hot } = context;
  const step = (aim: string, lines: readonly Line[]): Statement[] => [{ kind: "step", aim, lines }];
  const choices: (readonly [number, () => Statement[]])[] = [
    [8, () => [hazard(context)]],
    [6, () => pair(context)],
    [4, () => step("", lines(context, anyRow(context)))],
    [
      3,
      () => {
        const { unit } = anyRow(context);
        const rows = PLAIN.filter((row) => row.unit === unit);
        const count = random.integer(2, 4);
        return step(
          `${unit}, back to back`,
          Array.from({ length: count }, () => lines(context, random.pick(rows))).flat(),
        );
      },
    ],
    [3, () => step("memory order", memoryOrder(context))],
    [2, () => step("length", setLength(context, randomLength(random, configuration, limit)))],
    [1, () => step("queues", queueBurst(context))],
    [1, () => step("argmax", argmaxChain(context))],
    [
      1,
      () =>
        step("state", [
          line(instruction("csrr"), {
            rd: random.pick(hot.x),
            imm: random.integer(0, Object.keys(CSRS).length - 1),
          }),
        ]),
    ],
    [depth < MAX_DEPTH ? 2 : 0, () => [nested(context, depth)]],
  ];
  return random.weighted(choices)();
}

/** How the program ends: mostly it halts; else a trap, or its last instruction is no end. */
function ending(context: Context): Statement[] {
  const { random } = context;
  const names = Object.keys(TRAPS) as (keyof typeof TRAPS)[];
  return random.weighted<() => Statement[]>([
    [10, () => [{ kind: "step", lines: [line(instruction("halt"))] }]],
    [
      8,
      () => {
        const trap = random.pick(names);
        const unused = { ...context, hot: { ...context.hot, q: [REGISTERS.q.count - 1] } };
        return [{ kind: "step", aim: `trap ${trap}`, lines: trapLines(unused, trap) }];
      },
    ],
    [1, () => []],
  ])();
}

/**
 * The random program of a seed.
 * @param configuration whose sizes (words, granules, lines, pages, DRAM) it aims at
 */
export function generateProgram(seed: bigint, configuration: Configuration): FuzzProgram {
  const random = new Random(seed);
  const { limit, statements: most } = scale(random, configuration);
  const arena = new Arena(random, configuration, limit);
  const hot = hotRegisters(random);
  const context: Context = { random, configuration, arena, limit, hot };
  const statements = prologue(context);
  const count = random.integer(3, most);
  for (let i = 0; i < count; i++) {
    if (random.chance(0.05)) Object.assign(hot, hotRegisters(random));
    statements.push(...statement(context, 0));
  }
  statements.push(...ending(context));
  const data = arena.data();
  return { seed, configuration, data, statements, host: hostPlan(random, configuration) };
}
