import { elementCount, type WeightType } from "../tensors/element-type.js";
import { encodeWeights } from "../tensors/elements.js";
import { safetensorsHeader } from "../tensors/safetensors-writer.js";
import { chunks, type TensorSource } from "./tensor-source.js";

/**
 * A safetensors file of a source's tensors, made as it is asked for: a few MB are in memory.
 * @param onProgress told how many weights of how many are done
 * @yields pieces in order; each is valid until the next is asked for
 */
export async function* safetensorsStream(
  source: TensorSource,
  type: WeightType,
  onProgress?: (done: number, total: number) => void,
): AsyncGenerator<Uint8Array> {
  const names = [...source.shapes.keys()].sort();
  const forms = new Map(names.map((name) => [name, { type, shape: source.shapes.get(name)! }]));
  const counts = new Map([...forms].map(([name, { shape }]) => [name, elementCount(shape)]));
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  let done = 0;
  yield safetensorsHeader(forms);
  for (const [name, count] of counts) {
    for await (const chunk of chunks(source, name, 0, count)) {
      yield type === "F32"
        ? new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
        : encodeWeights(type, chunk);
      done += chunk.length;
      onProgress?.(done, total);
    }
  }
}
