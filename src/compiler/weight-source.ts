import type { PackedMatrix, RowRange } from "../checkpoint/checkpoint.js";
import type { Packing } from "../ternary/packing.js";

/** Where a model's weights come from, some at a time; a Checkpoint is one. */
export interface WeightSource {
  /** Zeroed memory for the data file; default: any. */
  allocate?(size: number): Promise<Uint8Array>;
  /** Told which matrices will be asked for, in order. */
  announce?(names: readonly string[]): void;
  /** All rows of a matrix, some at a time, each valid until the next. */
  rowChunks(name: string): AsyncIterable<Float32Array>;
  /** Takes its bytes to `out`, which is zero. */
  packedMatrix(
    name: string,
    packing: Packing,
    rows: RowRange,
    onRows: ((done: number) => void) | undefined,
    out: Uint8Array,
  ): Promise<Pick<PackedMatrix, "inverseScale">>;
}
