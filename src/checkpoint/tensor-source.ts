import { elementCount } from "../tensors/element-type.js";

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

/** Elements that are read at a time: a few MB. */
export const CHUNK = 1 << 20;

/**
 * The elements of a tensor, a chunk at a time, while the next chunk is being read; each is valid
 * until the next is asked for.
 * @param start first element
 * @param end one past the last
 */
export function chunks(
  source: TensorSource,
  tensor: string,
  start: number,
  end: number,
): AsyncGenerator<Float32Array> {
  const length = Math.min(CHUNK, end - start);
  const buffers = [new Float32Array(length), new Float32Array(length)];
  return readAhead(source, tensor, start, end, (index, count) =>
    buffers[index % 2]!.subarray(0, count),
  );
}

/**
 * The same for a whole tensor, whose chunks stay.
 * @param out takes all elements; what is yielded are its parts, in order
 */
export function chunksInto(
  source: TensorSource,
  tensor: string,
  out: Float32Array,
): AsyncGenerator<Float32Array> {
  return readAhead(source, tensor, 0, out.length, (index, count) =>
    out.subarray(index * CHUNK, index * CHUNK + count),
  );
}

async function* readAhead(
  source: TensorSource,
  tensor: string,
  start: number,
  end: number,
  place: (index: number, count: number) => Float32Array,
): AsyncGenerator<Float32Array> {
  const read = (index: number): Promise<Float32Array> | undefined => {
    const at = start + index * CHUNK;
    if (at >= end) return undefined;
    const chunk = place(index, Math.min(CHUNK, end - at));
    const reading = source.read(tensor, at, chunk).then(() => chunk);
    reading.catch(() => {}); // reported when it is awaited, if ever
    return reading;
  };
  let next = read(0);
  for (let index = 1; next; index++) {
    const chunk: Float32Array = await next;
    next = read(index);
    yield chunk;
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
