import { closeSync, openSync, writeSync } from "node:fs";
import type { Emulator } from "../emulator/index.js";
import type { Image } from "../image/image.js";
import { explainSystemError } from "./system-error.js";

const BUFFER = 1 << 16;

/**
 * Write a line for every instruction that the emulator runs from now on.
 * @param path a file; undefined for standard error
 * @returns a function that writes what is left and ends the trace
 * @throws UserError when the file cannot be written
 */
export async function traceTo(
  emulator: Emulator,
  image: Image,
  path: string | undefined,
): Promise<() => void> {
  const { formatTraceEntry, trace } = await import("../emulator/index.js");
  const file = path === undefined ? undefined : open(path);
  let buffer = "";
  const flush = () => {
    // Both are synchronous on the systems that matter: a long run gives a stream no time to drain.
    if (file === undefined) process.stderr.write(buffer);
    else writeFully(file, Buffer.from(buffer));
    buffer = "";
  };
  const detach = emulator.attach(
    trace(image, (entry) => {
      buffer += `${formatTraceEntry(entry)}\n`;
      if (buffer.length >= BUFFER) flush();
    }),
  );
  return () => {
    detach();
    flush();
    if (file !== undefined) closeSync(file);
  };
}

function open(path: string): number {
  try {
    return openSync(path, "w");
  } catch (error) {
    throw explainSystemError(error, `cannot write ${path}`);
  }
}

function writeFully(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}
