/** Whether a module computes right sums on this host: WebAssembly leaves relaxed instructions' to it. */
import type { KernelExports } from "./exports.js";

const ROWS = 16;
/** More than one chunk of the kernel, and a rest. */
const COLUMNS = 304;
const PAGE_BYTES = 65536;

/** binary32 of 127: with absmax 1 an element is then the exact sum. */
const SCALE = 0x42fe0000;

/** @throws when the module cannot be instantiated */
export function isRight(module: WebAssembly.Module): boolean {
  const memory = new WebAssembly.Memory({ initial: 3, maximum: 65536, shared: true });
  const kernel = new WebAssembly.Instance(module, { env: { memory } }).exports as KernelExports;
  const first = kernel.firstFree(1);
  memory.grow(Math.ceil((first + PAGE_BYTES) / PAGE_BYTES) - memory.buffer.byteLength / PAGE_BYTES);

  const values = new Int8Array(memory.buffer, first, COLUMNS);
  for (let k = 0; k < COLUMNS; k++) values[k] = ((k * 89) % 256) - 128;
  const weights = new Uint8Array(memory.buffer, first + 1024, (ROWS / 4) * COLUMNS);
  const sums = new Int32Array(ROWS);
  for (let row = 0; row < ROWS; row++)
    for (let k = 0; k < COLUMNS; k++) {
      const code = (row * 7 + k * k + (k >> 5)) % 3;
      sums[row]! += (code - 1) * values[k]!;
      weights[weightByte(row, k)]! |= code << (2 * (row & 3));
    }
  const out = first + 16384;
  kernel.product(first + 1024, first + 8192, first, COLUMNS, ROWS, out, 1, SCALE, 1, 1);
  const elements = new Int32Array(memory.buffer, out, ROWS);
  return elements.every((element, row) => element === sums[row]);
}

/** Where kernels/decode.ts puts a weight. */
function weightByte(row: number, column: number): number {
  const block = (row >> 3) * 2 * COLUMNS;
  return block + 32 * (column >> 4) + 16 * ((row >> 2) & 1) + (column & 15);
}
