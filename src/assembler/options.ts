import type { Configuration } from "../isa/index.js";

export interface AssembleOptions {
  /** The contents of a file that the source includes, or undefined when there is no such file. */
  readFile(path: string): Uint8Array | undefined;
  /** Directories that are searched after that of the including file. */
  readonly includePaths?: readonly string[];
  /** Constants that are defined before the first line. */
  readonly defines?: Readonly<Record<string, bigint>>;
  /** The configuration to assemble for; d5005 when absent. */
  readonly configuration?: Configuration;
}
