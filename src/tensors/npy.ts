import { UserError } from "../diagnostics/diagnostic.js";
import { ELEMENT_BYTES, type ElementType, elementCount, shapeText } from "./element-type.js";
import { decodeElements, encodeElements, type Tensor } from "./elements.js";

// The format: numpy.lib.format, versions 1.0 to 3.0.

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY

const DESCRIPTIONS: Readonly<Record<string, ElementType>> = {
  b1: "BOOL",
  u1: "U8",
  i1: "I8",
  u2: "U16",
  i2: "I16",
  f2: "F16",
  u4: "U32",
  i4: "I32",
  f4: "F32",
  u8: "U64",
  i8: "I64",
  f8: "F64",
};

const HELP = "save it with numpy.save, as an array of numbers";

interface NpyHeader {
  readonly type: ElementType;
  readonly bigEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the elements start. */
  readonly offset: number;
}

/**
 * The array of a .npy file, made row-major and little-endian.
 * @param file named in messages
 * @throws UserError
 */
export function readNpy(file: string, bytes: Uint8Array): Tensor {
  const header = parseNpyHeader(file, bytes);
  const size = ELEMENT_BYTES[header.type];
  const needed = elementCount(header.shape) * size;
  const held = bytes.length - header.offset;
  if (needed !== held) {
    const count = Number.isSafeInteger(needed) ? needed : "more than 2^53";
    throw new UserError(
      `${file}: shape ${shapeText(header.shape)} of ${size}-byte elements takes ${count} bytes, but ${held} follow the header`,
      "the file is truncated or damaged: save it again",
    );
  }
  let elements = bytes.subarray(header.offset);
  if (header.bigEndian && size > 1) elements = swapped(elements, size);
  if (header.fortranOrder && header.shape.length > 1) {
    elements = rowMajor(elements, header.shape, size);
  }
  return { type: header.type, shape: header.shape, data: decodeElements(header.type, elements) };
}

function parseNpyHeader(file: string, bytes: Uint8Array): NpyHeader {
  const fail = (problem: string): never => {
    throw new UserError(`${file}: ${problem}`, HELP);
  };
  if (bytes.length < 12 || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    return fail("not a .npy file: it does not begin with \\x93NUMPY and a header");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = bytes[6]!;
  if (version < 1 || version > 3) return fail(`.npy version ${version}; expected 1, 2 or 3`);
  const start = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (start + length > bytes.length) {
    return fail(`its header claims ${length} bytes, but only ${bytes.length - start} follow`);
  }
  const text = new TextDecoder().decode(bytes.subarray(start, start + length));
  const description = /'descr'\s*:\s*'([<>|=]?)([A-Za-z]\d+)'/.exec(text);
  if (!description) return fail("expected 'descr' to be a plain element type, such as '<i4'");
  const type = Object.hasOwn(DESCRIPTIONS, description[2]!)
    ? DESCRIPTIONS[description[2]!]!
    : fail(
        `element type '${description[2]}'; expected one of ${Object.keys(DESCRIPTIONS).join(", ")}`,
      );
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text);
  if (!order) return fail("expected 'fortran_order' to be True or False");
  const shape = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(text);
  if (!shape) return fail("expected 'shape' to be a tuple of sizes");
  const sizes = shape[1]!.split(",").map((size) => size.trim());
  if (sizes.at(-1) === "") sizes.pop();
  if (sizes.some((size) => !/^\d+$/.test(size) || !Number.isSafeInteger(Number(size)))) {
    return fail(`shape (${shape[1]}) is no tuple of sizes`);
  }
  return {
    type,
    bigEndian: description[1] === ">",
    fortranOrder: order[1] === "True",
    shape: sizes.map(Number),
    offset: start + length,
  };
}

function swapped(bytes: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    const element = i - (i % size);
    out[i] = bytes[element + size - 1 - (i % size)]!;
  }
  return out;
}

/** Elements whose first index runs fastest, in the order in which the last one does. */
function rowMajor(bytes: Uint8Array, shape: readonly number[], size: number): Uint8Array {
  const out = new Uint8Array(bytes.length);
  const index = shape.map(() => 0);
  const strides: number[] = [];
  let stride = size;
  for (const dimension of shape) {
    strides.push(stride);
    stride *= dimension;
  }
  for (let to = 0; to < out.length; to += size) {
    const from = index.reduce((sum, i, axis) => sum + i * strides[axis]!, 0);
    for (let k = 0; k < size; k++) out[to + k] = bytes[from + k]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++index[axis]! < shape[axis]!) break;
      index[axis] = 0;
    }
  }
  return out;
}

/**
 * A .npy file, version 1.0. BF16, which NumPy lacks, is written as F32.
 * @returns the file in pieces, so that a large array is not copied
 */
export function writeNpy(tensor: Tensor): Uint8Array[] {
  const { shape, data } = tensor;
  const type = tensor.type === "BF16" ? "F32" : tensor.type;
  const entry = Object.entries(DESCRIPTIONS).find(([, name]) => name === type);
  const description = entry ? entry[0] : "u1"; // 8-bit floats as their bits
  const order = ELEMENT_BYTES[type] === 1 ? "|" : "<";
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const text = `{'descr': '${order}${description}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const total = Math.ceil((10 + text.length + 1) / 64) * 64;
  const header = new Uint8Array(total).fill(0x20);
  header.set(MAGIC);
  header.set([1, 0, (total - 10) & 255, (total - 10) >> 8], MAGIC.length);
  header.set(new TextEncoder().encode(text), 10);
  header[total - 1] = 0x0a;
  return [header, encodeElements({ type, shape, data })];
}
