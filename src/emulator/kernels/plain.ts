/**
 * The ternary product in plain TypeScript, straight from the packed bytes: no decoded copy of the
 * weights exists, so none can go stale when a program or the host writes into them.
 *
 * A byte holds one column of 4 or 5 rows. A table turns it into a double that holds the trits of
 * three rows, 17 bits apart; multiplied by the activation and added up over 512 columns at most,
 * every lane stays within +-65,024 < 2^16, so the double is an exact integer (below 2^51) and its lanes
 * come apart again. That is 2 lookups, 2 multiplications and 2 additions for 4 or 5 multiply-adds;
 * bench/emulator.ts measures the rate, and that of decoded weights beside it.
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

/** Row groups that go through the columns together, so that they share the loop and its loads. */
const TOGETHER = 4;

/**
 * Both tables' sums of four row groups over columns [from, to).
 * @param offsets of the row groups in `weights`
 * @param sums low and high of each group in turn
 */
function addBlock(
  weights: Uint8Array,
  offsets: Int32Array,
  values: Float64Array,
  from: number,
  to: number,
  low: Float64Array,
  high: Float64Array,
  sums: Float64Array,
): void {
  const offset0 = offsets[0]!;
  const offset1 = offsets[1]!;
  const offset2 = offsets[2]!;
  const offset3 = offsets[3]!;
  let low0 = 0;
  let low1 = 0;
  let low2 = 0;
  let low3 = 0;
  let high0 = 0;
  let high1 = 0;
  let high2 = 0;
  let high3 = 0;
  for (let k = from; k < to; k++) {
    const value = values[k]!;
    const byte0 = weights[offset0 + k]!;
    const byte1 = weights[offset1 + k]!;
    const byte2 = weights[offset2 + k]!;
    const byte3 = weights[offset3 + k]!;
    low0 += low[byte0]! * value;
    high0 += high[byte0]! * value;
    low1 += low[byte1]! * value;
    high1 += high[byte1]! * value;
    low2 += low[byte2]! * value;
    high2 += high[byte2]! * value;
    low3 += low[byte3]! * value;
    high3 += high[byte3]! * value;
  }
  sums[0] = low0;
  sums[1] = high0;
  sums[2] = low1;
  sums[3] = high1;
  sums[4] = low2;
  sums[5] = high2;
  sums[6] = low3;
  sums[7] = high3;
}

/** Add the three lanes of an exact sum to three elements of `rows`. */
function addLanes(rows: Int32Array, index: number, lanes: number): void {
  const upper = Math.round(lanes / LANE);
  const top = Math.round(upper / LANE);
  rows[index]! += lanes - upper * LANE;
  rows[index + 1]! += upper - top * LANE;
  rows[index + 2]! += top;
}

export class PlainKernel implements TernaryKernel {
  #values = new Float64Array(0);
  #columns = 0;
  readonly #offsets = new Int32Array(TOGETHER);
  readonly #blockSums = new Float64Array(2 * TOGETHER);
  /** Sums of 6 rows of each group; a byte has no more than 5. */
  readonly #rowSums = new Int32Array(2 * LANES * TOGETHER);

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
    const trits = tritsPerByte(packing);
    for (let group = 0; group < groups; group += TOGETHER) {
      // Past the last group the last one is read again and its sums are not used.
      for (let i = 0; i < TOGETHER; i++)
        this.#offsets[i] = Math.min(group + i, groups - 1) * stride;
      this.#addGroups(packing, weights);
      for (let i = 0; i < TOGETHER && group + i < groups; i++)
        for (let row = 0; row < trits; row++)
          sums[start + (group + i) * trits + row] = this.#rowSums[i * 2 * LANES + row]!;
    }
  }

  /** Set the row sums to those of the groups at the offsets. */
  #addGroups(packing: Packing, weights: Uint8Array): void {
    const [low, high] = TABLES[packing];
    const rowSums = this.#rowSums.fill(0);
    for (let from = 0; from < this.#columns; from += BLOCK) {
      const to = Math.min(this.#columns, from + BLOCK);
      addBlock(weights, this.#offsets, this.#values, from, to, low, high, this.#blockSums);
      for (let i = 0; i < 2 * TOGETHER; i++) addLanes(rowSums, i * LANES, this.#blockSums[i]!);
    }
  }
}
