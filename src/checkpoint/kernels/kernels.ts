/**
 * What is done with weights, by kernels where the arrays are in memory of `kernelMemory`, else by the
 * plain code that defines it: the results are the same, bit for bit.
 */
import { MEMORY } from "../../isa/generated.js";
import { fromReal } from "../../numerics/fixed.js";
import type { WeightType } from "../../tensors/element-type.js";
import { decodeWeights } from "../../tensors/elements.js";
import { type Packing, tritsPerByte } from "../../ternary/packing.js";
import * as plain from "../pack-weights.js";
import * as ternary from "../ternarise.js";
import { kernelsOf } from "./memory.js";

/** `absoluteSum` of ../ternarise.ts */
export function absoluteSum(values: Float32Array, start = 0): number {
  const kernels = kernelsOf(values);
  if (!kernels) return ternary.absoluteSum(values, start);
  return kernels.absoluteSum(values.byteOffset, values.length, start);
}

/** Largest |x|, 0 of none; NaN when an element is. */
export function largestMagnitude(values: Float32Array): number {
  const kernels = kernelsOf(values);
  return kernels
    ? kernels.largestMagnitude(values.byteOffset, values.length)
    : plainLargestMagnitude(values);
}

export function plainLargestMagnitude(values: Float32Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!));
  return largest;
}

/** `packWeights` of ../pack-weights.ts */
export function packWeights(
  weights: Float32Array,
  rows: number,
  columns: number,
  scale: number,
  packing: Packing,
  out: Uint8Array,
): void {
  const kernels = kernelsOf(weights, out);
  if (!kernels) {
    plain.packWeights(weights, rows, columns, scale, packing, out);
    return;
  }
  const group = tritsPerByte(packing);
  const stride = Math.ceil(columns / MEMORY.line_bytes) * MEMORY.line_bytes;
  const groups = Math.floor(rows / group);
  const pack = packing === "t4" ? kernels.pack4 : kernels.pack5;
  const limit = ternary.largestZeroBits(scale);
  pack(weights.byteOffset, groups, columns, limit, out.byteOffset, stride);
  const rest = rows - groups * group; // a last group that is not whole
  if (rest > 0) {
    const last = weights.subarray(groups * group * columns, rows * columns);
    plain.packWeights(last, rest, columns, scale, packing, out.subarray(groups * stride));
  }
}

/**
 * Real numbers times a factor, as elements.
 * @param values finite
 * @param out takes as many; may be the same memory
 * @returns whether one had to be limited
 */
export function toElements(
  values: Float32Array | Float64Array,
  factor: number,
  out: Int32Array,
): boolean {
  const kernels = values instanceof Float32Array ? kernelsOf(values, out) : undefined;
  if (!kernels) return plainToElements(values, factor, out);
  return kernels.toElements(values.byteOffset, values.length, factor, out.byteOffset) !== 0;
}

export function plainToElements(
  values: Float32Array | Float64Array,
  factor: number,
  out: Int32Array,
): boolean {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const element = fromReal(values[i]! * factor);
    largest = Math.max(largest, Math.abs(element));
    out[i] = element;
  }
  return largest >= 0x7fffffff;
}

/** `decodeWeights` of ../../tensors/elements.ts */
export function widenWeights(type: WeightType, bytes: Uint8Array, out: Float32Array): void {
  const kernels = type === "F32" ? undefined : kernelsOf(bytes, out);
  if (!kernels) decodeWeights(type, bytes, out);
  else if (type === "BF16") kernels.widenBfloat16(bytes.byteOffset, out.length, out.byteOffset);
  else kernels.widenBinary16(bytes.byteOffset, out.length, out.byteOffset);
}
