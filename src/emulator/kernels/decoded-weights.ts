import { MEMORY } from "../../isa/index.js";
import { type Packing, packedSize, tritsPerByte } from "../../ternary/packing.js";
import type { Memory } from "../memory.js";
import { Places } from "./places.js";
import { DECODED_TOGETHER, type WasmUnit } from "./wasm-unit.js";

const LINE = MEMORY.line_bytes;
/** Decoded weights take at most this many times the bytes that DRAM holds: t5 becomes 1.25 times larger. */
const LIMIT = 1.3;
/** So that small programs are never short of room. */
const LEAST_LIMIT = 2 ** 20;

/** More than any configuration's vectors have. */
const MOST_COLUMNS = 2 ** 20;

/** A matrix in DRAM and the place of its decoded copy. */
interface Decoded {
  readonly packing: Packing;
  readonly address: number;
  readonly bytes: number;
  readonly rows: number;
  readonly columns: number;
  readonly at: number;
  /** The same address as a matrix of another shape. */
  readonly other: Decoded | undefined;
  /** DRAM has not changed there since. */
  current: boolean;
}

/**
 * The matrices that a program multiplies with, decoded to the kernel's layout when they are first used.
 * A write to one makes it decode again. When the room is used up, all are forgotten.
 */
export class DecodedWeights {
  readonly #unit: WasmUnit;
  readonly #memory: Memory;
  readonly #byAddress = new Map<number, Decoded>();
  /** Of matrices that are current. */
  readonly #places = new Places();
  readonly #vectors: { readonly bytes: number };
  #end: number;

  /** @param vectors share the limit */
  constructor(unit: WasmUnit, memory: Memory, vectors: { readonly bytes: number } = { bytes: 0 }) {
    this.#vectors = vectors;
    this.#unit = unit;
    this.#memory = memory;
    this.#end = unit.arena;
    memory.onWatchedWrite = (address, length) => this.#invalidate(address, length);
  }

  /** Bytes of all copies. */
  get bytes(): number {
    return this.#end - this.#unit.arena;
  }

  /** Where the decoded matrix is; undefined when there is no room for it. */
  find(packing: Packing, address: number, rows: number, columns: number): number | undefined {
    const shape = 2 * (rows * MOST_COLUMNS + columns) + (packing === "t5" ? 1 : 0);
    const place = this.#places.find(address, shape);
    if (place !== undefined) return place;
    const at = this.#look(packing, address, rows, columns);
    if (at !== undefined) this.#places.add(address, shape, at);
    return at;
  }

  #look(packing: Packing, address: number, rows: number, columns: number): number | undefined {
    let found = this.#byAddress.get(address);
    while (
      found &&
      !(found.rows === rows && found.columns === columns && found.packing === packing)
    )
      found = found.other;
    if (found?.current) return found.at;
    const matrix = found ?? this.#place(packing, address, rows, columns);
    if (!matrix) return undefined;
    this.#decode(matrix);
    matrix.current = true;
    this.#memory.watch(matrix.address, matrix.bytes);
    return matrix.at;
  }

  #place(packing: Packing, address: number, rows: number, columns: number): Decoded | undefined {
    const size = decodedSize(packing, rows, columns);
    if (!this.#hasRoom(size)) {
      this.#byAddress.clear();
      this.#places.clear();
      this.#end = this.#unit.arena;
      if (!this.#hasRoom(size)) return undefined;
    }
    const matrix: Decoded = {
      packing,
      address,
      bytes: packedSize(rows, columns, packing),
      rows,
      columns,
      at: this.#end,
      other: this.#byAddress.get(address),
      current: false,
    };
    this.#end += size;
    this.#byAddress.set(address, matrix);
    return matrix;
  }

  #hasRoom(size: number): boolean {
    const limit = Math.max(LEAST_LIMIT, LIMIT * this.#memory.allocated);
    const used = this.bytes + this.#vectors.bytes;
    return used + size <= limit && this.#unit.reserve(this.#end + size);
  }

  #decode({ packing, address, rows, columns, at }: Decoded): void {
    const { kernel, staging, stagingBytes } = this.#unit;
    const decode = packing === "t4" ? kernel.decode4 : kernel.decode5;
    const stride = Math.ceil(columns / LINE) * LINE;
    const groups = Math.ceil(rows / tritsPerByte(packing));
    const padded = paddedColumns(columns);
    const decodedTogether = ((DECODED_TOGETHER * tritsPerByte(packing)) / 8) * 2 * padded;
    for (let group = 0, to = at; group < groups; group += DECODED_TOGETHER) {
      const count = Math.min(DECODED_TOGETHER, groups - group);
      this.#memory.readInto(stagingBytes.subarray(0, count * stride), address + group * stride);
      decode(staging, stride, count, padded, to);
      to += decodedTogether;
    }
  }

  #invalidate(address: number, length: number): void {
    for (const first of this.#byAddress.values())
      for (let matrix: Decoded | undefined = first; matrix; matrix = matrix.other)
        if (address < matrix.address + matrix.bytes && matrix.address < address + length) {
          matrix.current = false;
          this.#places.clear();
        }
  }
}

/** Columns of a decoded matrix: a whole number of the kernel's steps. */
function paddedColumns(columns: number): number {
  return Math.ceil(columns / 16) * 16;
}

function decodedSize(packing: Packing, rows: number, columns: number): number {
  // The last row group may reach past the rows.
  const trits = tritsPerByte(packing);
  const blocks = Math.ceil((Math.ceil(rows / trits) * trits) / 8);
  return Math.ceil((blocks * 2 * paddedColumns(columns)) / LINE) * LINE;
}
