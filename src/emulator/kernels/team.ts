import { Worker } from "node:worker_threads";
import type { WasmUnit } from "./wasm-unit.js";

/** The kernels' memory has room for as many. */
export const MAX_THREADS = 64;

/**
 * Looks for a product before a worker sleeps: about 0.6 ms. So the shared products of a token find it awake,
 * also when others of some hundred microseconds are computed by one thread in between; waking up takes long.
 */
const SPINS = 300_000;

/** All that a worker does. Text, so that it runs from sources, tests and the bundle alike. */
const WORKER = `
const { workerData } = require("node:worker_threads");
const { module, memory, thread, spins, results } = workerData;
new WebAssembly.Instance(module, { env: { memory } }).exports.serve(thread, spins, results);
`;

/** Workers that help with the products of one unit, from the first large one on. */
export class Team {
  readonly #unit: WasmUnit;
  readonly #workers: Worker[] = [];
  #started = false;
  #ready = false;

  /** @param threads 1 or more, this one included */
  constructor(
    unit: WasmUnit,
    readonly threads: number,
  ) {
    this.#unit = unit;
  }

  /** Start the workers, unless they are. They take part when they are ready; nobody waits for them. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    const { module, memory, results, resultBytes } = this.#unit;
    for (let thread = 1; thread < this.threads; thread++) {
      try {
        const worker = new Worker(WORKER, {
          eval: true,
          execArgv: [], // no loaders: the text needs none
          workerData: {
            module,
            memory,
            thread,
            spins: SPINS,
            results: results + thread * resultBytes,
          },
        });
        // A worker that cannot start leaves its share to the others.
        worker.on("error", () => {});
        worker.unref();
        this.#workers.push(worker);
      } catch {
        return;
      }
    }
  }

  /** Whether all workers are there. */
  get ready(): boolean {
    this.#ready ||= this.#started && this.#unit.kernel.serving() >= this.threads - 1;
    return this.#ready;
  }

  /** End the workers; later products run on one thread each time. */
  async close(): Promise<void> {
    if (this.#workers.length === 0) return;
    this.#unit.kernel.stop();
    await Promise.all(this.#workers.splice(0).map((worker) => worker.terminate()));
  }
}
