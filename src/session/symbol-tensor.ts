import { UserError } from "../diagnostics/diagnostic.js";
import type { ImageSymbol, TensorType } from "../image/image.js";
import { tensorSize } from "../image/tensor-size.js";
import { ELEMENT_MAX, ELEMENT_MIN, fromReal, toReal } from "../numerics/fixed.js";
import { elementCount, shapeText } from "../tensors/element-type.js";
import { decodeElements, encodeElements, type Tensor } from "../tensors/elements.js";
import { type Packing, pack, packedSize, unpack } from "../ternary/packing.js";

/** Element types of a file that hold the integers of a symbol exactly. */
const INTEGER_TYPES = { i8: "I8", i16: "I16", i32: "I32", i64: "I64" } as const;

/** How a symbol's bytes are to be read; bytes where the program declared no type but a size. */
function declaration(symbol: ImageSymbol): { type: TensorType | "u8"; shape: readonly number[] } {
  if (symbol.tensor) return symbol.tensor;
  if (symbol.kind === "object" && symbol.size > 0) return { type: "u8", shape: [symbol.size] };
  throw new UserError(
    `symbol ${symbol.name} has neither a type nor a size`,
    `declare it in the source, such as: .tensor ${symbol.name}, q, 64`,
  );
}

/** Bytes of DRAM at a symbol. @throws UserError when the program declared neither type nor size */
export function symbolSize(symbol: ImageSymbol): number {
  const { type, shape } = declaration(symbol);
  return type === "u8" ? shape[0]! : tensorSize({ type, shape });
}

/**
 * What the bytes at a symbol stand for: real numbers (F64, exact) for vector elements, integers in
 * their own type, trits as I8, and U8 where the program declared no type.
 * @param bytes symbolSize(symbol) bytes of DRAM
 */
export function decodeSymbol(symbol: ImageSymbol, bytes: Uint8Array): Tensor {
  const { type, shape } = declaration(symbol);
  switch (type) {
    case "q": {
      const elements = decodeElements("I32", bytes) as Int32Array;
      return { type: "F64", shape, data: Float64Array.from(elements, toReal) };
    }
    case "t4":
    case "t5":
      return { type: "I8", shape, data: unpackMatrices(bytes, shape, type) };
    case "u8":
      return { type: "U8", shape, data: bytes };
    default: {
      const elementType = INTEGER_TYPES[type];
      return { type: elementType, shape, data: decodeElements(elementType, bytes) };
    }
  }
}

/**
 * The bytes of DRAM that hold a tensor at a symbol, the inverse of `decodeSymbol`. Vector elements
 * are rounded to the nearest; integers and trits must be exact.
 * @param source where the tensor comes from, for messages
 * @throws UserError when shape or values do not fit the symbol
 */
export function encodeSymbol(symbol: ImageSymbol, tensor: Tensor, source: string): Uint8Array {
  const { type, shape } = declaration(symbol);
  // A vector of n may come as [1, n] or [n, 1]; anything else is a mistake.
  const significant = (sizes: readonly number[]) => shapeText(sizes.filter((size) => size !== 1));
  if (significant(tensor.shape) !== significant(shape))
    throw new UserError(
      `${source} has shape ${shapeText(tensor.shape)}, but ${symbol.name} has ${shapeText(shape)}`,
    );
  const values = new Checked(symbol.name, tensor, source);
  switch (type) {
    case "q": {
      const data = Int32Array.from({ length: values.length }, (_, i) => values.fixed(i));
      return encodeElements({ type: "I32", shape, data });
    }
    case "t4":
    case "t5": {
      const trits = Int8Array.from({ length: values.length }, (_, i) => values.integer(i, -1n, 1n));
      return packMatrices(trits, shape, type);
    }
    case "u8":
      return Uint8Array.from({ length: values.length }, (_, i) => values.integer(i, 0n, 255n));
    case "i64": {
      const data = BigInt64Array.from({ length: values.length }, (_, i) => values.bigint(i, 64));
      return encodeElements({ type: "I64", shape, data });
    }
    default: {
      const bits = { i8: 8, i16: 16, i32: 32 }[type];
      const array = { i8: Int8Array, i16: Int16Array, i32: Int32Array }[type];
      const data = new array(values.length);
      for (let i = 0; i < values.length; i++) data[i] = Number(values.bigint(i, bits));
      return encodeElements({ type: INTEGER_TYPES[type], shape, data });
    }
  }
}

/** The shape of a ternary tensor's matrices and of their stack: see `tensorSize`. */
function matrices(shape: readonly number[], packing: Packing) {
  const rows = shape.at(-2) ?? 1;
  const columns = shape.at(-1) ?? 1;
  const count = elementCount(shape.slice(0, -2));
  return { rows, columns, count, trits: rows * columns, bytes: packedSize(rows, columns, packing) };
}

function packMatrices(trits: Int8Array, shape: readonly number[], packing: Packing): Uint8Array {
  const matrix = matrices(shape, packing);
  const out = new Uint8Array(matrix.count * matrix.bytes);
  for (let i = 0; i < matrix.count; i++) {
    const part = trits.subarray(i * matrix.trits, (i + 1) * matrix.trits);
    out.set(pack(part, matrix.rows, matrix.columns, packing), i * matrix.bytes);
  }
  return out;
}

function unpackMatrices(bytes: Uint8Array, shape: readonly number[], packing: Packing): Int8Array {
  const matrix = matrices(shape, packing);
  const out = new Int8Array(matrix.count * matrix.trits);
  for (let i = 0; i < matrix.count; i++) {
    const part = bytes.subarray(i * matrix.bytes, (i + 1) * matrix.bytes);
    out.set(unpack(part, matrix.rows, matrix.columns, packing), i * matrix.trits);
  }
  return out;
}

/** The values of a tensor, each checked against what its place can hold. */
class Checked {
  readonly length: number;

  constructor(
    readonly symbol: string,
    readonly tensor: Tensor,
    readonly source: string,
  ) {
    this.length = elementCount(tensor.shape);
  }

  /** A vector element. */
  fixed(index: number): number {
    const value = Number(this.tensor.data[index]);
    const element = fromReal(value);
    const limit = element === ELEMENT_MAX || element === ELEMENT_MIN;
    if (Number.isNaN(value) || (limit && Math.abs(value - toReal(element)) >= toReal(1)))
      this.fail(index, `vector elements hold ${toReal(ELEMENT_MIN)} to ${toReal(ELEMENT_MAX)}`);
    return element;
  }

  integer(index: number, min: bigint, max: bigint): number {
    const value = this.tensor.data[index]!;
    if (typeof value === "number" && !Number.isInteger(value))
      this.fail(index, `expected an integer from ${min} to ${max}`);
    if (value < min || value > max) this.fail(index, `expected an integer from ${min} to ${max}`);
    return Number(value);
  }

  /** A signed integer of so many bits. */
  bigint(index: number, bits: number): bigint {
    const value = this.tensor.data[index]!;
    const limit = 1n << BigInt(bits - 1);
    const integer = typeof value === "bigint" || Number.isInteger(value) ? BigInt(value) : limit;
    if (integer < -limit || integer >= limit)
      this.fail(index, `expected an integer of ${bits} bits`);
    return integer;
  }

  private fail(index: number, expected: string): never {
    throw new UserError(
      `${this.source}: element ${index} is ${this.tensor.data[index]}, which ${this.symbol} cannot hold: ${expected}`,
    );
  }
}
