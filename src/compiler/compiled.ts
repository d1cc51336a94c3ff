import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Image } from "../image/image.js";
import type { Configuration } from "../isa/spec.js";
import { imageOf } from "./image-of.js";
import { formatProgram } from "./ir/print.js";
import type { Program } from "./ir/types.js";

/** What the compiler makes. */
export interface Compiled {
  /** Name of the main assembly file. */
  readonly file: string;
  /** Its text. */
  readonly assembly: string;
  /** The files that it includes, by the name under which it does. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Warnings. */
  readonly diagnostics: readonly Diagnostic[];
  /** The intermediate representation that the code was made from, as text. */
  ir(): string;
  /** The program: what the assembler makes of `assembly` and `files`. */
  image(): Image;
}

/** A name as part of a file name. */
export function fileStem(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]+/g, "_") || "program";
}

export function compiledProgram(
  parts: Pick<Compiled, "file" | "assembly" | "files" | "diagnostics"> & {
    readonly program: Program;
    readonly configuration: Configuration;
  },
): Compiled {
  const { file, assembly, files, diagnostics, program, configuration } = parts;
  return {
    file,
    assembly,
    files,
    diagnostics,
    ir: () => formatProgram(program),
    image: () => imageOf(file, assembly, files, configuration),
  };
}
