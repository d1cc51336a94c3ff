import { randomBytes } from "node:crypto";
import { chmodSync, closeSync, openSync, renameSync, rmSync, statSync, writevSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { UserError } from "../diagnostics/diagnostic.js";
import { ExitCode } from "./exit-codes.js";
import { explainSystemError } from "./system-error.js";

/** The name that stands for standard input and standard output on a command line. */
export const STANDARD_STREAM = "-";

/** Parts of a file, in order; written one after the other, never joined. */
export type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Write a whole file, or standard output for `-`. The file appears complete or not at all: a failure
 * or Ctrl-C in between leaves what was there before.
 * @param path as the user wrote it
 * @throws UserError that names the file when it cannot be written, or when binary data would go to
 *   a terminal
 */
export async function writeBinary(path: string, chunks: Chunks): Promise<void> {
  if (path !== STANDARD_STREAM) return writeFile(path, chunks);
  if (process.stdout.isTTY)
    throw new UserError(
      "refused to write binary data to the terminal",
      "name a file with --output, or redirect standard output",
    );
  for await (const chunk of chunks) await writeStandardOutput(chunk);
}

/** The same for text. */
export async function writeText(path: string, text: string): Promise<void> {
  await writeTextPieces(path, [text]);
}

/** The same for a text that need not fit into one string. */
export async function writeTextPieces(path: string, pieces: Iterable<string>): Promise<void> {
  const chunks = encodePieces(pieces);
  if (path !== STANDARD_STREAM) return writeFile(path, chunks);
  for (const chunk of chunks) await writeStandardOutput(chunk);
}

/** Bytes of one system call: Node counts what it wrote in 32 bits, and fails from 2 GiB on. */
const LARGEST_WRITE = 2 ** 30;

/** Bytes that are written between two looks at signals, so that Ctrl-C ends a long output. */
const TURN_BYTES = 1 << 26;

/** So many characters are written at once: a line each time would be slow. */
const CHUNK_CHARACTERS = 1 << 16;

function* encodePieces(pieces: Iterable<string>): Generator<Uint8Array, void, undefined> {
  let text = "";
  for (const piece of pieces) {
    text += piece;
    if (text.length < CHUNK_CHARACTERS) continue;
    yield Buffer.from(text);
    text = "";
  }
  if (text) yield Buffer.from(text);
}

/** Write to standard output and wait until it took the data, so that nothing piles up in memory. */
export function writeStandardOutput(data: Uint8Array | string): Promise<void> {
  return new Promise((resolve, reject) => {
    // With the encoding, because what tests capture output with ignores a callback in its place.
    process.stdout.write(data, "utf8", (error) => (error ? reject(error) : resolve()));
  });
}

async function writeFile(path: string, chunks: Chunks): Promise<void> {
  try {
    const existing = statSync(path, { throwIfNoEntry: false });
    // Devices and pipes are written to; a rename would replace them (/dev/null, say).
    if (existing && !existing.isFile()) return await writeInPlace(path, chunks);
    // The target of a symbolic link is replaced, not the link.
    const target = existing ? await realpath(path) : path;
    await replaceFile(target, chunks, existing?.mode);
  } catch (error) {
    throw explainSystemError(error, `cannot write ${path}`);
  }
}

async function writeInPlace(path: string, chunks: Chunks): Promise<void> {
  const file = openSync(path, "w");
  try {
    await writeAll(file, chunks);
  } finally {
    closeSync(file);
  }
}

async function replaceFile(
  target: string,
  chunks: Chunks,
  mode: number | undefined,
): Promise<void> {
  const suffix = randomBytes(4).toString("hex");
  const temporary = join(dirname(target), `.${basename(target)}.${suffix}.tmp`);
  const discard = () => rmSync(temporary, { force: true });
  const interrupted = () => {
    discard();
    process.exit(ExitCode.interrupted);
  };
  process.once("SIGINT", interrupted);
  process.once("exit", discard); // also when another listener of a signal ends the process
  try {
    const file = openSync(temporary, "wx");
    try {
      await writeAll(file, chunks);
    } finally {
      closeSync(file);
    }
    if (mode !== undefined) chmodSync(temporary, mode);
    renameSync(temporary, target);
  } catch (error) {
    discard();
    throw error;
  } finally {
    process.off("SIGINT", interrupted);
    process.off("exit", discard);
  }
}

async function writeAll(file: number, chunks: Chunks): Promise<void> {
  let sinceTurn = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; )
      at += writevSync(file, [chunk.subarray(at, at + LARGEST_WRITE)]);
    sinceTurn += chunk.length;
    if (sinceTurn < TURN_BYTES) continue;
    sinceTurn = 0;
    await nextTurn();
  }
}
