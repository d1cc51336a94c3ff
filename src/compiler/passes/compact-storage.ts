import { fromReal, ONE } from "../../numerics/fixed.js";
import type { Program, Storage, Tensor } from "../ir/types.js";

const WIDE: Storage = { bits: 32, shift: 0 };
const LARGEST = 0x7fff;

/** The smallest shift at which elements of up to `magnitude`, in units of an element, fit 16 bits. */
export function shiftFor(magnitude: number): number {
  let shift = 0;
  while (Math.round(magnitude / 2 ** shift) > LARGEST) shift++;
  return shift;
}

/**
 * How vectors are stored in the fewest bits with no element off by more than `tolerance` times the
 * largest magnitude. Exactly (tolerance 0) means: the same elements as with 32 bits.
 */
export function narrowest(
  vectors: readonly Float64Array[],
  tolerance: number,
  factor = 1,
): Storage {
  let magnitude = 0;
  for (const vector of vectors)
    for (const value of vector) magnitude = Math.max(magnitude, Math.abs(value * factor * ONE));
  const shift = shiftFor(magnitude);
  const unit = 2 ** shift;
  for (const vector of vectors) {
    for (const value of vector) {
      const element = fromReal(value * factor);
      if (Math.abs(Math.round(element / unit) * unit - element) > tolerance * magnitude)
        return WIDE;
    }
  }
  return { bits: 16, shift };
}

/** Stores constants as 16-bit integers where that loses no more than the tolerance. */
export function compactStorage(program: Program, tolerance: number): Program {
  const tensors = new Map<string, Tensor>();
  for (const [name, tensor] of program.tensors)
    tensors.set(
      name,
      tensor.kind === "constant"
        ? { ...tensor, storage: narrowest(tensor.values, tolerance, tensor.factor) }
        : tensor,
    );
  return { ...program, tensors };
}
