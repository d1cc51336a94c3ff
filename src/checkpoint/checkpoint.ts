import { UserError } from "../diagnostics/diagnostic.js";
import { elementCount } from "../tensors/element-type.js";
import { type Packing, packedSize, tritsPerByte } from "../ternary/packing.js";
import type { ModelConfig } from "./config.js";
import { EMBEDDINGS, type ExpectedTensor, expectedTensors, LM_HEAD } from "./inventory.js";
import { countPackedTrits, packWeights } from "./pack-weights.js";
import { CHUNK, chunks, chunksInto, type TensorSource } from "./tensor-source.js";
import {
  absoluteSum,
  countTrits,
  type TernaryScale,
  type TritCounts,
  ternarise,
  ternaryScale,
} from "./ternarise.js";

/**
 * Weights of a matrix that are kept from summing to packing, so that they are read once; of larger
 * ones, the vocabulary's of the largest models, packing reads them again. 256 MB.
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
  /** All weights of the stored tensor that was summed last, in a buffer that serves the next, too. */
  private kept: { readonly stored: string; readonly weights: Float32Array } | undefined;
  private buffer = new Float32Array(0);

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

  /** A ternary matrix, or some rows of it, as DRAM holds it; its trits are never all in memory. */
  async packedMatrix(
    name: string,
    packing: Packing,
    rows: RowRange = this.allRows(name),
    onRows?: (done: number) => void,
  ): Promise<PackedMatrix> {
    const columns = this.shape(name)[1]!;
    const total = rows.end - rows.start;
    const bytes = new Uint8Array(packedSize(total, columns, packing));
    await this.keep(name);
    const scale = await this.ternaryScale(name);
    const group = tritsPerByte(packing);
    const block = group * Math.max(1, Math.floor(CHUNK / (group * columns)));
    for (let row = 0; row < total; row += block) {
      const count = Math.min(block, total - row);
      const weights = await this.weights(name, rows.start + row, count, columns);
      const out = bytes.subarray(packedSize(row, columns, packing));
      packWeights(weights, count, columns, scale.scale, packing, out);
      onRows?.(row + count);
    }
    return {
      name,
      rows: total,
      columns,
      ...scale,
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
      for await (const chunk of chunks(this.source, stored, 0, count)) {
        sum = absoluteSum(chunk, sum);
      }
      this.sums.set(stored, sum);
    }
    return sum;
  }

  /** Read a matrix whose sum is not known yet, and keep it if it is not too large. */
  private async keep(name: string): Promise<void> {
    const stored = this.stored(name);
    const count = elementCount(this.shape(name));
    if (this.sums.has(stored) || count > KEPT_WEIGHTS) return;
    this.kept = undefined;
    if (this.buffer.length < count) this.buffer = new Float32Array(count);
    const weights = this.buffer.subarray(0, count);
    let sum = 0;
    for await (const chunk of chunksInto(this.source, stored, weights))
      sum = absoluteSum(chunk, sum);
    this.sums.set(stored, sum);
    this.kept = { stored, weights };
  }

  /** Rows of a matrix, valid until others are asked for. */
  private async weights(
    name: string,
    row: number,
    count: number,
    columns: number,
  ): Promise<Float32Array> {
    const stored = this.stored(name);
    if (this.kept?.stored === stored)
      return this.kept.weights.subarray(row * columns, (row + count) * columns);
    this.kept = undefined;
    if (this.buffer.length < count * columns) this.buffer = new Float32Array(count * columns);
    const weights = this.buffer.subarray(0, count * columns);
    await this.source.read(stored, row * columns, weights);
    return weights;
  }

  private async checkValues(values: Float32Array): Promise<void> {
    if (this.damage && !Number.isFinite(absoluteSum(values))) throw await this.damage();
  }

  close(): Promise<void> {
    return this.source.close();
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
