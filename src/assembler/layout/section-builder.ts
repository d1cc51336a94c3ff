import type { SectionKind } from "../../image/image.js";

/** Bytes from which on data is kept by reference until the section is put together. */
const LARGE = 65536;

/** A section while its contents arrive. */
export class SectionBuilder {
  /** In bytes; what is appended next goes here. */
  size = 0;
  alignment: number;
  /** Known once all sections are complete; undefined before, and for metadata for ever. */
  address: number | undefined;

  private readonly parts: { readonly at: number; bytes: Uint8Array }[] = [];
  private buffer = new Uint8Array(0);
  private buffered = 0;
  private bufferAt = 0;

  constructor(
    readonly name: string,
    readonly kind: SectionKind,
    alignment: number,
  ) {
    this.alignment = alignment;
  }

  /** Append bytes. A large array is kept, not copied: it must not change afterwards. */
  append(bytes: Uint8Array): void {
    const last = this.parts.at(-1);
    if (last && last.at + last.bytes.length === this.size && isAdjacent(last.bytes, bytes)) {
      // The next stretch of the same file: a model of hundreds of MB in one file is never copied.
      const { buffer, byteOffset, length } = last.bytes;
      last.bytes = new Uint8Array(buffer, byteOffset, length + bytes.length);
    } else if (bytes.length >= LARGE) {
      this.flush();
      this.parts.push({ at: this.size, bytes });
    } else {
      this.reserve(bytes.length).set(bytes);
      return;
    }
    this.size += bytes.length;
  }

  /** Append an integer of 1 to 8 bytes, little-endian. */
  appendInteger(value: bigint, width: number): void {
    const bytes = this.reserve(width);
    const view = new DataView(bytes.buffer, bytes.byteOffset, width);
    writeInteger(view, 0, value, width);
  }

  /** Append zeros without storing them. */
  skip(length: number): void {
    this.flush();
    this.size += length;
  }

  /** Append bytes to be filled in at once. */
  private reserve(length: number): Uint8Array {
    if (this.buffered + length > this.buffer.length) {
      const larger = new Uint8Array(Math.max(64, 2 * this.buffer.length, this.buffered + length));
      larger.set(this.buffer.subarray(0, this.buffered));
      this.buffer = larger;
    }
    if (this.buffered === 0) this.bufferAt = this.size;
    const bytes = this.buffer.subarray(this.buffered, this.buffered + length);
    this.buffered += length;
    this.size += length;
    return bytes;
  }

  private flush(): void {
    if (this.buffered === 0) return;
    this.parts.push({ at: this.bufferAt, bytes: this.buffer.slice(0, this.buffered) });
    this.buffered = 0;
  }

  /** The contents, put together once; a section that is one large array is that array itself. */
  contents(): Uint8Array {
    this.flush();
    const only = this.parts[0];
    if (this.parts.length === 1 && only?.bytes.length === this.size) return only.bytes;
    const all = new Uint8Array(this.size);
    for (const { at, bytes } of this.parts) all.set(bytes, at);
    return all;
  }
}

/** Whether `next` starts in memory where `bytes` ends. */
function isAdjacent(bytes: Uint8Array, next: Uint8Array): boolean {
  return bytes.buffer === next.buffer && bytes.byteOffset + bytes.length === next.byteOffset;
}

/** Write an integer of 1, 2, 4 or 8 bytes, little-endian, two's complement. */
export function writeInteger(view: DataView, at: number, value: bigint, width: number): void {
  if (width === 8) view.setBigUint64(at, BigInt.asUintN(64, value), true);
  else if (width === 4) view.setUint32(at, Number(BigInt.asUintN(32, value)), true);
  else if (width === 2) view.setUint16(at, Number(BigInt.asUintN(16, value)), true);
  else view.setUint8(at, Number(BigInt.asUintN(8, value)));
}
