import { fromReal, ONE } from "../../numerics/fixed.js";
import type { Program, Storage, TableTensor } from "../ir/types.js";
import { tensorOf } from "../ir/types.js";
import type { WeightSource } from "../weight-source.js";
import { shiftFor } from "./compact-storage.js";

const CHUNK_ELEMENTS = 1 << 20;

/** Calls `visit` with every value of a table as it is stored, a chunk of rows in memory at a time. */
async function forEachValue(
  source: Pick<WeightSource, "readRows">,
  table: TableTensor,
  visit: (value: number) => void,
): Promise<void> {
  const step = Math.max(1, Math.floor(CHUNK_ELEMENTS / table.length));
  for (let start = 0; start < table.rows; start += step) {
    const end = Math.min(start + step, table.rows);
    for (const value of await source.readRows(table.source, { start, end }))
      visit(value * table.factor);
  }
}

/**
 * Stores a table in 16 bits where no element is off by more than `tolerance` times the largest
 * magnitude. Reads the table twice.
 */
export async function compactTable(
  program: Program,
  name: string,
  source: Pick<WeightSource, "readRows">,
  tolerance: number,
): Promise<Program> {
  const table = tensorOf(program, name, "table");
  let magnitude = 0;
  await forEachValue(source, table, (value) => {
    magnitude = Math.max(magnitude, Math.abs(value * ONE));
  });
  const shift = shiftFor(magnitude);
  const unit = 2 ** shift;
  let error = 0;
  await forEachValue(source, table, (value) => {
    const element = fromReal(value);
    error = Math.max(error, Math.abs(Math.round(element / unit) * unit - element));
  });
  if (error > tolerance * magnitude) return program;
  const storage: Storage = { bits: 16, shift };
  return { ...program, tensors: new Map(program.tensors).set(name, { ...table, storage }) };
}
