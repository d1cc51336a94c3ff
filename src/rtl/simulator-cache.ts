import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

/** Simulators above this number are removed, the one that was not used for longest first. */
export const SIMULATOR_LIMIT = 12;

const ENTRY = /^[0-9a-f]{64}$/;
const LEFTOVER = /^\.[0-9a-f]{16}-|\.lock$/;
const LEFTOVER_AGE_MS = 3_600_000;
const POLL_MS = 200;

export interface SimulatorEntry {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly lastUsed: number;
}

/** Built simulators in the user's cache folder, by a key that says what they were built from. */
export class SimulatorCache {
  readonly folder: string;

  constructor(cacheFolder: string) {
    this.folder = join(cacheFolder, "simulators");
  }

  /** The path of a simulator that is there. */
  find(key: string): string | undefined {
    const path = join(this.folder, key);
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
    try {
      const now = new Date();
      utimesSync(path, now, now); // the order in which they are removed
    } catch {
      // A cache that is not ours to write can be used, too.
    }
    return path;
  }

  /** Move a program, which is on the same disk, into the cache. @returns its path */
  store(key: string, program: string): string {
    const path = join(this.folder, key);
    renameSync(program, path);
    this.#shrink();
    return path;
  }

  /** Newest first. */
  entries(): SimulatorEntry[] {
    return this.#list(ENTRY).sort((a, b) => b.lastUsed - a.lastUsed);
  }

  /** Remove every simulator. @returns what was removed */
  clear(): SimulatorEntry[] {
    const entries = this.entries();
    for (const { path } of entries) rmSync(path, { force: true });
    this.#removeLeftovers();
    return entries;
  }

  /**
   * Work for a key that no other process does at the same time. Who finds the lock held waits, and
   * takes over when its holder is no more.
   */
  async locked<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, `${key}.lock`);
    while (!takeLock(path)) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    try {
      return await work();
    } finally {
      rmSync(path, { force: true });
    }
  }

  #list(pattern: RegExp): SimulatorEntry[] {
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

  #shrink(): void {
    for (const { path } of this.entries().slice(SIMULATOR_LIMIT)) rmSync(path, { force: true });
    this.#removeLeftovers();
  }

  #removeLeftovers(): void {
    for (const { path, lastUsed } of this.#list(LEFTOVER))
      if (Date.now() - lastUsed > LEFTOVER_AGE_MS) rmSync(path, { recursive: true, force: true });
  }
}

/** @returns whether the lock is ours now */
function takeLock(path: string): boolean {
  try {
    const file = openSync(path, "wx");
    writeSync(file, `${process.pid}`);
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  if (holderLives(path)) return false;
  rmSync(path, { force: true });
  return false; // the next try decides who gets it
}

function holderLives(path: string): boolean {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    // Empty for the moment between its creation and its writing.
    if (pid === 0) return Date.now() - statSync(path).mtimeMs < 10_000;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // alive, of another user
  }
}
