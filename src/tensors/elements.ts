import type { ElementType, WeightType } from "./element-type.js";

// Typed arrays have the host's byte order; every platform that Node ships for but s390x and AIX is
// little-endian like the files.

export type TensorData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** A tensor in memory, row-major. F16 and BF16 are held as the binary32 numbers they are. */
export interface Tensor {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

let halves: Float32Array | undefined;

/** The value of every binary16 number, by its bits. */
function halfTable(): Float32Array {
  halves ??= Float32Array.from({ length: 65536 }, (_, bits) => {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    if (exponent === 31) return fraction ? Number.NaN : sign * Infinity;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    return sign * (1024 + fraction) * 2 ** (exponent - 25);
  });
  return halves;
}

/**
 * Decode weights.
 * @param bytes little-endian elements, `out.length` of them
 * @param out takes their values, exactly
 */
export function decodeWeights(type: WeightType, bytes: Uint8Array, out: Float32Array): void {
  if (type === "F32") {
    new Uint8Array(out.buffer, out.byteOffset, out.byteLength).set(bytes);
    return;
  }
  const words = aligned(bytes, 2, Uint16Array);
  const count = out.length;
  if (type === "BF16") {
    const bits = new Uint32Array(out.buffer, out.byteOffset, count);
    for (let i = 0; i < count; i++) bits[i] = words[i]! << 16;
  } else {
    const table = halfTable();
    for (let i = 0; i < count; i++) out[i] = table[words[i]!]!;
  }
}

/**
 * Encode weights, rounding to nearest, ties to even; beyond the largest finite value is infinity.
 * @returns little-endian elements
 */
export function encodeWeights(type: WeightType, values: Float32Array): Uint8Array {
  if (type === "F32") return new Uint8Array(values.slice().buffer);
  const bits = new Uint32Array(values.slice().buffer);
  const encode = type === "BF16" ? bfloat16Bits : binary16Bits;
  return new Uint8Array(Uint16Array.from(bits, encode).buffer);
}

function bfloat16Bits(bits: number): number {
  if ((bits & 0x7fffffff) > 0x7f800000) return (bits >>> 16) | 0x40; // a NaN stays one
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}

function binary16Bits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x47800000) return sign | 0x7c00; // 2^16 and above
  if (magnitude >= 0x38800000) {
    // Rounding may carry into the exponent, which is the next binade or infinity, as it should.
    const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
    return sign | ((rounded - 0x38000000) >>> 13);
  }
  // Subnormal: units of 2^-24. Below 2^-25 nothing is left.
  const exponent = magnitude >>> 23;
  if (exponent < 102) return sign;
  const significand = (magnitude & 0x7fffff) | 0x800000;
  const shift = 126 - exponent;
  const quotient = significand >>> shift;
  const rest = significand & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return sign | (quotient + (rest > half || (rest === half && (quotient & 1) === 1) ? 1 : 0));
}

/** The values of little-endian elements of any type. */
export function decodeElements(type: ElementType, bytes: Uint8Array): TensorData {
  switch (type) {
    case "F32":
    case "F16":
    case "BF16": {
      const out = new Float32Array(bytes.length / (type === "F32" ? 4 : 2));
      decodeWeights(type, bytes, out);
      return out;
    }
    case "F64":
      return aligned(bytes, 8, Float64Array);
    case "I64":
      return aligned(bytes, 8, BigInt64Array);
    case "U64":
      return aligned(bytes, 8, BigUint64Array);
    case "I32":
      return aligned(bytes, 4, Int32Array);
    case "U32":
      return aligned(bytes, 4, Uint32Array);
    case "I16":
      return aligned(bytes, 2, Int16Array);
    case "U16":
      return aligned(bytes, 2, Uint16Array);
    case "I8":
      return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    case "U8":
    case "BOOL":
    case "F8_E4M3":
    case "F8_E5M2":
      return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  }
}

/** The little-endian elements of a tensor. */
export function encodeElements(tensor: Tensor): Uint8Array {
  if (tensor.type === "F16" || tensor.type === "BF16") {
    return encodeWeights(tensor.type, tensor.data as Float32Array);
  }
  const { buffer, byteOffset, byteLength } = tensor.data;
  return new Uint8Array(buffer, byteOffset, byteLength);
}

type ViewConstructor<T> = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => T;

/** A view of the bytes, or of a copy where they are not aligned. */
function aligned<T>(bytes: Uint8Array, size: number, View: ViewConstructor<T>): T {
  const source = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);
  return new View(source.buffer, source.byteOffset, Math.floor(bytes.length / size));
}
