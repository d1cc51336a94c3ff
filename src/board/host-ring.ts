import { UserError } from "../diagnostics/diagnostic.js";
import type { FpgaHandle, HostBuffer } from "./library.js";
import { MEMORY } from "./remedies.js";

/** A buffer of a hugepage: no larger one needs less than a page of 1 GiB. */
const LARGE = 2 ** 21;
/** What an ordinary page holds. */
const SMALL = 4096;
/** So many copies are under way while the next buffer is filled or emptied. */
const LARGE_COUNT = 4;
/** As many as the engine takes descriptors. */
const SMALL_COUNT = 16;

/** Buffers that are used in turn. */
export interface HostRing {
  readonly buffers: readonly HostBuffer[];
  /** Of each buffer. */
  readonly bytes: number;
  /** What is not as it should be, for the user; undefined: nothing. */
  readonly warning?: string;
}

/**
 * Memory that copies go through: hugepages, or ordinary pages when there are none.
 * @throws UserError when there are neither
 */
export function allocateRing(handle: FpgaHandle): HostRing {
  const large = allocateSome(handle, LARGE, LARGE_COUNT);
  if (large.length > 0) return { buffers: large, bytes: LARGE };
  const small = allocateSome(handle, SMALL, SMALL_COUNT);
  if (small.length === 0)
    throw new UserError(
      "there is no memory that the card can reach, not even a page of 4 KiB",
      MEMORY,
    );
  return {
    buffers: small,
    bytes: SMALL,
    warning:
      "there are no free hugepages of 2 MiB: copies go through pages of 4 KiB, which is slower (ternac board doctor says how to reserve some)",
  };
}

function allocateSome(handle: FpgaHandle, bytes: number, count: number): HostBuffer[] {
  const buffers: HostBuffer[] = [];
  while (buffers.length < count) {
    const buffer = handle.allocate(bytes);
    if (!buffer) break;
    buffers.push(buffer);
  }
  return buffers;
}
