/**
 * The source files of a program. DWARF stores a directory and a name; the split at the last slash
 * loses nothing, as directory 0 (the working directory) is only used for names without a slash.
 */
export class FileTable {
  readonly directories: string[] = ["."];
  readonly files: { readonly name: string; readonly directory: number }[] = [];
  readonly #directoryIndex = new Map<string, number>();
  readonly #fileIndex = new Map<string, number>();

  /** Number of a file, which is added when it is new. */
  indexOf(path: string): number {
    const known = this.#fileIndex.get(path);
    if (known !== undefined) return known;
    const slash = path.lastIndexOf("/");
    const directory = slash < 0 ? 0 : this.#directory(path.slice(0, slash));
    this.files.push({ name: path.slice(slash + 1), directory });
    this.#fileIndex.set(path, this.files.length - 1);
    return this.files.length - 1;
  }

  #directory(path: string): number {
    const known = this.#directoryIndex.get(path);
    if (known !== undefined) return known;
    this.directories.push(path);
    this.#directoryIndex.set(path, this.directories.length - 1);
    return this.directories.length - 1;
  }
}

/** The path that FileTable split. */
export function joinPath(directory: number, directoryPath: string, name: string): string {
  return directory === 0 ? name : `${directoryPath}/${name}`;
}
