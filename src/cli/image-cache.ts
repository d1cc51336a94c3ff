import { lstatSync, readdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import type { Image } from "../image/image.js";
import { readBinary } from "./input.js";
import { makeFolder } from "./make-folder.js";
import { writeBinary } from "./output.js";

/** Bytes above which the images that were not used for longest are removed. */
export const CACHE_LIMIT = 8 * 2 ** 30;

/** The folder of compiled images in a user's cache folder. */
export function imageFolder(cacheFolder: string): string {
  return join(cacheFolder, "images");
}

const ENTRY = /^[0-9a-f]{64}\.elf$/;
/** What an interrupted write leaves. */
const LEFTOVER = /^\.[0-9a-f]{64}\.elf\.[0-9a-f]+\.tmp$/;
const LEFTOVER_AGE_MS = 3_600_000;

export interface CacheEntry {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly lastUsed: number;
}

/**
 * Compiled images in a folder, by a key that says what they were compiled from. A help, never a
 * need: whatever goes wrong with it, the image is compiled.
 */
export class ImageCache {
  constructor(
    readonly folder: string,
    readonly limit: number = CACHE_LIMIT,
  ) {}

  /** The image of a key; undefined when there is none, or only a damaged one, which is removed. */
  async find(key: string): Promise<Image | undefined> {
    const path = this.#path(key);
    try {
      if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
      const { readElf } = await import("../image/index.js");
      const image = readElf(path, await readBinary(path));
      this.#touch(path);
      return image;
    } catch {
      this.#remove(path);
      return undefined;
    }
  }

  /** Keep an image. @returns whether that was possible */
  async store(key: string, image: Image): Promise<boolean> {
    const { writeElf } = await import("../image/index.js");
    try {
      const chunks = writeElf(image);
      if (chunks.reduce((size, chunk) => size + chunk.length, 0) > this.limit) return false;
      makeFolder(this.folder, 0o700);
      const path = this.#path(key);
      // Only files are ours: a pipe, say, would wait for a reader.
      if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === false) return false;
      await writeBinary(path, chunks);
      this.#shrink(path);
      return true;
    } catch {
      return false;
    }
  }

  /** Newest first. */
  entries(): CacheEntry[] {
    return this.#list(ENTRY).sort((a, b) => b.lastUsed - a.lastUsed);
  }

  /** Remove every image. @returns what was removed */
  clear(): CacheEntry[] {
    const entries = this.entries();
    for (const { path } of [...entries, ...this.#list(LEFTOVER)]) this.#remove(path);
    return entries;
  }

  #path(key: string): string {
    return join(this.folder, `${key}.elf`);
  }

  #list(pattern: RegExp): CacheEntry[] {
    let names: string[];
    try {
      names = readdirSync(this.folder);
    } catch {
      return [];
    }
    return names
      .filter((name) => pattern.test(name))
      .flatMap((name) => {
        const path = join(this.folder, name);
        const status = statSync(path, { throwIfNoEntry: false }); // another process may remove it
        return status ? [{ path, size: status.size, lastUsed: status.mtimeMs }] : [];
      });
  }

  /** Remove what was not used for longest, but not `newest`, until the rest is below the limit. */
  #shrink(newest: string): void {
    let total = 0;
    for (const { path, size } of this.entries()) {
      total += size;
      if (total > this.limit && path !== newest) this.#remove(path);
    }
    for (const { path, lastUsed } of this.#list(LEFTOVER))
      if (Date.now() - lastUsed > LEFTOVER_AGE_MS) this.#remove(path);
  }

  /** State that an image was used just now: those that were not for longest are removed. */
  #touch(path: string): void {
    try {
      const now = new Date();
      utimesSync(path, now, now);
    } catch {
      // Another's, or on a disk that takes no writes: as good an image as any.
    }
  }

  #remove(path: string): void {
    try {
      rmSync(path, { force: true });
    } catch {
      // It is not ours to remove; it will not be read either.
    }
  }
}
