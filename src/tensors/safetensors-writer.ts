import { ELEMENT_BYTES, type ElementType, elementCount } from "./element-type.js";
import { encodeElements, type Tensor } from "./elements.js";
import { LENGTH_BYTES } from "./safetensors-header.js";

/** What a header says of a tensor, but for its place, which is after the one before. */
export interface TensorForm {
  readonly type: ElementType;
  readonly shape: readonly number[];
}

/**
 * The length and header with which a safetensors file begins.
 * @param tensors in the order in which their elements follow, without gaps
 */
export function safetensorsHeader(
  tensors: ReadonlyMap<string, TensorForm>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  const entries: [string, unknown][] = metadata ? [["__metadata__", metadata]] : [];
  let position = 0;
  for (const [name, { type, shape }] of tensors) {
    const end = position + elementCount(shape) * ELEMENT_BYTES[type];
    entries.push([name, { dtype: type, shape, data_offsets: [position, end] }]);
    position = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const length = Math.ceil(json.length / LENGTH_BYTES) * LENGTH_BYTES;
  const header = new Uint8Array(LENGTH_BYTES + length).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(json, LENGTH_BYTES);
  return header;
}

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
  const sorted = new Map(
    [...tensors].sort(
      ([a, x], [b, y]) => ELEMENT_BYTES[y.type] - ELEMENT_BYTES[x.type] || (a < b ? -1 : 1),
    ),
  );
  return [safetensorsHeader(sorted, metadata), ...[...sorted.values()].map(encodeElements)];
}
