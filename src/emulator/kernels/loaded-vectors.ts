import type { Chunk, Memory } from "../memory.js";
import { Places } from "./places.js";
import type { WasmUnit } from "./wasm-unit.js";

/** Copies take at most this share of the bytes that DRAM holds. */
const SHARE = 1 / 32;
/** So that small programs are never short of room. */
const LEAST = 2 ** 18;
const LINE_BYTES = 64;

interface Loaded {
  /** Its bytes never change: a write to DRAM puts another chunk in its place. */
  readonly chunk: Chunk;
  readonly count: number;
  readonly at: number;
}

/**
 * Vectors of an image, such as the weights of norms, in the kernel's memory: from there a load takes a
 * fourth of the time that it takes from DRAM's chunks. Whatever a program or the host writes to is loaded
 * from DRAM.
 */
export class LoadedVectors {
  readonly #unit: WasmUnit;
  readonly #memory: Memory;
  readonly #byAddress = new Map<number, Loaded>();
  /** Of vectors that were constant in the memory's generation. */
  readonly #places = new Places();
  #generation = -1;
  #end: number;

  constructor(unit: WasmUnit, memory: Memory) {
    this.#unit = unit;
    this.#memory = memory;
    this.#end = unit.vectors;
  }

  /** Bytes of all copies. */
  get bytes(): number {
    return this.#end - this.#unit.vectors;
  }

  /** Where `count` elements from a line's address on are; undefined where they are not or may change. */
  find(address: number, count: number): number | undefined {
    if (this.#generation !== this.#memory.generation) {
      this.#places.clear();
      this.#generation = this.#memory.generation;
    }
    const place = this.#places.find(address, count);
    if (place !== undefined) return place;
    const found = this.#look(address, count);
    if (found !== undefined) this.#places.add(address, count, found);
    return found;
  }

  #look(address: number, count: number): number | undefined {
    const chunk = this.#memory.constantChunk(address, 4 * count);
    if (!chunk) return undefined;
    const loaded = this.#byAddress.get(address);
    if (loaded && loaded.chunk === chunk && loaded.count >= count) return loaded.at;
    return this.#load(chunk, address, count);
  }

  #load(chunk: Chunk, address: number, count: number): number | undefined {
    const bytes = Math.ceil((4 * count) / LINE_BYTES) * LINE_BYTES;
    const limit = Math.max(LEAST, SHARE * this.#memory.allocated);
    if (this.bytes + bytes > Math.min(limit, this.#unit.vectorBytes)) return undefined;
    const at = this.#end;
    this.#end += bytes;
    this.#memory.load(new Int32Array(this.#unit.memory.buffer, at, count), address, count, "int32");
    this.#byAddress.set(address, { chunk, count, at });
    return at;
  }
}
