/** What a module does on this host: WebAssembly leaves relaxed instructions' results and speed to it. */
import type { KernelExports } from "./exports.js";

const ROWS = 16;
/** More than one chunk of the kernel, and a rest. */
const COLUMNS = 304;
const PAGE_BYTES = 65536;

/** binary32 of 127: with absmax 1 an element is then the exact sum. */
const SCALE = 0x42fe0000;

/** @param bytes of its memory that the caller wants */
function instantiate(module: WebAssembly.Module, bytes: number) {
  const memory = new WebAssembly.Memory({ initial: 3, maximum: 65536, shared: true });
  const kernel = new WebAssembly.Instance(module, { env: { memory } }).exports as KernelExports;
  const first = kernel.firstFree(1);
  memory.grow(Math.ceil((first + bytes) / PAGE_BYTES) - memory.buffer.byteLength / PAGE_BYTES);
  return { memory, kernel, first };
}

/**
 * Whether a module computes right sums.
 * @throws when the module cannot be instantiated
 */
export function isRight(module: WebAssembly.Module): boolean {
  const { memory, kernel, first } = instantiate(module, PAGE_BYTES);

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
  kernel.product(first + 1024, first + 8192, first, COLUMNS, ROWS, out, 1, SCALE, 1, 1, 0);
  const elements = new Int32Array(memory.buffer, out, ROWS);
  return elements.every((element, row) => element === sums[row]);
}

/** Where kernels/decode.ts puts a weight. */
function weightByte(row: number, column: number): number {
  const block = (row >> 3) * 2 * COLUMNS;
  return block + 32 * (column >> 4) + 16 * ((row >> 2) & 1) + (column & 15);
}

/** Rows and columns of the product that is timed: its weights fit in the cache of one core. */
const TIMED = 256;
/** V8 compiles twice, first fast and then well; the second code is at least so much faster. */
const OPTIMISED = 0.7;
/** Turns that count, after all are optimised. */
const TURNS = 20;
const LONGEST_MS = 15;

/**
 * The fastest of some modules that are right: which one it is does not change what is computed.
 * @returns undefined when V8 does not optimise all of them soon: their first code says little about the
 *   second
 */
export function fastest<Name>(modules: ReadonlyMap<Name, WebAssembly.Module>): Name | undefined {
  const contenders = [...modules].map(([name, module]) => {
    const { kernel, first } = instantiate(module, 4 * PAGE_BYTES);
    const at = { activations: first + 2 * PAGE_BYTES, out: first + 3 * PAGE_BYTES };
    const run = () =>
      kernel.product(first, at.activations, first, TIMED, TIMED, at.out, 1, SCALE, 1, 1, 0);
    const timed = () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    };
    run();
    return { name, timed, before: Math.min(timed(), timed(), timed()), ms: Number.MAX_VALUE };
  });
  let turns = TURNS;
  for (const end = performance.now() + LONGEST_MS; turns > 0; ) {
    if (performance.now() > end) return undefined;
    // The best of many short products: what disturbs one does not count.
    for (const contender of contenders) contender.ms = Math.min(contender.ms, contender.timed());
    if (contenders.every(({ ms, before }) => ms < OPTIMISED * before)) turns--;
  }
  return contenders.reduce((best, next) => (next.ms < best.ms ? next : best)).name;
}
