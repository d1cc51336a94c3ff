/**
 * The ternary product in plain TypeScript, straight from the packed bytes: no decoded copy of the
 * weights exists, so none can go stale when a program or the host writes into them.
 *
 * A byte holds one column of 4 or 5 rows. A table turns it into a double that holds the trits of
 * three rows, 17 bits apart; multiplied by the activation and added up over 512 columns at most,
 * every lane stays within +-65,024 < 2^16, so the double is an exact integer (below 2^51) and its lanes
 * come apart again. That is 2 lookups, 2 multiplications and 2 additions for 4 or 5 multiply-adds;
 * bench/kernels.ts has the rates, also of the variants that lost.
 */
import { type Packing, TRITS, tritsPerByte } from "../../ternary/packing.js";
import type { Activations, TernaryKernel } from "./kernel.js";

const LANE = 2 ** 17;
const LANES = 3;
/** Columns after which a lane could overflow: 127 * 516 < 2^16. */
const BLOCK = 512;

/** Byte -> its trits of rows `first` to `first + 2` in one double. */
function laneTable(packing: Packing, first: number): Float64Array {
  const rows = tritsPerByte(packing);
  return Float64Array.from({ length: 256 }, (_, byte) => {
    let lanes = 0;
    for (let lane = 0; lane < LANES && first + lane < rows; lane++)
      lanes += TRITS[packing][byte * rows + first + lane]! * LANE ** lane;
    return lanes;
  });
}

const TABLES: Readonly<Record<Packing, readonly [Float64Array, Float64Array]>> = {
  t4: [laneTable("t4", 0), laneTable("t4", LANES)],
  t5: [laneTable("t5", 0), laneTable("t5", LANES)],
};

/** Add the three lanes of an exact sum to `sums`; indices beyond the end are dropped. */
function addLanes(sums: Int32Array, index: number, lanes: number): void {
  const upper = Math.round(lanes / LANE);
  const top = Math.round(upper / LANE);
  sums[index]! += lanes - upper * LANE;
  sums[index + 1]! += upper - top * LANE;
  sums[index + 2]! += top;
}

export class PlainKernel implements TernaryKernel {
  #values = new Float64Array(0);
  #columns = 0;

  prepare({ values, columns }: Activations): void {
    if (this.#values.length < columns) this.#values = new Float64Array(values.length);
    for (let k = 0; k < columns; k++) this.#values[k] = values[k]!;
    this.#columns = columns;
  }

  accumulate(
    packing: Packing,
    weights: Uint8Array,
    groups: number,
    stride: number,
    sums: Int32Array,
    start: number,
  ): void {
    const [lowTable, highTable] = TABLES[packing];
    const values = this.#values;
    const columns = this.#columns;
    const rows = tritsPerByte(packing);
    const scratch = new Int32Array(2 * LANES);
    for (let group = 0; group < groups; group++) {
      const offset = group * stride;
      scratch.fill(0);
      for (let from = 0; from < columns; from += BLOCK) {
        const to = Math.min(columns, from + BLOCK);
        let low = 0;
        let high = 0;
        for (let k = from; k < to; k++) {
          const byte = weights[offset + k]!;
          const value = values[k]!;
          low += lowTable[byte]! * value;
          high += highTable[byte]! * value;
        }
        addLanes(scratch, 0, low);
        addLanes(scratch, LANES, high);
      }
      for (let row = 0; row < rows; row++) sums[start + group * rows + row] = scratch[row]!;
    }
  }
}
