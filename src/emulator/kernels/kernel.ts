import type { Packing } from "../../ternary/packing.js";

/** Activations in the form that a kernel wants: made once for each product. */
export interface Activations {
  /** int8 values; only the first `columns` of them take part. */
  readonly values: Int8Array;
  /** 1 to VLMAX */
  readonly columns: number;
}

/**
 * The exact sums of a ternary product, for as many row groups as lie in one piece of memory.
 * It knows nothing of registers, addresses or scales.
 */
export interface TernaryKernel {
  /** Take the activations of the products that follow. */
  prepare(activations: Activations): void;
  /**
   * Write `groups * trits` sums to `sums`, from index `start` on; sums beyond its end are dropped.
   * @param weights packed bytes: `groups` row groups, one every `stride` bytes; a view of DRAM that
   *   is valid for the call only
   */
  accumulate(
    packing: Packing,
    weights: Uint8Array,
    groups: number,
    stride: number,
    sums: Int32Array,
    start: number,
  ): void;
}
