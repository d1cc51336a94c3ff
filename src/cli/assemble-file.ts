import { extname } from "node:path";
import type { AssembleResult } from "../assembler/index.js";
import { DiagnosticsError } from "../diagnostics/diagnostic.js";
import { codeSection, type Image, rawBinary, readmemh, writeElf } from "../image/index.js";
import { printDiagnostics } from "./diagnostics.js";
import type { AssemblySettings } from "./flags.js";
import { displayName, readBinary } from "./input.js";
import { assembleText } from "./load-program.js";
import { STANDARD_STREAM, writeBinary, writeText, writeTextPieces } from "./output.js";
import { UsageError } from "./usage-error.js";

/** What the flags of `asm` say. */
export interface AssemblyOutputs extends AssemblySettings {
  readonly output?: string | undefined;
  readonly listing?: string | undefined;
  readonly symbols?: string | undefined;
  readonly expanded?: string | undefined;
  readonly readmemh?: string | undefined;
  readonly binary?: string | undefined;
  /** That `readmemh` and `binary` write. */
  readonly section: string;
  readonly "word-bits": number;
  readonly "fatal-warnings": boolean;
}

/**
 * Assemble a source and write what was asked for. Nothing is written when the source has an error.
 * @param silent do not print warnings
 * @returns a summary, for --json
 * @throws DiagnosticsError, UserError, UsageError
 */
export async function assembleFile(
  source: string,
  settings: AssemblyOutputs,
  { silent }: { silent: boolean },
) {
  const outputs = requestedOutputs(source, settings);
  const result = await assembleText(source, await readBinary(source), settings);
  const { diagnostics, image } = result;
  if (settings["fatal-warnings"] && diagnostics.length > 0) throw new DiagnosticsError(diagnostics);
  if (!silent) printDiagnostics(diagnostics);
  for (const { path, write } of outputs) await write(path, result);
  return {
    source: displayName(source),
    written: outputs.map(({ path }) => path),
    configuration: image.configuration,
    instructions: (codeSection(image)?.size ?? 0) / 8,
    sections: image.sections.map(({ name, kind, address, size }) => ({
      name,
      kind,
      address,
      size,
    })),
    symbols: image.symbols.length,
    diagnostics,
  };
}

interface Output {
  readonly path: string;
  write(path: string, result: AssembleResult & { image: Image }): Promise<void>;
}

function requestedOutputs(source: string, settings: AssemblyOutputs): Output[] {
  const { listing, symbols, expanded, section, "word-bits": wordBits } = settings;
  const outputs: Output[] = [];
  const add = (path: string | undefined, write: Output["write"]) => {
    if (path !== undefined) outputs.push({ path, write });
  };
  add(listing, (path, result) => writeText(path, result.listing()));
  add(symbols, (path, result) => writeText(path, result.symbolMap()));
  add(expanded, (path, result) => writeText(path, result.expanded()));
  add(settings.readmemh, (path, { image }) =>
    writeTextPieces(path, readmemh(image, { section }, wordBits)),
  );
  add(settings.binary, (path, { image }) => writeBinary(path, rawBinary(image, { section })));
  const image = settings.output ?? (outputs.length === 0 ? imageName(source) : undefined);
  add(image, (path, result) => writeBinary(path, writeElf(result.image)));

  const toStandardOutput = outputs.filter(({ path }) => path === STANDARD_STREAM);
  if (toStandardOutput.length > 1)
    throw new UsageError("only one output can go to standard output");
  return outputs;
}

/** `a/kernel.tasm` becomes `a/kernel.elf`. */
function imageName(source: string): string {
  if (source === STANDARD_STREAM) return STANDARD_STREAM;
  const extension = extname(source);
  return `${extension === ".elf" ? source : source.slice(0, source.length - extension.length)}.elf`;
}
