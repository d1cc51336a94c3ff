import { posix } from "node:path";
import type { AssembleOptions } from "../options.js";

type FileOptions = Pick<AssembleOptions, "readFile" | "includePaths">;

/** Where a file that `from` names may be, in the order in which it is looked for. */
function candidates(name: string, from: string, { includePaths = [] }: FileOptions): string[] {
  if (/^(?:[/\\]|[A-Za-z]:[/\\])/.test(name)) return [name];
  const directories = [directoryOf(from), ...includePaths];
  return [
    ...new Set(directories.map((directory) => posix.join(slashes(directory), slashes(name)))),
  ];
}

/** With "/" between directories, which every platform reads. */
function slashes(path: string): string {
  return path.includes("/") ? path : path.replaceAll("\\", "/");
}

function directoryOf(file: string): string {
  return posix.dirname(slashes(file));
}

export function findFile(
  name: string,
  from: string,
  options: FileOptions,
): { path: string; bytes: Uint8Array } | undefined {
  if (name === "" || name.includes("\0")) return undefined;
  for (const path of candidates(name, from, options)) {
    const bytes = options.readFile(path);
    if (bytes) return { path, bytes };
  }
  return undefined;
}

/** Where a file was looked for, as help. */
export function searchedText(name: string, from: string, options: FileOptions): string {
  return `looked for ${candidates(name, from, options).join(", ")}`;
}
