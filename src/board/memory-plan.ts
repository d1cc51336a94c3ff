import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Image } from "../image/image.js";
import { HOST_LINE_BYTES } from "./generated.js";

/** What is compared, and loaded when it differs, at once. */
export const BLOCK_BYTES = 2 ** 16;

/** Whole lines of the card's memory, and what an image has there. */
export interface MemoryBlock {
  readonly address: number;
  readonly bytes: Uint8Array;
  readonly hash: string;
  readonly crc: number;
}

/** Whole lines that are zero when a program starts. */
export interface ZeroRange {
  readonly address: number;
  readonly length: number;
}

/** An image's DRAM as copies see it. */
export interface MemoryPlan {
  readonly blocks: readonly MemoryBlock[];
  readonly zeros: readonly ZeroRange[];
}

const lineDown = (address: number) => address - (address % HOST_LINE_BYTES);
const lineUp = (address: number) => lineDown(address + HOST_LINE_BYTES - 1);

/** The lines of an image's data, in blocks that begin at multiples of their size, and the lines that are zero. */
export function memoryPlan({ sections }: Image): MemoryPlan {
  const data = sections
    .filter(({ kind, data }) => kind === "data" && data?.length)
    .map(({ address, data }) => ({ from: address, to: address + data!.length, bytes: data! }))
    .sort((a, b) => a.from - b.from);
  const stretches = joined(data.map(({ from, to }) => ({ from: lineDown(from), to: lineUp(to) })));
  const blocks = stretches
    .flatMap(({ from, to }) => cut(from, to))
    .map(({ from, to }) => {
      const bytes = new Uint8Array(to - from);
      for (const piece of data) {
        const [start, end] = [Math.max(from, piece.from), Math.min(to, piece.to)];
        if (start < end)
          bytes.set(piece.bytes.subarray(start - piece.from, end - piece.from), start - from);
      }
      const hash = createHash("sha256").update(bytes).digest("hex");
      return { address: from, bytes, hash, crc: crc32(bytes) };
    });
  const zeros = sections
    .filter(({ kind, size }) => kind === "zero" && size > 0)
    .map(({ address, size }) => ({ from: lineDown(address), to: lineUp(address + size) }));
  return {
    blocks,
    zeros: without(joined(zeros), stretches).map(({ from, to }) => ({
      address: from,
      length: to - from,
    })),
  };
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Stretches that touch or overlap become one. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const result: { from: number; to: number }[] = [];
  for (const { from, to } of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else result.push({ from, to });
  }
  return result;
}

function cut(from: number, to: number): Stretch[] {
  const blocks: Stretch[] = [];
  for (let at = from; at < to; ) {
    const end = Math.min(to, at - (at % BLOCK_BYTES) + BLOCK_BYTES);
    blocks.push({ from: at, to: end });
    at = end;
  }
  return blocks;
}

/** What of some stretches is in none of others; both in order and joined. */
function without(stretches: readonly Stretch[], others: readonly Stretch[]): Stretch[] {
  return stretches.flatMap(({ from, to }) => {
    const rest: Stretch[] = [];
    let at = from;
    for (const other of others) {
      if (other.to <= at || other.from >= to) continue;
      if (other.from > at) rest.push({ from: at, to: other.from });
      at = Math.max(at, other.to);
    }
    if (at < to) rest.push({ from: at, to });
    return rest;
  });
}
