import { PACKINGS } from "../isa/index.js";
import { type Packing, packedSize } from "../ternary/packing.js";
import type { ImageSymbol, TensorType } from "./image.js";

type Tensor = NonNullable<ImageSymbol["tensor"]>;

const ELEMENT_BYTES: Readonly<Record<Exclude<TensorType, Packing>, number>> = {
  q: 4,
  i8: 1,
  i16: 2,
  i32: 4,
  i64: 8,
};

/** Every tensor type's name. */
export const TENSOR_TYPES: readonly TensorType[] = [
  ...(Object.keys(ELEMENT_BYTES) as (keyof typeof ELEMENT_BYTES)[]),
  ...(Object.keys(PACKINGS) as Packing[]),
];

/** Whether a tensor type is a packed ternary matrix. */
export function isPacking(type: TensorType): type is Packing {
  return type in PACKINGS;
}

/**
 * Bytes of a tensor in DRAM. A ternary tensor's last two dimensions are rows and columns of a
 * packed matrix (one row when there is one dimension); matrices of further dimensions follow each
 * other.
 */
export function tensorSize({ type, shape }: Tensor): number {
  if (!isPacking(type)) return shape.reduce((product, n) => product * n, ELEMENT_BYTES[type]);
  const matrices = shape.slice(0, -2).reduce((product, n) => product * n, 1);
  return matrices * packedSize(shape.at(-2) ?? 1, shape.at(-1) ?? 1, type);
}
