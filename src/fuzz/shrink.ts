import type { FieldName, Fields } from "../isa/index.js";
import {
  countStatements,
  type FuzzProgram,
  type Line,
  type Statement,
  type Step,
} from "./program.js";
import { roleOf } from "./traits.js";

/** A list without some of its items, larger parts first, and with simpler items. */
function* smaller<T>(items: readonly T[], simpler: (item: T) => Iterable<readonly T[]>) {
  for (let size = Math.ceil(items.length / 2); size >= 1; size = size > 1 ? Math.ceil(size / 2) : 0)
    for (let start = items.length - size; start > -size; start -= size)
      yield [...items.slice(0, Math.max(start, 0)), ...items.slice(Math.max(start, 0) + size)];
  for (const [i, item] of items.entries())
    for (const instead of simpler(item))
      yield [...items.slice(0, i), ...instead, ...items.slice(i + 1)];
}

/** Lengths and constants nearer to zero. */
function* simplerLine(line: Line): Iterable<readonly Line[]> {
  if (line.kind === "word") return;
  const { spec, fields } = line.instruction;
  const isLength = roleOf(spec) === "length";
  for (const { kind, field } of spec.operands) {
    const name = field as FieldName;
    const value = fields[name] ?? 0;
    if (kind !== "imm" || value === 0) continue;
    const least = isLength ? 1 : 0;
    for (const instead of new Set([least, Math.trunc(value / 2), value - Math.sign(value)])) {
      if (Math.abs(instead) >= Math.abs(value) || instead < least) continue;
      const changed: Fields = { ...fields, [name]: instead };
      yield [{ kind: "instruction", instruction: { spec, fields: changed } }];
    }
  }
}

function* simplerStatement(statement: Statement): Iterable<readonly Statement[]> {
  if (statement.kind === "step") {
    for (const lines of smaller(statement.lines, simplerLine))
      if (lines.length > 0) yield [{ ...statement, lines } satisfies Step];
    return;
  }
  yield statement.body;
  if (statement.kind === "loop" && statement.count > 1) {
    yield [{ ...statement, count: 1 }];
    yield [{ ...statement, count: statement.count - 1 }];
  }
  for (const body of smaller(statement.body, simplerStatement)) yield [{ ...statement, body }];
}

/** Programs that are simpler in one place, in the order in which they are worth a try. */
function* simplerPrograms(program: FuzzProgram): Iterable<FuzzProgram> {
  for (const statements of smaller(program.statements, simplerStatement))
    yield { ...program, statements };
  const { host, data } = program;
  for (const blocks of smaller(data, ({ address, words }) => {
    if (words.length <= 1) return [];
    const half = words.length >> 1;
    return [[{ address, words: words.subarray(0, half) }]];
  }))
    yield { ...program, data: blocks };
  if (host.slices.length > 1 || host.slices[0] !== 1000)
    yield { ...program, host: { ...host, slices: [1000], burst: 1000, takeEvery: 1 } };
  if (host.slices.length > 1)
    yield { ...program, host: { ...host, slices: host.slices.slice(0, 1) } };
  if (host.close) yield { ...program, host: { ...host, close: false } };
  if (host.input.length > 0) {
    yield { ...program, host: { ...host, input: host.input.slice(0, host.input.length >> 1) } };
    yield { ...program, host: { ...host, input: host.input.slice(0, -1) } };
  }
}

export interface Shrunk {
  readonly program: FuzzProgram;
  /** Programs that were tried. */
  readonly attempts: number;
}

/**
 * Make a failing program small.
 * @param fails whether a program still fails; it should say no to another failure than the first one
 * @param maxAttempts programs to try at most
 */
export async function shrink(
  program: FuzzProgram,
  fails: (program: FuzzProgram) => Promise<boolean>,
  maxAttempts = 2000,
): Promise<Shrunk> {
  let best = program;
  let attempts = 0;
  for (let progress = true; progress; ) {
    progress = false;
    for (const candidate of simplerPrograms(best)) {
      if (attempts >= maxAttempts) return { program: best, attempts };
      attempts++;
      if (!(await fails(candidate))) continue;
      best = candidate;
      progress = true;
      break;
    }
  }
  return { program: best, attempts };
}

/** Statements of a program, nested ones included. */
export function programSize({ statements }: FuzzProgram): number {
  return countStatements(statements);
}
