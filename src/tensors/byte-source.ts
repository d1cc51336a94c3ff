import { type FileHandle, open } from "node:fs/promises";
import { UserError } from "../diagnostics/diagnostic.js";

/** Bytes that are read in pieces: a file, or memory. */
export interface ByteSource {
  /** For messages: the file's path. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /**
   * Fill `into` with the bytes from `position` on.
   * @throws UserError when there are fewer
   */
  read(position: number, into: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** @throws UserError when the path is no readable regular file */
export async function openFile(path: string): Promise<ByteSource> {
  let handle: FileHandle;
  try {
    handle = await open(path, "r");
  } catch (error) {
    throw readFailure(path, error);
  }
  const status = await handle.stat();
  if (!status.isFile()) {
    await handle.close();
    throw new UserError(`${path} is not a regular file`, "give the path of a file");
  }
  return new FileSource(path, status.size, handle);
}

/**
 * The whole of a small file.
 * @param limit in bytes: a larger file is refused before anything is allocated
 */
export async function readSmallFile(path: string, limit: number): Promise<Uint8Array> {
  const source = await openFile(path);
  try {
    if (source.size > limit) {
      throw new UserError(
        `${path} has ${source.size} bytes; at most ${limit} are expected of such a file`,
        "check that it is the file you mean",
      );
    }
    const bytes = new Uint8Array(source.size);
    await source.read(0, bytes);
    return bytes;
  } finally {
    await source.close();
  }
}

export function memorySource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.length,
    async read(position, into) {
      if (position + into.length > bytes.length) throw tooShort(name, position + into.length);
      into.set(bytes.subarray(position, position + into.length));
    },
    async close() {},
  };
}

class FileSource implements ByteSource {
  constructor(
    readonly name: string,
    readonly size: number,
    private readonly handle: FileHandle,
  ) {}

  async read(position: number, into: Uint8Array): Promise<void> {
    let done = 0;
    while (done < into.length) {
      // One call reads at most 2^31 - 1 bytes on every platform.
      const length = Math.min(into.length - done, 2 ** 30);
      let bytesRead: number;
      try {
        ({ bytesRead } = await this.handle.read(into, done, length, position + done));
      } catch (error) {
        throw readFailure(this.name, error);
      }
      if (bytesRead === 0) throw tooShort(this.name, position + into.length);
      done += bytesRead;
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

function tooShort(name: string, needed: number): UserError {
  return new UserError(
    `${name} ends before byte ${needed}`,
    "the file is truncated or changed while it was read: copy it again",
  );
}

function readFailure(path: string, error: unknown): UserError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT" || code === "ENOTDIR") {
    return new UserError(`${path} does not exist`, "check the path");
  }
  if (code === "EACCES" || code === "EPERM") {
    return new UserError(`${path} cannot be read: permission denied`, "check its permissions");
  }
  return new UserError(`${path} cannot be read: ${code ?? String(error)}`, "check the path");
}
