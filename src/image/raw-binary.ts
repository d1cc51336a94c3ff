import type { Image } from "./image.js";
import { type MemoryRange, memoryContents } from "./memory-range.js";

const ZEROS = new Uint8Array(1 << 16);

/**
 * The bytes of a part of memory and nothing else; what no section initialises is zero.
 * @returns pieces, in order; initialised ones are views of the image's data
 * @throws UserError when the image has no section of the name
 */
export function* rawBinary(
  image: Image,
  range: MemoryRange,
): Generator<Uint8Array, void, undefined> {
  const { size, pieces } = memoryContents(image, range);
  let at = 0;
  for (const { offset, bytes } of pieces) {
    yield* zeros(offset - at);
    yield bytes;
    at = offset + bytes.length;
  }
  yield* zeros(size - at);
}

function* zeros(count: number): Generator<Uint8Array, void, undefined> {
  for (let rest = count; rest > 0; rest -= ZEROS.length)
    yield ZEROS.subarray(0, Math.min(rest, ZEROS.length));
}
