/**
 * Sparse little-endian DRAM. Chunks come into being when they are first written; the rest reads as
 * zero. Addresses exceed 32 bits, so they are doubles; nobody here shifts them. The views assume a
 * little-endian host, as every platform that Node supports for this package is.
 *
 * Callers check addresses: in range, aligned to the element.
 */
const CHUNK_BYTES = 2 ** 20;

/** Bytes of DRAM that are committed, copied and shared as a whole. */
export class Chunk {
  readonly bytes: Uint8Array;
  readonly int8: Int8Array;
  readonly int16: Int16Array;
  readonly int32: Int32Array;
  readonly int64: BigInt64Array;

  /** @param shared a snapshot or an image refers to it: it must be copied before it is written */
  constructor(
    buffer: ArrayBufferLike = new ArrayBuffer(CHUNK_BYTES),
    offset = 0,
    public shared = false,
  ) {
    this.bytes = new Uint8Array(buffer, offset, CHUNK_BYTES);
    this.int8 = new Int8Array(buffer, offset, CHUNK_BYTES);
    this.int16 = new Int16Array(buffer, offset, CHUNK_BYTES / 2);
    this.int32 = new Int32Array(buffer, offset, CHUNK_BYTES / 4);
    this.int64 = new BigInt64Array(buffer, offset, CHUNK_BYTES / 8);
  }
}

/** Granule of `watch`. */
const PAGE_BYTES = 4096;

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
  /** A page each; absent until something is watched. The host commits its memory as it is used. */
  #watched: Uint8Array | undefined;
  /** Counts replacements of chunks: until the next one, what `constantChunk` found holds. */
  generation = 0;
  /** Called after a write to pages that are watched, with its range. */
  onWatchedWrite: (address: number, length: number) => void = () => {};

  /** @param size in bytes */
  constructor(readonly size: number) {}

  /** Bytes that have been written, in chunks. */
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
    this.generation++;
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

  /**
   * The chunk that holds [address, address + length) as long as its bytes stay as they are: an image's or a
   * snapshot's, which is replaced before it is written. Undefined where there is none.
   */
  constantChunk(address: number, length: number): Chunk | undefined {
    const index = Math.floor(address / CHUNK_BYTES);
    if (address + length > (index + 1) * CHUNK_BYTES) return undefined;
    const chunk = this.#find(index);
    return chunk?.shared ? chunk : undefined;
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
    this.#fill(address, bytes, () => false);
  }

  /** `write` of bytes that never change: whole chunks of them are referred to, not copied. */
  refer(address: number, bytes: Uint8Array): void {
    this.#fill(address, bytes, (offset) => offset % BigInt64Array.BYTES_PER_ELEMENT === 0);
  }

  /** @param canRefer whether a chunk may begin at this offset of the bytes' buffer */
  #fill(address: number, bytes: Uint8Array, canRefer: (offset: number) => boolean): void {
    for (let done = 0; done < bytes.length; ) {
      const index = Math.floor((address + done) / CHUNK_BYTES);
      const offset = address + done - index * CHUNK_BYTES;
      const count = Math.min(CHUNK_BYTES - offset, bytes.length - done);
      const from = bytes.byteOffset + done;
      if (count === CHUNK_BYTES && canRefer(from)) {
        this.#chunks.set(index, new Chunk(bytes.buffer, from, true));
        this.#lastIndex = -1;
        this.generation++;
      } else this.#writable(index).bytes.set(bytes.subarray(done, done + count), offset);
      done += count;
    }
    this.#wrote(address, bytes.length);
  }

  /** Have `onWatchedWrite` called for writes to a range, and to what shares a page with it. */
  watch(address: number, length: number): void {
    this.#watched ??= new Uint8Array(Math.ceil(this.size / PAGE_BYTES));
    const end = Math.ceil((address + length) / PAGE_BYTES);
    this.#watched.fill(1, Math.floor(address / PAGE_BYTES), end);
  }

  #wrote(address: number, length: number): void {
    const watched = this.#watched;
    if (!watched) return;
    const end = Math.ceil((address + length) / PAGE_BYTES);
    for (let page = Math.floor(address / PAGE_BYTES); page < end; page++) {
      if (watched[page] === 0) continue;
      this.onWatchedWrite(address, length);
      return;
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
    this.#wrote(address, count * 4);
  }

  loadWord(address: number): number {
    const index = Math.floor(address / CHUNK_BYTES);
    return this.#find(index)?.int32[(address - index * CHUNK_BYTES) / 4] ?? 0;
  }

  storeWord(address: number, value: number): void {
    const index = Math.floor(address / CHUNK_BYTES);
    this.#writable(index).int32[(address - index * CHUNK_BYTES) / 4] = value;
    this.#wrote(address, 4);
  }

  loadDouble(address: number): bigint {
    const index = Math.floor(address / CHUNK_BYTES);
    return this.#find(index)?.int64[(address - index * CHUNK_BYTES) / 8] ?? 0n;
  }

  storeDouble(address: number, value: bigint): void {
    const index = Math.floor(address / CHUNK_BYTES);
    this.#writable(index).int64[(address - index * CHUNK_BYTES) / 8] = value;
    this.#wrote(address, 8);
  }

  /** What DRAM holds now; costs no copy until the memory changes. */
  snapshot(): MemorySnapshot {
    for (const chunk of this.#chunks.values()) chunk.shared = true;
    return new Map(this.#chunks);
  }

  restore(snapshot: MemorySnapshot): void {
    const before = this.#chunks;
    this.#chunks = new Map(snapshot);
    this.#lastIndex = -1;
    this.generation++;
    for (const index of new Set([...before.keys(), ...snapshot.keys()]))
      if (before.get(index) !== snapshot.get(index)) this.#wrote(index * CHUNK_BYTES, CHUNK_BYTES);
  }
}

const ZEROS = new Uint8Array(CHUNK_BYTES);
