import type { Reporter } from "../source/reporter.js";
import { ANYWHERE, type ControlFlow, reachable } from "./control-flow.js";
import { ALL_BITS, operandPlace, type Program, registerBit, VECTOR_BITS } from "./program.js";

/** What becomes of the registers from a point on, as sets of bits; in neither set: never accessed. */
interface Future {
  /** May be read first. */
  readonly live: Int32Array;
  /** On some path it is written first, under the vector length of now, and on none it is read first. */
  readonly replaced: Int32Array;
}

/**
 * Warns of vector and activation registers that are written, and on no path read before the program
 * ends or before they are written again. A vector register counts as written again only while the
 * vector length is the same: a shorter write leaves elements as they were.
 */
export function warnDeadWrites(program: Program, reporter: Reporter): void {
  const { instructions, entry, labelled } = program;
  const futures = futuresAfter(program);
  const runs = reachable(program, [entry, ...labelled]);
  for (const [index, instruction] of instructions.entries()) {
    if (!instruction || !runs[index]) continue;
    const target = instruction.spec.operands.find(
      ({ kind, access }) => access === "w" && (kind === "v" || kind === "q"),
    );
    if (!target) continue;
    const number = instruction.fields[target.field as "rd"] ?? 0;
    const bit = registerBit(target.kind, number);
    if (futures.live[index]! & bit) continue;
    const place = operandPlace(program, index, (operand) => operand === target);
    const name = `${target.kind}${number}`;
    if (futures.replaced[index]! & bit)
      reporter.warning(place, `${name} is written again before it is read`);
    else reporter.warning(place, `${name} is written here and never read`);
  }
}

/** For each instruction what becomes of the registers behind it. */
function futuresAfter(program: Program): Future {
  const { instructions, read, written, flow } = program;
  const count = instructions.length;
  const after: Future = { live: new Int32Array(count), replaced: new Int32Array(count) };
  const before: Future = { live: new Int32Array(count), replaced: new Int32Array(count) };
  const predecessors = predecessorsOf(flow);

  const waiting = Array.from({ length: count }, (_, index) => index);
  const queued = new Uint8Array(count).fill(1);
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    queued[index] = 0;
    let live = 0;
    let replaced = 0;
    for (const successor of [flow.next[index]!, flow.target[index]!]) {
      if (successor === ANYWHERE) live = ALL_BITS;
      if (successor < 0) continue;
      live |= before.live[successor]!;
      replaced |= before.replaced[successor]!;
    }
    replaced &= ~live;
    after.live[index] = live;
    after.replaced[index] = replaced;

    const id = instructions[index]?.spec.id;
    if (id === "setvl" || id === "setvli") {
      live |= replaced & VECTOR_BITS;
      replaced &= ~VECTOR_BITS;
    }
    live = (live & ~written[index]!) | read[index]!;
    replaced = (replaced | written[index]!) & ~read[index]!;
    if (live === before.live[index] && replaced === before.replaced[index]) continue;
    before.live[index] = live;
    before.replaced[index] = replaced;
    for (let i = predecessors.first[index]!; i < predecessors.first[index + 1]!; i++) {
      const predecessor = predecessors.all[i]!;
      if (queued[predecessor]) continue;
      queued[predecessor] = 1;
      waiting.push(predecessor);
    }
  }
  return after;
}

/** Of instruction i: `all[first[i]]` up to before `all[first[i + 1]]`. */
function predecessorsOf({ next, target }: ControlFlow): { first: Int32Array; all: Int32Array } {
  const first = new Int32Array(next.length + 1);
  const count = (successor: number) => {
    if (successor >= 0) first[successor + 1]!++;
  };
  next.forEach(count);
  target.forEach(count);
  for (let i = 0; i < next.length; i++) first[i + 1]! += first[i]!;
  const all = new Int32Array(first[next.length]!);
  const free = first.slice();
  const enter = (successor: number, index: number) => {
    if (successor >= 0) all[free[successor]!++] = index;
  };
  next.forEach(enter);
  target.forEach(enter);
  return { first, all };
}
