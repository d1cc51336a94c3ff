import { largestMagnitude } from "../../checkpoint/kernels/kernels.js";
import { fromReal, ONE } from "../../numerics/fixed.js";
import type { Program, Storage } from "../ir/types.js";
import { tensorOf } from "../ir/types.js";
import type { WeightSource } from "../weight-source.js";
import { shiftFor } from "./compact-storage.js";

/** Whether no element is off by more than `limit` when it is stored as a multiple of `unit`. */
function fits(values: Float32Array, factor: number, unit: number, limit: number): boolean {
  for (let i = 0; i < values.length; i++) {
    const element = fromReal(values[i]! * factor);
    if (Math.abs(Math.round(element / unit) * unit - element) > limit) return false;
  }
  return true;
}

/**
 * Stores a table in 16 bits where no element is off by more than `tolerance` times the largest
 * magnitude. Reads the table once, and again up to the first element that is.
 */
export async function compactTable(
  program: Program,
  name: string,
  source: Pick<WeightSource, "rowChunks">,
  tolerance: number,
): Promise<Program> {
  const table = tensorOf(program, name, "table");
  let largest = 0;
  for await (const values of source.rowChunks(table.source))
    largest = Math.max(largest, largestMagnitude(values));
  const magnitude = Math.abs(largest * table.factor * ONE);
  const shift = shiftFor(magnitude);
  for await (const values of source.rowChunks(table.source))
    if (!fits(values, table.factor, 2 ** shift, tolerance * magnitude)) return program;
  const storage: Storage = { bits: 16, shift };
  return { ...program, tensors: new Map(program.tensors).set(name, { ...table, storage }) };
}
