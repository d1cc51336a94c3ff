import { closeSync, createReadStream, openSync, readFileSync, readSync, statSync } from "node:fs";
import { STANDARD_STREAM } from "./output.js";
import { explainSystemError } from "./system-error.js";

/** What messages call standard input. */
export const STANDARD_INPUT_NAME = "<stdin>";

/** A file's name as messages show it. */
export function displayName(path: string): string {
  return path === STANDARD_STREAM ? STANDARD_INPUT_NAME : path;
}

const MIB = 2 ** 20;
/** What one array holds; the image of a model of 2.7 billion weights has a quarter of it. */
const LONGEST_FILE = 4096 * MIB - 1;
/** What is no image is text, or small; an endless stream is neither. */
const LONGEST_TEXT = 256 * MIB;
const ELF_MAGIC = [0x7f, 0x45, 0x4c, 0x46];

/** Whether bytes begin like an ELF file. */
export function isElf(bytes: Uint8Array): boolean {
  return ELF_MAGIC.every((byte, i) => bytes[i] === byte);
}

/**
 * A whole file, or standard input for `-`.
 * @throws UserError that names the file and the reason
 */
export async function readBinary(path: string): Promise<Uint8Array> {
  try {
    if (path === STANDARD_STREAM) return await readStream(process.stdin);
    if (statSync(path).isFile()) return readWholeFile(path);
    return await readStream(createReadStream(path)); // a pipe or a device
  } catch (error) {
    throw explainSystemError(error, `cannot read ${displayName(path)}`);
  }
}

/** Bytes that one system call reads on every platform, and more than Node reads at once. */
const LARGE_READ = 2 ** 30;

/** A file of any size that an array can hold; readFileSync takes 2 GiB at most. */
function readWholeFile(path: string): Uint8Array {
  const { size } = statSync(path);
  if (size < LARGE_READ) return readFileSync(path);
  if (size > LONGEST_FILE) throw Object.assign(new Error(), { code: "ERR_FS_FILE_TOO_LARGE" });
  const bytes = new Uint8Array(size);
  const file = openSync(path, "r");
  try {
    for (let at = 0; at < bytes.length; ) {
      const count = readSync(file, bytes, at, Math.min(LARGE_READ, bytes.length - at), at);
      if (count === 0) return bytes.subarray(0, at);
      at += count;
    }
  } finally {
    closeSync(file);
  }
  return bytes;
}

async function readStream(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > (isElf(chunks[0]!) ? LONGEST_FILE : LONGEST_TEXT))
      throw Object.assign(new Error(), { code: "ERR_FS_FILE_TOO_LARGE" });
  }
  return Buffer.concat(chunks);
}

/** The same as text; a byte order mark is dropped, as every tool of the field does. */
export async function readText(path: string): Promise<string> {
  return new TextDecoder().decode(await readBinary(path));
}

/**
 * A file that may be missing: what the assembler's `.include` and `.incbin` ask for.
 * @returns undefined when there is no regular file of that name, so that an endless device
 *   (/dev/zero) is never read
 * @throws UserError when there is one that cannot be read
 */
export function readIfPresent(path: string): Uint8Array | undefined {
  try {
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
    return readWholeFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOTDIR") return undefined;
    throw explainSystemError(error, `cannot read ${path}`);
  }
}
