import { toElements } from "../../checkpoint/kernels/kernels.js";
import { UserError } from "../../diagnostics/diagnostic.js";
import { fromReal } from "../../numerics/fixed.js";
import type { Packing } from "../../ternary/packing.js";
import { layerName } from "../ir/names.js";
import type { ConstantTensor, MatrixTensor, Storage, TableTensor } from "../ir/types.js";
import type { WeightSource } from "../weight-source.js";
import { type DataItem, type DataPlan, rowBytes } from "./data-plan.js";

export interface FilledData {
  /** The data file. */
  readonly bytes: Uint8Array;
  /** Scales by the weight's full name. */
  readonly scales: ReadonlyMap<string, number>;
  /** Constants and embeddings that lie beyond what an element can hold, by symbol. */
  readonly saturated: readonly string[];
}

/** A scale of 1 for every matrix of a plan: enough to measure a program without its weights. */
export function unitScales(plan: DataPlan): ReadonlyMap<string, number> {
  const names = plan.items.flatMap((item) =>
    item.tensor.kind === "matrix" ? [weightName(item, item.tensor)] : [],
  );
  return new Map(names.map((name) => [name, 1]));
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
  if (bits === 32)
    return toElements(values, factor, new Int32Array(bytes.buffer, at, values.length));
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

/** The full name of a matrix's weights. */
function weightName({ layer }: DataItem, { weight }: MatrixTensor): string {
  return layer === undefined ? weight : layerName(layer, weight);
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
  const bytes = (await source.allocate?.(plan.size)) ?? new Uint8Array(plan.size);
  const scales = new Map<string, number>();
  const saturated: string[] = [];

  const fillConstant = (item: DataItem, tensor: ConstantTensor): void => {
    const values = tensor.values[item.layer ?? 0]!;
    if (putVector(bytes, item.offset, values, tensor.factor, tensor.storage))
      saturated.push(item.symbol);
  };

  const fillTable = async (item: DataItem, tensor: TableTensor): Promise<void> => {
    const { length, storage, factor } = tensor;
    const stride = rowBytes(length, storage);
    const dense = storage.bits === 32 && stride === length * 4;
    let limited = false;
    let offset = item.offset;
    for await (const part of source.rowChunks(tensor.source)) {
      // Rows without padding are one vector: most bytes of the image are made here.
      const step = dense ? part.length : length;
      for (let at = 0; at < part.length; at += step) {
        const values = part.subarray(at, at + step);
        limited = putVector(bytes, offset, values, factor, storage) || limited;
        offset += dense ? step * 4 : stride;
      }
      onProgress?.(offset, plan.size);
    }
    if (limited) saturated.push(item.symbol);
  };

  const fillMatrix = async (item: DataItem, tensor: MatrixTensor): Promise<void> => {
    const { rows, firstRow } = tensor;
    const name = weightName(item, tensor);
    const range = { start: firstRow, end: firstRow + rows };
    const out = bytes.subarray(item.offset, item.offset + item.bytes);
    const report = (done: number) =>
      onProgress?.(item.offset + Math.floor((item.bytes * done) / rows), plan.size);
    const matrix = await source.packedMatrix(name, packing, range, report, out);
    // Zero is what 1 / s becomes when s is infinite or NaN: so are the weights.
    if (!(matrix.inverseScale > 0 && Number.isFinite(matrix.inverseScale)))
      throw new UserError(
        `tensor ${name} holds NaN or infinity`,
        "restore the checkpoint from its source",
      );
    scales.set(name, matrix.inverseScale);
  };

  source.announce?.(
    plan.items.flatMap((item) =>
      item.tensor.kind === "matrix" ? [weightName(item, item.tensor)] : [],
    ),
  );
  for (const item of plan.items) {
    const { tensor } = item;
    if (tensor.kind === "constant") fillConstant(item, tensor);
    else if (tensor.kind === "table") await fillTable(item, tensor);
    else if (tensor.kind === "matrix") await fillMatrix(item, tensor);
    onProgress?.(item.offset + item.bytes, plan.size);
  }
  return { bytes, scales, saturated };
}
