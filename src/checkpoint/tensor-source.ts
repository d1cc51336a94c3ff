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
 * The elements of a tensor, a chunk at a time; each chunk is valid until the next is asked for.
 * @param start first element
 * @param end one past the last
 */
export async function* chunks(
  source: TensorSource,
  tensor: string,
  start: number,
  end: number,
): AsyncGenerator<Float32Array> {
  const buffer = new Float32Array(Math.min(CHUNK, end - start));
  for (let at = start; at < end; at += CHUNK) {
    const chunk = buffer.subarray(0, Math.min(CHUNK, end - at));
    await source.read(tensor, at, chunk);
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
