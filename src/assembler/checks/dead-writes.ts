import type { Reporter } from "../source/reporter.js";
import {
  ALL_BITS,
  accessedRegisters,
  reachable,
  registerBit,
  successors,
  VECTOR_BITS,
} from "./control-flow.js";
import { operandPlace, type Program } from "./program.js";

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
  const { instructions } = program;
  const count = instructions.length;
  const after: Future = { live: new Int32Array(count), replaced: new Int32Array(count) };
  const before: Future = { live: new Int32Array(count), replaced: new Int32Array(count) };
  const next = instructions.map((_, index) => successors(program, index));
  const predecessors: number[][] = instructions.map(() => []);
  for (const [index, targets] of next.entries())
    if (targets !== "anywhere") for (const target of targets) predecessors[target]!.push(index);

  const waiting = instructions.map((_, index) => index);
  const queued = new Uint8Array(count).fill(1);
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    queued[index] = 0;
    let live = 0;
    let replaced = 0;
    const targets = next[index]!;
    if (targets === "anywhere") live = ALL_BITS;
    else
      for (const target of targets) {
        live |= before.live[target]!;
        replaced |= before.replaced[target]!;
      }
    replaced &= ~live;
    after.live[index] = live;
    after.replaced[index] = replaced;

    const instruction = instructions[index];
    if (instruction) {
      if (instruction.spec.id === "setvl" || instruction.spec.id === "setvli") {
        live |= replaced & VECTOR_BITS;
        replaced &= ~VECTOR_BITS;
      }
      const { read, written } = accessedRegisters(instruction);
      live = (live & ~written) | read;
      replaced = (replaced | written) & ~read;
    }
    if (live === before.live[index] && replaced === before.replaced[index]) continue;
    before.live[index] = live;
    before.replaced[index] = replaced;
    for (const predecessor of predecessors[index]!) {
      if (queued[predecessor]) continue;
      queued[predecessor] = 1;
      waiting.push(predecessor);
    }
  }
  return after;
}
