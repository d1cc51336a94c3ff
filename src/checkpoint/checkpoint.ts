import { UserError } from "../diagnostics/diagnostic.js";
import { elementCount } from "../tensors/element-type.js";
import { type Packing, packedSize, tritsPerByte } from "../ternary/packing.js";
import type { ModelConfig } from "./config.js";
import { EMBEDDINGS, type ExpectedTensor, expectedTensors, LM_HEAD } from "./inventory.js";
import { absoluteSum, packWeights } from "./kernels/kernels.js";
import { MatrixReader, type StoredTensor } from "./matrix-reader.js";
import { countPackedTrits } from "./pack-weights.js";
import { CHUNK, chunks, type TensorSource } from "./tensor-source.js";
import {
  countTrits,
  type TernaryScale,
  type TritCounts,
  ternarise,
  ternaryScale,
} from "./ternarise.js";

/**
 * Largest matrix of a layer that is kept from summing to packing, so that it is read once: 256 MB. The
 * next layer's takes the same memory. The vocabulary's matrices, which have no next, are read twice:
 * memory that is used once costs more than reading again what the system has just read.
 */
const KEPT_WEIGHTS = 1 << 26;

/** Rows [start, end) of a matrix. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

interface TernaryMatrixBase extends TernaryScale {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly counts: TritCounts;
}

export interface TernaryMatrix extends TernaryMatrixBase {
  /** rows x columns values of -1, 0, 1, row-major. */
  readonly trits: Int8Array;
}

export interface PackedMatrix extends TernaryMatrixBase {
  readonly packing: Packing;
  /** As DRAM holds it: src/ternary/packing.ts. */
  readonly bytes: Uint8Array;
}

/** A model: its configuration and its weights, which are read when they are asked for. */
export class Checkpoint {
  /** Every tensor of the model, in the order in which a token meets them. */
  readonly tensors: readonly ExpectedTensor[];
  private readonly byName: ReadonlyMap<string, ExpectedTensor>;
  private readonly sums = new Map<string, number>();
  private readonly matrices: MatrixReader;

  /**
   * @param name of the model: its folder's
   * @param source must have every tensor of `expectedTensors(config)`, in its shape, but the output
   * matrix when it is tied to the embeddings
   * @param damage given when the values were not checked: asked for the error when one that is read
   * is not finite
   */
  constructor(
    readonly name: string,
    readonly config: ModelConfig,
    private readonly source: TensorSource,
    private readonly damage?: () => Promise<Error>,
  ) {
    this.tensors = expectedTensors(config);
    this.byName = new Map(this.tensors.map((tensor) => [tensor.name, tensor]));
    this.matrices = new MatrixReader(source);
  }

  /** Rows first; a vector has one dimension. */
  shape(name: string): readonly number[] {
    return this.expected(name).shape;
  }

  /** A whole tensor, row-major. */
  async readTensor(name: string): Promise<Float32Array> {
    const out = new Float32Array(elementCount(this.shape(name)));
    await this.source.read(this.stored(name), 0, out);
    await this.checkValues(out);
    return out;
  }

  /** Some rows of a matrix, row-major. */
  async readRows(name: string, rows: RowRange): Promise<Float32Array> {
    const columns = this.shape(name)[1]!;
    const out = new Float32Array((rows.end - rows.start) * columns);
    await this.source.read(this.stored(name), rows.start * columns, out);
    await this.checkValues(out);
    return out;
  }

  /**
   * All rows of a matrix, some at a time: a few MB, or one row. They are in the memory of `allocate`.
   * @yields whole rows, row-major, valid until any weights are asked for
   */
  async *rowChunks(name: string): AsyncGenerator<Float32Array> {
    const columns = this.shape(name)[1]!;
    const size = columns * Math.max(1, Math.floor(CHUNK / columns));
    const count = elementCount(this.shape(name));
    const buffers = await this.matrices.buffers(Math.min(size, count));
    for await (const chunk of chunks(this.source, this.stored(name), 0, count, { size, buffers })) {
      await this.checkValues(chunk);
      yield chunk;
    }
  }

  /** The scale of a ternary matrix, always that of the whole matrix. */
  async ternaryScale(name: string): Promise<TernaryScale> {
    const sum = await this.absoluteSum(name);
    if (this.damage && !Number.isFinite(sum)) throw await this.damage();
    return ternaryScale(sum, elementCount(this.shape(name)));
  }

  /**
   * A ternary matrix, or some rows of it, one byte a trit.
   * @param onRows told how many rows are done, for a progress display
   */
  async ternaryMatrix(
    name: string,
    rows: RowRange = this.allRows(name),
    onRows?: (done: number) => void,
  ): Promise<TernaryMatrix> {
    const columns = this.shape(name)[1]!;
    const trits = new Int8Array((rows.end - rows.start) * columns);
    const scale = await this.ternaryScale(name);
    let at = 0;
    for await (const chunk of chunks(
      this.source,
      this.stored(name),
      rows.start * columns,
      rows.end * columns,
    )) {
      ternarise(chunk, scale.scale, trits.subarray(at, at + chunk.length));
      at += chunk.length;
      onRows?.(Math.floor(at / columns));
    }
    return {
      name,
      rows: rows.end - rows.start,
      columns,
      ...scale,
      counts: countTrits(trits),
      trits,
    };
  }

  /**
   * Zeroed memory for packed matrices and other results, beside which weights are read: work that stays
   * in it is fastest.
   * @param size in bytes
   */
  async allocate(size: number): Promise<Uint8Array> {
    const kept = this.tensors.filter(({ kind, name }) => kind === "ternary" && this.isKept(name));
    const largest = Math.max(0, ...kept.map(({ shape }) => elementCount(shape)));
    return this.matrices.allocate(largest, size);
  }

  /** Say which matrices `packedMatrix` will be asked for, so that the next one is read meanwhile. */
  announce(names: readonly string[]): void {
    this.matrices.announce(
      names.filter((name) => this.isKept(name)).map((name) => this.whole(name)),
    );
  }

  /**
   * A ternary matrix, or some rows of it, as DRAM holds it; its trits are never all in memory.
   * @param onRows told how many rows are done, for a progress display
   * @param out takes packedSize bytes, which must be zero; default: new ones
   */
  async packedMatrix(
    name: string,
    packing: Packing,
    rows: RowRange = this.allRows(name),
    onRows?: (done: number) => void,
    out?: Uint8Array,
  ): Promise<PackedMatrix> {
    const columns = this.shape(name)[1]!;
    const total = rows.end - rows.start;
    const size = packedSize(total, columns, packing);
    const bytes = out?.subarray(0, size) ?? new Uint8Array(size);
    const group = tritsPerByte(packing);
    const block = group * Math.max(1, Math.floor(CHUNK / (group * columns)));
    let scale: TernaryScale | undefined;
    let row = 0;
    for await (const weights of this.weights(name, rows, block * columns)) {
      scale ??= await this.ternaryScale(name);
      const count = weights.length / columns;
      const part = bytes.subarray(packedSize(row, columns, packing));
      packWeights(weights, count, columns, scale.scale, packing, part);
      row += count;
      onRows?.(row);
    }
    return {
      name,
      rows: total,
      columns,
      ...(scale ?? (await this.ternaryScale(name))),
      get counts() {
        return countPackedTrits(bytes, packing, total * columns);
      },
      packing,
      bytes,
    };
  }

  /** Sum of |W|; not finite when the tensor holds NaN or infinity. Computed once. */
  async absoluteSum(name: string): Promise<number> {
    const stored = this.stored(name);
    let sum = this.sums.get(stored);
    if (sum === undefined) {
      sum = 0;
      const count = elementCount(this.shape(name));
      const buffers = await this.matrices.buffers(Math.min(CHUNK, count));
      for await (const chunk of chunks(this.source, stored, 0, count, { buffers }))
        sum = absoluteSum(chunk, sum);
      this.sums.set(stored, sum);
    }
    return sum;
  }

  /**
   * Rows of a matrix whose sum is known from then on.
   * @param size elements of a piece, a number of rows
   */
  private async *weights(name: string, rows: RowRange, size: number): AsyncGenerator<Float32Array> {
    const columns = this.shape(name)[1]!;
    const [start, end] = [rows.start * columns, rows.end * columns];
    if (!this.isKept(name)) {
      await this.absoluteSum(name);
      const buffers = await this.matrices.buffers(Math.min(size, end - start));
      yield* chunks(this.source, this.stored(name), start, end, { size, buffers });
      return;
    }
    const reading = await this.matrices.read(this.whole(name));
    if (this.sums.has(reading.tensor)) await Promise.all(reading.chunks);
    else {
      let sum = 0;
      for (const chunk of reading.chunks) sum = absoluteSum(await chunk, sum);
      this.sums.set(reading.tensor, sum);
    }
    for (let at = start; at < end; at += size)
      yield reading.weights.subarray(at, Math.min(end, at + size));
  }

  private isKept(name: string): boolean {
    if (name === EMBEDDINGS || name === LM_HEAD) return false;
    return elementCount(this.shape(name)) <= KEPT_WEIGHTS;
  }

  private whole(name: string): StoredTensor {
    return { name: this.stored(name), count: elementCount(this.shape(name)) };
  }

  private async checkValues(values: Float32Array): Promise<void> {
    if (this.damage && !Number.isFinite(absoluteSum(values))) throw await this.damage();
  }

  async close(): Promise<void> {
    await this.matrices.release();
    await this.source.close();
  }

  private allRows(name: string): RowRange {
    return { start: 0, end: this.shape(name)[0]! };
  }

  /** The name under which a tensor is stored: a tied output matrix is the embeddings. */
  private stored(name: string): string {
    return name === LM_HEAD && !this.source.shapes.has(LM_HEAD) ? EMBEDDINGS : name;
  }

  private expected(name: string): ExpectedTensor {
    const tensor = this.byName.get(name);
    if (tensor) return tensor;
    throw new UserError(`model ${this.name} has no tensor ${name}`);
  }
}
