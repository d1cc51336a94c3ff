/**
 * The layout of a GBS file, a bitstream for partial reconfiguration with metadata: 16 bytes that say what it
 * is, the length of the metadata (32 bits, little-endian), the metadata as JSON, and the bitstream up to the
 * end of the file. See docs/card/gbs.md.
 */
import { parseUuid } from "./uuid.js";

/** What every file begins with: "XeonFPGA\xb7GBSv001". */
export const GBS_UUID = "58656f6e-4650-4741-b747-425376303031";
export const GBS_MAGIC_BYTES = parseUuid(GBS_UUID)!;

/** Where the length of the metadata stands. */
export const LENGTH_OFFSET = 16;
/** Where the metadata begin. */
export const METADATA_OFFSET = 20;
/** The driver takes no metadata of this length or more. */
export const METADATA_LIMIT = 8192;

/** What a bitstream begins with when it is signed (a block of 1,024 bytes in front of it), little-endian. */
const SIGNATURE_MAGIC = [0x19, 0xfd, 0xea, 0xb6];

/** Whether a payload begins with the block of a signature. Nothing here looks into it. */
export function isSigned(payload: Uint8Array): boolean {
  return SIGNATURE_MAGIC.every((byte, i) => payload[i] === byte);
}
