import { mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Make a folder and those above it that are missing.
 *
 * Not mkdir's own `recursive`: where the system says ENOENT of a folder whose parent exists, as it
 * does everywhere in /proc, Node 20 tries again for ever.
 * @param mode of every folder that is made
 * @throws the system's error, such as ENOENT, EACCES, EROFS, ENOSPC; EEXIST or ENOTDIR when
 *   something else is in the way
 */
export function makeFolder(folder: string, mode = 0o777): void {
  const path = resolve(folder);
  if (isFolder(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent, mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (!isFolder(path)) throw error; // else another process was faster
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
