import type { AssembleResult } from "../assembler/index.js";
import { DiagnosticsError, UserError } from "../diagnostics/diagnostic.js";
import type { Image } from "../image/image.js";
import { DEFAULT_CONFIGURATION } from "../isa/configurations.js";
import { printDiagnostics, rememberStandardInput } from "./diagnostics.js";
import { type AssemblySettings, parseDefines } from "./flags.js";
import { displayName, isElf, readBinary, readIfPresent } from "./input.js";
import { STANDARD_STREAM } from "./output.js";

/** The image in an ELF file, `-` for standard input. @throws UserError when it is none */
export async function loadImage(path: string): Promise<Image> {
  return (await loadImageFile(path)).image;
}

/** The same, with the file's bytes, which the image's data are views of. */
export async function loadImageFile(path: string): Promise<{ image: Image; bytes: Uint8Array }> {
  const bytes = await readBinary(path);
  const file = displayName(path);
  if (!isElf(bytes) && path.endsWith(".tasm"))
    throw new UserError(`${file} is no image but a source text`, `assemble it: ternac asm ${file}`);
  const { readElf } = await import("../image/index.js");
  return { image: readElf(file, bytes), bytes };
}

/**
 * The image in an ELF file, or what the assembler makes of a source text; `-` for standard input.
 * Warnings are printed.
 * @throws UserError, DiagnosticsError
 */
export async function loadProgram(path: string, settings: AssemblySettings): Promise<Image> {
  const bytes = await readBinary(path);
  if (isElf(bytes)) {
    const { readElf } = await import("../image/index.js");
    return readElf(displayName(path), bytes);
  }
  const { image, diagnostics } = await assembleText(path, bytes, settings);
  printDiagnostics(diagnostics);
  return image;
}

/**
 * Assemble a source text.
 * @throws DiagnosticsError when it has errors
 */
export async function assembleText(
  path: string,
  bytes: Uint8Array,
  settings: AssemblySettings,
): Promise<AssembleResult & { image: Image }> {
  if (bytes.includes(0))
    throw new UserError(
      `${displayName(path)} is no source text: it holds a zero byte`,
      "expected assembly source, or an ELF image where a command takes one",
    );
  const text = new TextDecoder().decode(bytes);
  if (path === STANDARD_STREAM) rememberStandardInput(text);
  const { assemble } = await import("../assembler/index.js");
  const result = assemble(displayName(path), text, {
    readFile: readIfPresent,
    includePaths: settings["include-path"] ?? [],
    defines: parseDefines(settings.define),
    configuration: settings.config ?? DEFAULT_CONFIGURATION,
  });
  const { image } = result;
  if (!image) throw new DiagnosticsError(result.diagnostics);
  return { ...result, image };
}
