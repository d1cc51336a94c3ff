import { LM_HEAD } from "../../checkpoint/inventory.js";
import { MEMORY } from "../../isa/generated.js";
import { GraphBuilder } from "../ir/builder.js";
import type { Region } from "../ir/types.js";

/** The output matrix cut into blocks of rows: all of `rows` rows but the last, which may be shorter. */
export interface RowBlocks {
  readonly total: number;
  readonly rows: number;
  readonly count: number;
}

const ELEMENT_BYTES = 4;
/** Blocks that are written out one after the other; with more, they become a loop. */
const STRAIGHT_LINE_BLOCKS = 8;
/** Blocks in the body of that loop: enough to overlap a product with the last one's argmax. */
const BLOCKS_PER_TRIP = 4;

function leastCommonMultiple(a: number, b: number): number {
  let n = a;
  while (n % b !== 0) n += a;
  return n;
}

/**
 * Blocks of nearly equal size, each starting at a row group of the packing and, in the logits, at a
 * line.
 */
export function rowBlocks(total: number, vlmax: number, rowGroup: number): RowBlocks {
  const step = leastCommonMultiple(MEMORY.line_bytes / ELEMENT_BYTES, rowGroup);
  const largest = Math.floor(vlmax / step) * step;
  const rows = Math.ceil(total / Math.ceil(total / largest) / step) * step;
  return { total, rows, count: Math.ceil(total / rows) };
}

/** Consecutive blocks: products, their logits stored, the largest carried on. */
function blockGraph(lengths: readonly number[], rows: number, firstRow: number, hidden: number) {
  const g = new GraphBuilder();
  const features = g.input("features", "activations", hidden);
  const scale = g.scale(LM_HEAD, "logits_scale");
  lengths.forEach((length, block) => {
    const start = firstRow + block * rows;
    const logits = g.product(LM_HEAD, length, features, scale, `logits${block}`, start);
    g.store("logits", logits, start);
    g.argmax(logits, start);
  });
  // Later regions and trips multiply the same activations.
  g.output("features", features);
  return g.graph();
}

/** The regions that compute all logits and the most likely token. */
export function vocabularyRegions(
  { total, rows, count }: RowBlocks,
  hidden: number,
): readonly Region[] {
  const summary = "logits in blocks of rows, and the largest of them";
  const full = Math.floor(total / rows);
  const trips = count > STRAIGHT_LINE_BLOCKS ? Math.floor(full / BLOCKS_PER_TRIP) : 0;
  const looped = trips * BLOCKS_PER_TRIP;
  const regions: Region[] = [];
  if (looped > 0)
    regions.push({
      name: "vocabulary",
      summary,
      trips,
      advances: "rows",
      rowsPerTrip: BLOCKS_PER_TRIP * rows,
      graph: blockGraph(Array(BLOCKS_PER_TRIP).fill(rows), rows, 0, hidden),
    });
  if (looped < count) {
    const lengths = Array.from({ length: count - looped }, (_, i) =>
      Math.min(rows, total - (looped + i) * rows),
    );
    regions.push({
      name: looped > 0 ? "vocabulary_rest" : "vocabulary",
      summary,
      trips: 1,
      advances: "nothing",
      rowsPerTrip: 0,
      graph: blockGraph(lengths, rows, looped * rows, hidden),
    });
  }
  return regions;
}
