import { UserError } from "../diagnostics/diagnostic.js";
import { decodeUtf8 } from "../tensors/strict-json.js";
import {
  GBS_MAGIC_BYTES,
  GBS_UUID,
  isSigned,
  LENGTH_OFFSET,
  METADATA_LIMIT,
  METADATA_OFFSET,
} from "./format.js";
import { type JsonTree, parseJsonTree } from "./json-tree.js";
import { type GbsMetadata, MAGIC, readMetadata } from "./metadata.js";
import { formatUuid } from "./uuid.js";

/** A bitstream with what it says of itself. */
export interface Gbs {
  readonly metadata: GbsMetadata;
  /** All of the metadata, with what the loader does not look at. */
  readonly tree: JsonTree;
  /** The bitstream; a view of the file's bytes. */
  readonly payload: Uint8Array;
  /** Whether a signature stands in front of the bitstream. */
  readonly signed: boolean;
}

const COPY_AGAIN = "the file is damaged or cut off: copy or make it again";
const NOT_GBS = "expected a file of `ternac gbs pack` or of the packager of OPAE (create-gbs)";

/**
 * Read a GBS file: all that can be told without a card is checked.
 * @param file named in messages
 * @param bytes the whole file; its payload is not copied
 * @throws UserError that names the place, what is there and what was expected
 */
export function readGbs(file: string, bytes: Uint8Array): Gbs {
  checkMagic(file, bytes);
  const length = metadataLength(file, bytes);
  const end = METADATA_OFFSET + length;
  const text = decodeUtf8(`${file}: metadata`, bytes.subarray(METADATA_OFFSET, end), COPY_AGAIN);
  const nul = text.indexOf("\0");
  if (nul >= 0)
    throw new UserError(
      `${file}: byte ${METADATA_OFFSET + Buffer.byteLength(text.slice(0, nul))} of the metadata is NUL, expected JSON text without`,
      COPY_AGAIN,
    );
  const tree = parseJsonTree(`${file}: metadata`, text, COPY_AGAIN);
  const metadata = readMetadata(file, tree);
  const payload = bytes.subarray(end);
  if (payload.length === 0)
    throw new UserError(`${file}: nothing follows the metadata, expected a bitstream`, COPY_AGAIN);
  return { metadata, tree, payload, signed: isSigned(payload) };
}

function checkMagic(file: string, bytes: Uint8Array): void {
  if (bytes.length < METADATA_OFFSET)
    throw new UserError(
      `${file} has ${bytes.length} bytes, expected ${METADATA_OFFSET} at least: it is no GBS file`,
      NOT_GBS,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) === MAGIC)
    throw new UserError(
      `${file} is a GBS file of the old format without metadata`,
      "make it again with a newer packager",
    );
  const found = bytes.subarray(0, LENGTH_OFFSET);
  if (GBS_MAGIC_BYTES.some((byte, i) => found[i] !== byte))
    throw new UserError(
      `${file} is no GBS file: it begins with ${formatUuid(found)}, expected ${GBS_UUID}`,
      NOT_GBS,
    );
}

function metadataLength(file: string, bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(LENGTH_OFFSET, true);
  const place = `${file}: byte ${LENGTH_OFFSET}: the metadata's length`;
  if (length === 0)
    throw new UserError(`${place} is 0, expected metadata`, "add some with `ternac gbs pack`");
  if (length >= METADATA_LIMIT)
    throw new UserError(
      `${place} is ${length} bytes, expected less than ${METADATA_LIMIT}, which is all that the driver takes`,
      "leave out what the loader does not need",
    );
  if (length > bytes.length - METADATA_OFFSET)
    throw new UserError(
      `${place} is ${length} bytes, but only ${bytes.length - METADATA_OFFSET} follow it`,
      COPY_AGAIN,
    );
  return length;
}
