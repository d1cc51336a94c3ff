import { kernelMemory, LARGEST_KERNEL_MEMORY } from "./kernels/memory.js";
import { READS_AT_A_TIME, ReadQueue } from "./read-queue.js";
import { CHUNK, sliced, type TensorSource } from "./tensor-source.js";

/** A stored tensor. */
export interface StoredTensor {
  readonly name: string;
  readonly count: number;
}

/** A whole tensor that is being read. */
export interface MatrixReading {
  readonly tensor: string;
  readonly weights: Float32Array;
  /** Its parts, in order. */
  readonly chunks: readonly Promise<Float32Array>[];
}

/**
 * Reads whole tensors, the next one while the present one is worked on: there is room for two.
 */
export class MatrixReader {
  readonly #queue = new ReadQueue();
  #memory = new Float32Array(0);
  #current: MatrixReading | undefined;
  #next: MatrixReading | undefined;
  #upcoming: readonly StoredTensor[] = [];

  constructor(private readonly source: TensorSource) {}

  /**
   * Take memory for weights, and beside it zeroed memory for what they become, so that kernels take
   * them from one to the other.
   * @param largest elements of the largest tensor that will be read
   * @param size bytes of the results
   */
  async allocate(largest: number, size: number): Promise<Uint8Array> {
    await this.release();
    const room = roomFor(largest);
    if (room * 4 + size > LARGEST_KERNEL_MEMORY) return new Uint8Array(size); // plain code, then
    const memory = kernelMemory(room * 4 + size);
    this.#memory = new Float32Array(memory, 0, room);
    return new Uint8Array(memory, room * 4, size);
  }

  /** Say which tensors will be wanted whole, in this order. */
  announce(tensors: readonly StoredTensor[]): void {
    this.#upcoming = tensors.filter(({ name }, i) => tensors[i - 1]?.name !== name);
  }

  /** Read a whole tensor; it stays until another is asked for. */
  async read(tensor: StoredTensor): Promise<MatrixReading> {
    if (this.#current?.tensor === tensor.name) return this.#current;
    if (this.#next?.tensor !== tensor.name) await this.#restart(tensor);
    this.#current = this.#next!;
    this.#next = undefined;
    this.#readAhead();
    return this.#current;
  }

  /** Buffers for `chunks`, in the memory for weights; what was read whole is given up. */
  async buffers(size: number): Promise<Float32Array[]> {
    await this.release();
    this.#reserve(size * (READS_AT_A_TIME + 1));
    return sliced(this.#memory, size);
  }

  /** Give up what was read, and wait until nothing is written to its memory any more. */
  async release(): Promise<void> {
    const chunks = [...(this.#current?.chunks ?? []), ...(this.#next?.chunks ?? [])];
    this.#current = undefined;
    this.#next = undefined;
    await Promise.allSettled(chunks);
  }

  #reserve(room: number): void {
    if (this.#memory.length < room) this.#memory = new Float32Array(kernelMemory(room * 4));
  }

  /** Read a tensor that nobody announced. */
  async #restart(tensor: StoredTensor): Promise<void> {
    await this.release();
    this.#reserve(tensor.count);
    this.#next = this.#start(tensor, 0);
  }

  #readAhead(): void {
    const at = this.#upcoming.findIndex(({ name }) => name === this.#current!.tensor);
    const next = at < 0 ? undefined : this.#upcoming[at + 1];
    if (!next) return;
    this.#upcoming = this.#upcoming.slice(at);
    // One begins at the beginning, the next ends at the end, so that they touch little memory.
    const { weights } = this.#current!;
    const first = (weights.byteOffset - this.#memory.byteOffset) / 4;
    const start = first === 0 ? this.#memory.length - next.count : 0;
    const free = first === 0 ? start >= weights.length : next.count <= first;
    if (free) this.#next = this.#start(next, start);
  }

  #start({ name, count }: StoredTensor, start: number): MatrixReading {
    const weights = this.#memory.subarray(start, start + count);
    const chunks: Promise<Float32Array>[] = [];
    for (let at = 0; at < count; at += CHUNK) {
      const chunk = weights.subarray(at, at + CHUNK);
      chunks.push(this.#queue.add(() => this.source.read(name, at, chunk).then(() => chunk)));
    }
    return { tensor: name, weights, chunks };
  }
}

/** Elements of memory for two tensors, in whole lines, so that results begin at one. */
function roomFor(largest: number): number {
  return Math.max(2 * Math.ceil(largest / 16) * 16, (READS_AT_A_TIME + 1) * CHUNK);
}
