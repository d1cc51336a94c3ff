import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/** A stretch of the card's memory that was loaded. */
export interface LoadedBlock {
  readonly address: number;
  readonly length: number;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
}

/** What was loaded onto a card, by the number that was left there with it. */
export interface CardContents {
  readonly nonce: bigint;
  readonly blocks: readonly LoadedBlock[];
}

/** Remembers what cards hold, from one command to the next. */
export interface ContentsStore {
  find(nonce: bigint): CardContents | undefined;
  store(contents: CardContents): void;
}

/** Remembers as long as the process lives. */
export class MemoryContentsStore implements ContentsStore {
  readonly #known = new Map<bigint, CardContents>();

  find(nonce: bigint): CardContents | undefined {
    return this.#known.get(nonce);
  }

  store(contents: CardContents): void {
    this.#known.set(contents.nonce, contents);
  }
}

/** Files that are kept; one a load of a card. */
const LIMIT = 16;
const HEX = /^[0-9a-f]{16}\.json$/;

/** Remembers in the user's cache folder. What cannot be read or written is not remembered: then all is loaded. */
export class FileContentsStore implements ContentsStore {
  readonly folder: string;

  constructor(cacheFolder: string) {
    this.folder = join(cacheFolder, "cards");
  }

  find(nonce: bigint): CardContents | undefined {
    try {
      const value: unknown = JSON.parse(readFileSync(this.#path(nonce), "utf8"));
      return Array.isArray(value) && value.every(isBlock) ? { nonce, blocks: value } : undefined;
    } catch {
      return undefined;
    }
  }

  store({ nonce, blocks }: CardContents): void {
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      const path = this.#path(nonce);
      const temporary = `${path}.${process.pid}`;
      writeFileSync(temporary, JSON.stringify(blocks));
      renameSync(temporary, path);
      this.#shrink();
    } catch {
      // A cache that is not ours to write.
    }
  }

  #path(nonce: bigint): string {
    return join(this.folder, `${nonce.toString(16).padStart(16, "0")}.json`);
  }

  #shrink(): void {
    const paths = readdirSync(this.folder)
      .filter((name) => HEX.test(name))
      .map((name) => join(this.folder, name));
    const age = (path: string) => statSync(path).mtimeMs;
    for (const path of paths.sort((a, b) => age(b) - age(a)).slice(LIMIT))
      rmSync(path, { force: true });
  }
}

function isBlock(value: unknown): value is LoadedBlock {
  if (typeof value !== "object" || value === null) return false;
  const { address, length, hash } = value as Record<string, unknown>;
  return Number.isSafeInteger(address) && Number.isSafeInteger(length) && typeof hash === "string";
}
