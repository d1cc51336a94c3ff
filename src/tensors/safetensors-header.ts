import { UserError } from "../diagnostics/diagnostic.js";
import {
  ELEMENT_BYTES,
  type ElementType,
  elementCount,
  isElementType,
  shapeText,
} from "./element-type.js";
import { decodeUtf8, isObject, parseJson, shown } from "./strict-json.js";

/** A tensor of a safetensors file, as its header describes it. */
export interface TensorEntry {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** First byte, from the start of the data. */
  readonly begin: number;
  /** One past the last byte. */
  readonly end: number;
}

export interface SafetensorsHeader {
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Bytes before the header: its length as an unsigned 64-bit number. */
export const LENGTH_BYTES = 8;
/** The same limit as the format's own library. */
export const LONGEST_HEADER = 100_000_000;

const DAMAGED = "the file is damaged or incomplete: download or export it again";

/**
 * The header's length in bytes.
 * @param prefix the file's first 8 bytes, or all of a shorter file
 * @param fileSize in bytes
 */
export function headerLength(file: string, prefix: Uint8Array, fileSize: number): number {
  if (prefix.length < LENGTH_BYTES) {
    throw new UserError(
      `${file} has ${prefix.length} bytes; a safetensors file has at least ${LENGTH_BYTES}`,
      DAMAGED,
    );
  }
  const view = new DataView(prefix.buffer, prefix.byteOffset, LENGTH_BYTES);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(LONGEST_HEADER)) {
    throw new UserError(
      `${file}: its header claims ${length} bytes; at most ${LONGEST_HEADER} are allowed`,
      "the file is no safetensors file, or damaged: check its name, or download it again",
    );
  }
  if (length > BigInt(fileSize - LENGTH_BYTES)) {
    throw new UserError(
      `${file}: its header claims ${length} bytes, but only ${fileSize - LENGTH_BYTES} follow`,
      DAMAGED,
    );
  }
  return Number(length);
}

/**
 * Read a header and check that its tensors tile the data exactly.
 * @param bytes the header
 * @param dataLength bytes after the header
 * @throws UserError naming file, tensor and what was expected
 */
export function parseHeader(
  file: string,
  bytes: Uint8Array,
  dataLength: number,
): SafetensorsHeader {
  const where = `${file} (header)`;
  const json = parseJson(where, decodeUtf8(where, bytes, DAMAGED), DAMAGED);
  if (!isObject(json)) throw new UserError(`${where}: expected a JSON object`, DAMAGED);
  const tensors = new Map<string, TensorEntry>();
  let metadata: Readonly<Record<string, string>> = {};
  for (const [name, value] of Object.entries(json)) {
    if (name === "__metadata__") metadata = parseMetadata(where, value);
    else tensors.set(name, parseEntry(file, name, value, dataLength));
  }
  checkTiling(file, tensors, dataLength);
  return { tensors, metadata };
}

function parseMetadata(where: string, value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value) || Object.values(value).some((v) => typeof v !== "string")) {
    throw new UserError(`${where}: expected "__metadata__" to map strings to strings`, DAMAGED);
  }
  return value as Record<string, string>;
}

function parseEntry(file: string, name: string, value: unknown, dataLength: number): TensorEntry {
  const fail = (problem: string): never => {
    throw new UserError(`${file}: tensor ${shown(name)}: ${problem}`, DAMAGED);
  };
  if (!isObject(value)) return fail("expected an object with dtype, shape and data_offsets");
  const { dtype, shape, data_offsets: offsets } = value;
  if (!isElementType(dtype)) {
    const known = Object.keys(ELEMENT_BYTES).join(", ");
    return fail(`unknown dtype ${shown(dtype)}; expected one of ${known}`);
  }
  if (!isNaturals(shape)) return fail(`expected shape to be a list of sizes, got ${shown(shape)}`);
  if (!isNaturals(offsets) || offsets.length !== 2) {
    return fail(`expected data_offsets to be [begin, end], got ${shown(offsets)}`);
  }
  const [begin, end] = offsets as [number, number];
  if (begin > end || end > dataLength) {
    return fail(`data_offsets ${shapeText(offsets)} are not within the data's ${dataLength} bytes`);
  }
  const expected = elementCount(shape) * ELEMENT_BYTES[dtype];
  if (expected !== end - begin) {
    const needed = Number.isSafeInteger(expected) ? expected : "more than 2^53";
    return fail(
      `${dtype} ${shapeText(shape)} takes ${needed} bytes, but data_offsets hold ${end - begin}`,
    );
  }
  return { name, type: dtype, shape, begin, end };
}

function checkTiling(
  file: string,
  tensors: ReadonlyMap<string, TensorEntry>,
  dataLength: number,
): void {
  const sorted = [...tensors.values()].sort((a, b) => a.begin - b.begin || a.end - b.end);
  let position = 0;
  let previous: TensorEntry | undefined;
  for (const entry of sorted) {
    if (entry.begin < position) {
      throw new UserError(
        `${file}: tensors ${shown(previous!.name)} and ${shown(entry.name)} overlap at byte ${entry.begin} of the data`,
        DAMAGED,
      );
    }
    if (entry.begin > position) {
      throw new UserError(
        `${file}: bytes ${position} to ${entry.begin} of the data, before tensor ${shown(entry.name)}, belong to no tensor`,
        DAMAGED,
      );
    }
    position = entry.end;
    previous = entry;
  }
  if (position !== dataLength) {
    throw new UserError(
      `${file}: the last ${dataLength - position} bytes of the data belong to no tensor`,
      DAMAGED,
    );
  }
}

function isNaturals(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((v) => Number.isSafeInteger(v) && v >= 0);
}
