import { elementCount } from "../tensors/element-type.js";
import { kernelMemory } from "./kernels/memory.js";
import { READS_AT_A_TIME } from "./read-queue.js";

/** Where a checkpoint's weights come from: safetensors files, memory, or a recipe. */
export interface TensorSource {
  /** For messages: a folder or file. */
  readonly name: string;
  /** Shapes by tensor name. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  /** Where a tensor is, for messages. */
  locate(tensor: string): string;
  /**
   * Part of a tensor.
   * @param start first element, row-major
   * @param out takes `out.length` elements
   */
  read(tensor: string, start: number, out: Float32Array): Promise<void>;
  close(): Promise<void>;
}

/**
 * Elements that are read at a time: a few MB. Tensors are summed in such pieces, so another number could
 * change the last bit of a sum.
 */
export const CHUNK = 1 << 20;

/** Buffers of chunks that serve the next stream of the same source, too. */
const spareBuffers = new WeakMap<TensorSource, Float32Array[][]>();

export interface ChunkOptions {
  /** Elements of a chunk; default CHUNK. */
  readonly size?: number;
  /** Memory for READS_AT_A_TIME + 1 chunks; default: its own. */
  readonly buffers?: readonly Float32Array[];
}

/**
 * The elements of a tensor, a chunk at a time, while the next ones are being read; each is valid
 * until the next is asked for.
 * @param start first element
 * @param end one past the last
 */
export async function* chunks(
  source: TensorSource,
  tensor: string,
  start: number,
  end: number,
  { size = CHUNK, buffers }: ChunkOptions = {},
): AsyncGenerator<Float32Array> {
  const ring = buffers ?? takeBuffers(source, Math.min(size, end - start));
  try {
    yield* readAhead(source, tensor, { start, end, size }, ring);
  } finally {
    if (!buffers) spareBuffers.get(source)!.push(ring as Float32Array[]);
  }
}

function takeBuffers(source: TensorSource, length: number): Float32Array[] {
  const spare = spareBuffers.get(source) ?? [];
  spareBuffers.set(source, spare);
  const index = spare.findIndex(([buffer]) => buffer!.length >= length);
  if (index >= 0) return spare.splice(index, 1)[0]!;
  return sliced(new Float32Array(kernelMemory((READS_AT_A_TIME + 1) * length * 4)), length);
}

/** Memory as the buffers of `chunks`. @param length of one */
export function sliced(memory: Float32Array, length: number): Float32Array[] {
  return Array.from({ length: READS_AT_A_TIME + 1 }, (_, i) =>
    memory.subarray(i * length, (i + 1) * length),
  );
}

async function* readAhead(
  source: TensorSource,
  tensor: string,
  { start, end, size }: { start: number; end: number; size: number },
  ring: readonly Float32Array[],
): AsyncGenerator<Float32Array> {
  const reads: Promise<Float32Array>[] = [];
  let index = 0;
  const readNext = (): void => {
    const at = start + index * size;
    if (at >= end) return;
    const chunk = ring[index++ % ring.length]!.subarray(0, Math.min(size, end - at));
    const reading = source.read(tensor, at, chunk).then(() => chunk);
    reading.catch(() => {}); // reported when it is awaited, if ever
    reads.push(reading);
  };
  for (let i = 0; i < READS_AT_A_TIME; i++) readNext();
  try {
    for (let next = reads.shift(); next; next = reads.shift()) {
      const chunk = await next;
      readNext();
      yield chunk;
    }
  } finally {
    await Promise.allSettled(reads); // into memory that others will use
  }
}

/** Weights in memory, such as made-up ones for a test or a kernel study. */
export function memoryTensors(
  name: string,
  tensors: ReadonlyMap<string, { shape: readonly number[]; data: Float32Array }>,
): TensorSource {
  for (const [tensor, { shape, data }] of tensors) {
    if (elementCount(shape) !== data.length)
      throw new RangeError(`${tensor}: shape and data differ`);
  }
  return {
    name,
    shapes: new Map([...tensors].map(([tensor, { shape }]) => [tensor, shape])),
    locate: () => name,
    async read(tensor, start, out) {
      out.set(tensors.get(tensor)!.data.subarray(start, start + out.length));
    },
    async close() {},
  };
}
