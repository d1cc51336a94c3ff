import type { PackedMatrix, RowRange } from "../checkpoint/checkpoint.js";
import type { Packing } from "../ternary/packing.js";

/** Where a model's weights come from, a matrix or some rows at a time; a Checkpoint is one. */
export interface WeightSource {
  readRows(name: string, rows: RowRange): Promise<Float32Array>;
  packedMatrix(
    name: string,
    packing: Packing,
    rows: RowRange,
  ): Promise<Pick<PackedMatrix, "bytes" | "inverseScale">>;
}
