import { UserError } from "../diagnostics/diagnostic.js";
import type { Image, Section } from "./image.js";

/** A part of an image's memory: a whole section, or `size` bytes from an address of the map. */
export type MemoryRange =
  | { readonly section: string }
  | { readonly address: number; readonly size: number };

/** Bytes that the image initialises, at their offset from the start of a range. */
export interface MemoryPiece {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export interface MemoryContents {
  /** In bytes, with what is not initialised, which is zero. */
  readonly size: number;
  /** In the order of their offsets; views of the image's data. */
  readonly pieces: readonly MemoryPiece[];
}

/**
 * The contents of a part of an image's memory.
 * @throws UserError when the image has no section of the name
 */
export function memoryContents(image: Image, range: MemoryRange): MemoryContents {
  if ("section" in range) {
    const { size, data } = sectionByName(image, range.section);
    return { size, pieces: data ? [{ offset: 0, bytes: data }] : [] };
  }
  const end = range.address + range.size;
  const pieces = [];
  for (const { kind, address, data } of image.sections) {
    if (kind === "metadata" || !data) continue;
    const from = Math.max(address, range.address);
    const to = Math.min(address + data.length, end);
    if (from < to)
      pieces.push({
        offset: from - range.address,
        bytes: data.subarray(from - address, to - address),
      });
  }
  return { size: range.size, pieces: pieces.sort((a, b) => a.offset - b.offset) };
}

function sectionByName(image: Image, name: string): Section {
  const found = image.sections.find((section) => section.name === name);
  if (found) return found;
  throw new UserError(
    `the image has no section "${name}"`,
    `it has ${image.sections.map((section) => section.name).join(", ") || "none"}`,
  );
}
