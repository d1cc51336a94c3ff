import { assemble } from "../assembler/index.js";
import { DiagnosticsError } from "../diagnostics/diagnostic.js";
import type { Image } from "../image/image.js";
import type { Configuration } from "../isa/spec.js";

/**
 * The image of a compiled program: its assembly, assembled.
 * @param files what the assembly includes
 * @throws DiagnosticsError when the assembler refuses it, such as for a symbol's name
 */
export function imageOf(
  file: string,
  assembly: string,
  files: ReadonlyMap<string, Uint8Array>,
  configuration: Configuration,
): Image {
  const { image, diagnostics } = assemble(file, assembly, {
    readFile: (path) => files.get(path),
    configuration,
  });
  if (!image) throw new DiagnosticsError(diagnostics);
  return image;
}
