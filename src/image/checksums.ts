import { crc32 } from "node:zlib";
import { layout } from "./elf/layout.js";
import { Place } from "./place.js";

const ROW = layout({ section: "u32", crc: "u32" });

/**
 * The contents of the section of checksums: number and CRC-32 (as in zlib, ISO-HDLC) of every
 * section with contents, but for itself and the section names.
 * @param contents bytes of each section by its number in the file
 */
export function writeChecksums(contents: ReadonlyMap<number, Uint8Array>): Uint8Array {
  return Buffer.concat(
    [...contents].map(([section, bytes]) => ROW.write({ section, crc: crc32(bytes) })),
  );
}

/** A section whose contents are to be checked. */
export interface ChecksummedSection {
  readonly number: number;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Compare contents with the section of checksums.
 * @throws UserError that names the first section that is damaged or has no checksum
 */
export function verifyChecksums(
  table: Uint8Array,
  sections: readonly ChecksummedSection[],
  place: Place,
): void {
  if (table.length % ROW.size !== 0)
    place.fail(`its size is ${table.length}, expected a multiple of ${ROW.size}`);
  const expected = new Map<number, number>();
  for (let at = 0; at < table.length; at += ROW.size) {
    const { section, crc } = ROW.read(table, at);
    expected.set(section, crc);
  }
  for (const { number, name, bytes } of sections) {
    const at = new Place(place.file, `section ${name}`);
    const crc = expected.get(number) ?? at.fail("it has no checksum");
    const found = crc32(bytes);
    if (found !== crc)
      at.fail(`its contents are damaged: their CRC-32 is ${hex(found)}, expected ${hex(crc)}`);
  }
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, "0")}`;
}
