import { closeSync, openSync, writeSync } from "node:fs";
import type { Emulator } from "../emulator/index.js";
import type { Image } from "../image/image.js";
import { explainSystemError } from "./system-error.js";

const STANDARD_ERROR = 2;
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
  const file = path === undefined ? STANDARD_ERROR : open(path);
  let buffer = "";
  const flush = () => {
    // Synchronously: a long run never gives a stream the time to drain.
    for (let bytes = Buffer.from(buffer); bytes.length > 0; )
      bytes = bytes.subarray(writeSync(file, bytes));
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
    if (path !== undefined) closeSync(file);
  };
}

function open(path: string): number {
  try {
    return openSync(path, "w");
  } catch (error) {
    throw explainSystemError(error, `cannot write ${path}`);
  }
}
