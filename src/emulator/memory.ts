/**
 * Sparse little-endian DRAM. Chunks come into being when they are first written; the rest reads as
 * zero. Addresses exceed 32 bits, so they are doubles; nobody here shifts them. The views assume a
 * little-endian host, as every platform that Node supports for this package is.
 *
 * Callers check addresses: in range, aligned to the element.
 */
const CHUNK_BYTES = 2 ** 20;

class Chunk {
  readonly bytes: Uint8Array;
  readonly int8: Int8Array;
  readonly int16: Int16Array;
  readonly int32: Int32Array;
  readonly int64: BigInt64Array;
  /** A snapshot refers to it: it must be copied before it is written. */
  shared = false;

  constructor(buffer: ArrayBuffer = new ArrayBuffer(CHUNK_BYTES)) {
    this.bytes = new Uint8Array(buffer);
    this.int8 = new Int8Array(buffer);
    this.int16 = new Int16Array(buffer);
    this.int32 = new Int32Array(buffer);
    this.int64 = new BigInt64Array(buffer);
  }
}

/** What DRAM held at one time. Chunks are shared with the memory until it writes to them. */
export type MemorySnapshot = ReadonlyMap<number, Chunk>;

/** The views that elements can be read through. */
type ElementView = "int8" | "int16" | "int32";

export class Memory {
  /** By index; a Map where 32 GiB would need 32,768 slots. */
  #chunks = new Map<number, Chunk>();
  /** The chunk used last: most accesses are sequential. */
  #lastIndex = -1;
  #last: Chunk | undefined;

  /** @param size in bytes */
  constructor(readonly size: number) {}

  /** Bytes that the emulator really holds. */
  get allocated(): number {
    return this.#chunks.size * CHUNK_BYTES;
  }

  #find(index: number): Chunk | undefined {
    if (index !== this.#lastIndex) {
      this.#last = this.#chunks.get(index);
      this.#lastIndex = index;
    }
    return this.#last;
  }

  #writable(index: number): Chunk {
    const found = this.#find(index);
    if (found && !found.shared) return found;
    const chunk = new Chunk(found?.bytes.slice().buffer);
    this.#chunks.set(index, chunk);
    this.#last = chunk;
    return chunk;
  }

  /**
   * The longest piece of [address, address + length) that starts at `address` and lies in one chunk,
   * without a copy. It shows later writes or not; use it at once.
   */
  piece(address: number, length: number): Uint8Array {
    const index = Math.floor(address / CHUNK_BYTES);
    const offset = address - index * CHUNK_BYTES;
    const end = Math.min(CHUNK_BYTES, offset + length);
    return (this.#find(index)?.bytes ?? ZEROS).subarray(offset, end);
  }

  read(address: number, length: number): Uint8Array {
    const out = new Uint8Array(length);
    this.readInto(out, address);
    return out;
  }

  /** Fill `out` with the bytes at `address`. */
  readInto(out: Uint8Array, address: number): void {
    for (let done = 0; done < out.length; ) {
      const piece = this.piece(address + done, out.length - done);
      out.set(piece, done);
      done += piece.length;
    }
  }

  write(address: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const index = Math.floor((address + done) / CHUNK_BYTES);
      const offset = address + done - index * CHUNK_BYTES;
      const count = Math.min(CHUNK_BYTES - offset, bytes.length - done);
      this.#writable(index).bytes.set(bytes.subarray(done, done + count), offset);
      done += count;
    }
  }

  /** Fill the first `count` elements of `out` with the elements at `address`, widened. */
  load(out: Int32Array, address: number, count: number, view: ElementView): void {
    const width = view === "int32" ? 4 : view === "int16" ? 2 : 1;
    for (let done = 0; done < count; ) {
      const at = address + done * width;
      const index = Math.floor(at / CHUNK_BYTES);
      const first = (at - index * CHUNK_BYTES) / width;
      const pieces = Math.min(CHUNK_BYTES / width - first, count - done);
      const chunk = this.#find(index);
      if (chunk) out.set(chunk[view].subarray(first, first + pieces), done);
      else out.fill(0, done, done + pieces);
      done += pieces;
    }
  }

  /** Write the first `count` elements of `values`. */
  store(values: Int32Array, address: number, count: number): void {
    for (let done = 0; done < count; ) {
      const at = address + done * 4;
      const index = Math.floor(at / CHUNK_BYTES);
      const first = (at - index * CHUNK_BYTES) / 4;
      const pieces = Math.min(CHUNK_BYTES / 4 - first, count - done);
      this.#writable(index).int32.set(values.subarray(done, done + pieces), first);
      done += pieces;
    }
  }

  loadWord(address: number): number {
    const index = Math.floor(address / CHUNK_BYTES);
    return this.#find(index)?.int32[(address - index * CHUNK_BYTES) / 4] ?? 0;
  }

  storeWord(address: number, value: number): void {
    const index = Math.floor(address / CHUNK_BYTES);
    this.#writable(index).int32[(address - index * CHUNK_BYTES) / 4] = value;
  }

  loadDouble(address: number): bigint {
    const index = Math.floor(address / CHUNK_BYTES);
    return this.#find(index)?.int64[(address - index * CHUNK_BYTES) / 8] ?? 0n;
  }

  storeDouble(address: number, value: bigint): void {
    const index = Math.floor(address / CHUNK_BYTES);
    this.#writable(index).int64[(address - index * CHUNK_BYTES) / 8] = value;
  }

  /** What DRAM holds now; costs no copy until the memory changes. */
  snapshot(): MemorySnapshot {
    for (const chunk of this.#chunks.values()) chunk.shared = true;
    return new Map(this.#chunks);
  }

  restore(snapshot: MemorySnapshot): void {
    this.#chunks = new Map(snapshot);
    this.#lastIndex = -1;
  }
}

const ZEROS = new Uint8Array(CHUNK_BYTES);
