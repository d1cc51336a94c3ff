import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { LATENCIES, MEMORY, NUMERICS } from "../../src/isa/generated.js";
import { rescale, rescaleFactor } from "../../src/numerics/quant.js";
import { type Packing, packedSize, tritsPerByte, unpack } from "../../src/ternary/packing.js";

/** The sizes of a configuration's core that products depend on (isa/configurations.yaml). */
export interface Sizes {
  readonly vlmax: number;
  readonly beatBytes: number;
  readonly lanes: number;
  readonly productGranules: number;
}

/** A product for ternary_tb.sv. */
export interface Product {
  readonly packing: Packing;
  readonly rows: number;
  readonly columns: number;
  readonly absmax: number;
  /** Bits of a binary32 number. */
  readonly scale: number;
  /** Clocks between the end of the product before and this one's start. */
  readonly gap: number;
  /** Start only when all its weights have arrived. */
  readonly fetched: boolean;
}

/** What ternary_tb.sv says about a product. */
export interface Outcome {
  readonly clocks: number;
  /** Clocks in which it lacked weights. */
  readonly starved: number;
  readonly elements: readonly number[];
}

type Random = () => number;

export function integer(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

/** An absmax and a scale; most of them leave elements in range, the others are the extremes. */
export function anyFactor(random: Random): { absmax: number; scale: number } {
  const extremes = [10, 11, 126, 127, 128, 254, 2 ** 20, 2 ** 31 - 1];
  const absmax =
    random() < 0.4
      ? extremes[integer(random, 0, extremes.length - 1)]!
      : Math.min(2 ** 31 - 1, Math.floor(10 + 2 ** (random() * 31)));
  // The shift that rescaleFactor() gives is about 164 - bits(absmax) - exponent.
  const bits = absmax.toString(2).length;
  const exponents = [0, 1, 127, 254, 255];
  const exponent =
    random() < 0.15
      ? exponents[integer(random, 0, exponents.length - 1)]!
      : Math.max(0, Math.min(255, 164 - bits - integer(random, -2, random() < 0.3 ? 8 : 66)));
  const fractions = [0, 1, 0x7fffff, integer(random, 0, 0x7fffff)];
  const fraction = fractions[integer(random, 0, fractions.length - 1)]!;
  const sign = random() < 0.5 ? 0 : 0x80000000;
  return { absmax, scale: (sign + exponent * 2 ** 23 + fraction) >>> 0 };
}

/** xorshift32 (Marsaglia): millions of bytes in no time. */
function randomBytes(length: number, seed: number): Uint8Array {
  let state = seed | 1;
  return new Uint8Array(length).map(() => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 24;
  });
}

function hexLines(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let i = 0; i < bytes.length; i += MEMORY.line_bytes)
    lines.push(
      Buffer.from(bytes.subarray(i, i + MEMORY.line_bytes))
        .reverse()
        .toString("hex"),
    );
  return `${lines.join("\n")}\n`;
}

/** Lines of ternary_tb.sv's memory; addresses above wrap. */
const TESTBENCH_LINES = 2 ** 16;

/**
 * Write the files of a run. Matrices and what surrounds them are random bytes, so all codes occur, in the
 * padding as well; they lie in memory with gaps of a few lines, far apart in the address space.
 * @param path prefix of the files
 * @param memory clocks of latency at least (and up to twice as many), percent of clocks that it stalls
 * @returns the elements that each product must write
 */
export function writeProducts(
  path: string,
  products: readonly Product[],
  memory: { latency: number; stall: number },
  dramLines: number,
  random: Random,
): number[][] {
  const bytes = randomBytes(TESTBENCH_LINES * MEMORY.line_bytes, integer(random, 0, 2 ** 31));
  const activations = new Int8Array(randomBytes(2 ** 20, integer(random, 0, 2 ** 31)).buffer);
  for (let i = 0; i < activations.length; i++)
    activations[i] = Math.max(-NUMERICS.activation_max, activations[i]!);
  let line = 0;
  let vector = 0;
  const lines = [`${memory.latency} ${memory.stall}`];
  const expected = products.map(({ packing, rows, columns, absmax, scale, gap, fetched }) => {
    line += integer(random, 0, 5);
    const numLines = packedSize(rows, columns, packing) / MEMORY.line_bytes;
    if (line + numLines > TESTBENCH_LINES) throw new Error("more weights than the testbench holds");
    const far = TESTBENCH_LINES * integer(random, 0, dramLines / TESTBENCH_LINES - 1);
    const address = (far + line).toString(16);
    lines.push(
      [
        packing === "t5" ? 1 : 0,
        ...[rows, columns, address, numLines],
        ...[absmax.toString(16), scale.toString(16), vector, gap, fetched ? 1 : 0],
      ].join(" "),
    );
    const from = line * MEMORY.line_bytes;
    const trits = unpack(bytes.subarray(from), rows, columns, packing);
    const x = activations.subarray(vector * MEMORY.line_bytes);
    line += numLines;
    vector += Math.ceil(columns / MEMORY.line_bytes);
    const factor = rescaleFactor(absmax, scale);
    return Array.from({ length: rows }, (_, row) => {
      let sum = 0;
      for (let k = 0; k < columns; k++) sum += trits[row * columns + k]! * x[k]!;
      return rescale(sum, factor);
    });
  });
  if (vector * MEMORY.line_bytes > activations.length) throw new Error("too many activations");
  writeFileSync(join(path, "memory.hex"), hexLines(bytes.subarray(0, line * MEMORY.line_bytes)));
  writeFileSync(
    join(path, "activations.hex"),
    hexLines(new Uint8Array(activations.buffer, 0, vector * MEMORY.line_bytes)),
  );
  writeFileSync(join(path, "products.txt"), `${lines.join("\n")}\n`);
  return expected;
}

/** The products' outcomes from what ternary_tb.sv printed. */
export function parseOutcomes(printed: string): Outcome[] {
  return [...printed.matchAll(/^product \d+ (\d+) (\d+) ([0-9a-f]+)$/gm)].map((match) => ({
    clocks: Number(match[1]),
    starved: Number(match[2]),
    elements: Array.from(
      { length: match[3]!.length / 8 },
      (_, i) => Number.parseInt(match[3]!.slice(8 * i, 8 * i + 8), 16) | 0,
    ),
  }));
}

/** Clocks from start to done of a product that never lacks weights, as docs/core.md states. */
export function productClocks(
  { packing, rows, columns }: Pick<Product, "packing" | "rows" | "columns">,
  { beatBytes, lanes, productGranules }: Sizes,
): number {
  const groupRows = tritsPerByte(packing);
  const groups = Math.ceil(rows / groupRows);
  const granules = (Math.ceil(columns / MEMORY.line_bytes) * MEMORY.line_bytes) / beatBytes;
  const pairs = granules <= productGranules / 2;
  const beats = pairs ? Math.ceil(groups / 2) : groups * Math.ceil(granules / productGranules);
  const beatRows = pairs ? 2 * groupRows : groupRows;
  const before = beatRows * (Math.ceil(rows / beatRows) - 1); // rows that are done before the last
  const words = Math.ceil(rows / lanes) - Math.floor(before / lanes);
  const bytes = productGranules * beatBytes;
  const levels = Math.max(
    Math.ceil(Math.log2(bytes / 2) / 2),
    5 - Math.ceil(MEMORY.line_bytes / bytes),
  );
  return beats + words + levels + LATENCIES.tmatmul.depth;
}
