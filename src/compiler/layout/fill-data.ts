import { UserError } from "../../diagnostics/diagnostic.js";
import { fromReal } from "../../numerics/fixed.js";
import type { Packing } from "../../ternary/packing.js";
import { layerName } from "../ir/names.js";
import type { ConstantTensor, MatrixTensor, Storage, TableTensor } from "../ir/types.js";
import type { WeightSource } from "../weight-source.js";
import { type DataItem, type DataPlan, rowBytes } from "./data-plan.js";

/** Elements of a table that are in memory at a time. */
const CHUNK_ELEMENTS = 1 << 20;

export interface FilledData {
  /** The data file. */
  readonly bytes: Uint8Array;
  /** Scales by the weight's full name. */
  readonly scales: ReadonlyMap<string, number>;
  /** Constants and embeddings that lie beyond what an element can hold, by symbol. */
  readonly saturated: readonly string[];
}

/**
 * Writes values as elements of a storage; returns whether one had to be limited.
 * @param offset in bytes, a multiple of a line
 */
function putVector(
  bytes: Uint8Array,
  offset: number,
  values: Float32Array | Float64Array,
  factor: number,
  { bits, shift }: Storage,
): boolean {
  const at = bytes.byteOffset + offset;
  if (bits === 32) return putWide(new Int32Array(bytes.buffer, at, values.length), values, factor);
  const out =
    bits === 16
      ? new Int16Array(bytes.buffer, at, values.length)
      : new Int8Array(bytes.buffer, at, values.length);
  const unit = 2 ** shift;
  const limit = 2 ** (bits - 1) - 1;
  let saturated = false;
  for (let i = 0; i < values.length; i++) {
    const element = fromReal(values[i]! * factor);
    if (Math.abs(element) >= 0x7fffffff) saturated = true;
    out[i] = Math.max(-limit, Math.min(limit, Math.round(element / unit)));
  }
  return saturated;
}

/** Most elements of a model are those of its embeddings, which are wide. */
function putWide(out: Int32Array, values: Float32Array | Float64Array, factor: number): boolean {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const element = fromReal(values[i]! * factor);
    largest = Math.max(largest, Math.abs(element));
    out[i] = element;
  }
  return largest >= 0x7fffffff;
}

/**
 * Makes the data file. Matrices come packed, one at a time, and tables a chunk at a time, so that
 * the model is in memory once.
 */
export async function fillData(
  plan: DataPlan,
  packing: Packing,
  source: WeightSource,
  onProgress?: (done: number, total: number) => void,
): Promise<FilledData> {
  const bytes = new Uint8Array(plan.size);
  const scales = new Map<string, number>();
  const saturated: string[] = [];

  const fillConstant = (item: DataItem, tensor: ConstantTensor): void => {
    const values = tensor.values[item.layer ?? 0]!;
    if (putVector(bytes, item.offset, values, tensor.factor, tensor.storage))
      saturated.push(item.symbol);
  };

  const fillTable = async (item: DataItem, tensor: TableTensor): Promise<void> => {
    const stride = rowBytes(tensor.length, tensor.storage);
    const rows = Math.max(1, Math.floor(CHUNK_ELEMENTS / tensor.length));
    let limited = false;
    for (let row = 0; row < tensor.rows; row += rows) {
      const count = Math.min(rows, tensor.rows - row);
      const part = await source.readRows(tensor.source, { start: row, end: row + count });
      for (let i = 0; i < count; i++) {
        const values = part.subarray(i * tensor.length, (i + 1) * tensor.length);
        const at = item.offset + (row + i) * stride;
        limited = putVector(bytes, at, values, tensor.factor, tensor.storage) || limited;
      }
    }
    if (limited) saturated.push(item.symbol);
  };

  const fillMatrix = async (item: DataItem, tensor: MatrixTensor): Promise<void> => {
    const { rows, firstRow, weight } = tensor;
    const name = item.layer === undefined ? weight : layerName(item.layer, weight);
    const range = { start: firstRow, end: firstRow + rows };
    const matrix = await source.packedMatrix(name, packing, range);
    // Zero is what 1 / s becomes when s is infinite or NaN: so are the weights.
    if (!(matrix.inverseScale > 0 && Number.isFinite(matrix.inverseScale)))
      throw new UserError(
        `tensor ${name} holds NaN or infinity`,
        "restore the checkpoint from its source",
      );
    bytes.set(matrix.bytes, item.offset);
    scales.set(name, matrix.inverseScale);
  };

  for (const item of plan.items) {
    const { tensor } = item;
    if (tensor.kind === "constant") fillConstant(item, tensor);
    else if (tensor.kind === "table") await fillTable(item, tensor);
    else if (tensor.kind === "matrix") await fillMatrix(item, tensor);
    onProgress?.(item.offset + item.bytes, plan.size);
  }
  return { bytes, scales, saturated };
}
