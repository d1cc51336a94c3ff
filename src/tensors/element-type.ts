/** Bytes of each element type, by its safetensors name. */
export const ELEMENT_BYTES = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E5M2: 1,
  F8_E4M3: 1,
  I16: 2,
  U16: 2,
  F16: 2,
  BF16: 2,
  I32: 4,
  U32: 4,
  F32: 4,
  F64: 8,
  I64: 8,
  U64: 8,
} as const;

export type ElementType = keyof typeof ELEMENT_BYTES;

/** Element types that hold a model's weights. */
export type WeightType = "F32" | "F16" | "BF16";

export const WEIGHT_TYPES: readonly WeightType[] = ["F32", "F16", "BF16"];

export function isElementType(name: unknown): name is ElementType {
  return typeof name === "string" && Object.hasOwn(ELEMENT_BYTES, name);
}

export function isWeightType(name: ElementType): name is WeightType {
  return (WEIGHT_TYPES as readonly ElementType[]).includes(name);
}

/** Elements of a shape; Infinity when they are too many to count exactly. */
export function elementCount(shape: readonly number[]): number {
  let count = 1;
  for (const dimension of shape) count *= dimension;
  // A zero dimension makes the count 0 whatever an overflow before it said.
  if (shape.includes(0)) return 0;
  return count <= Number.MAX_SAFE_INTEGER ? count : Infinity;
}

/** `[3, 4]`, as messages write a shape. */
export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}
