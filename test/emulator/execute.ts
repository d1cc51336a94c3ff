import fc from "fast-check";
import { PlainKernel } from "../../src/emulator/kernels/plain.js";
import { Machine } from "../../src/emulator/machine.js";
import { predecode } from "../../src/emulator/program.js";
import { element } from "../numerics/arbitrary.js";
import { code, TINY, type Word } from "./images.js";

/** A machine after one instruction, that began as `prepare` left it. */
export function executed(word: Word, prepare: (machine: Machine) => void = () => {}): Machine {
  const machine = new Machine(TINY, new PlainKernel());
  prepare(machine);
  const [operation] = predecode(code([word]), TINY);
  operation!.execute(machine, operation!.operands);
  return machine;
}

export const big = BigInt;

/** Contents of a scalar register. */
export const word64 = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  element.map(BigInt),
  fc.constantFrom(0n, 1n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n, 63n, 64n),
);

/** Two vectors of the same length. */
export const vectors = fc
  .array(fc.tuple(element, element), { minLength: 1, maxLength: 9 })
  .map((pairs) => ({ a: pairs.map(([x]) => x), b: pairs.map(([, y]) => y) }));
