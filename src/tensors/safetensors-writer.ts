import { ELEMENT_BYTES } from "./element-type.js";
import { encodeElements, type Tensor } from "./elements.js";
import { LENGTH_BYTES } from "./safetensors-header.js";

/**
 * A safetensors file.
 * @param tensors by name; each must hold as many elements as its shape says
 * @returns the file in pieces, so that large tensors are not copied
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, Tensor>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array[] {
  // Wide elements first, as the format's library orders them, so that all are aligned.
  const sorted = [...tensors].sort(
    ([a, x], [b, y]) => ELEMENT_BYTES[y.type] - ELEMENT_BYTES[x.type] || (a < b ? -1 : 1),
  );
  const entries: [string, unknown][] = metadata ? [["__metadata__", metadata]] : [];
  const pieces: Uint8Array[] = [];
  let position = 0;
  for (const [name, tensor] of sorted) {
    const bytes = encodeElements(tensor);
    pieces.push(bytes);
    const end = position + bytes.length;
    entries.push([
      name,
      { dtype: tensor.type, shape: tensor.shape, data_offsets: [position, end] },
    ]);
    position = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const length = Math.ceil(json.length / LENGTH_BYTES) * LENGTH_BYTES;
  const header = new Uint8Array(LENGTH_BYTES + length).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(json, LENGTH_BYTES);
  return [header, ...pieces];
}
