import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Image } from "../image/image.js";
import { DEFAULT_CONFIGURATION } from "../isa/configurations.js";
import { Assembly } from "./assembly.js";
import { Expander } from "./expansion/expander.js";
import { type Finished, finish } from "./layout/finish.js";
import type { AssembleOptions } from "./options.js";
import { expandedSource } from "./output/expanded-source.js";
import { listing } from "./output/listing.js";
import { symbolMap } from "./output/symbol-map.js";
import { fileOrigin } from "./source/origin.js";
import { SourceFile } from "./source/source-file.js";
import { checkSource } from "./source/source-text-check.js";
import { SourceText } from "./syntax/source-text.js";

export interface AssembleResult {
  /** Absent when a diagnostic is an error. */
  readonly image?: Image;
  readonly diagnostics: readonly Diagnostic[];
  /** Address, bytes and source of every line, with macros and repetitions expanded. */
  listing(): string;
  /** Every symbol by address. */
  symbolMap(): string;
  /** The program as one source without macros, repetitions, conditions and includes. */
  expanded(): string;
}

/**
 * Assemble a program.
 * @param file the name of the text in messages; includes are looked for beside it
 * @param text the source; docs/assembly.md describes the language
 */
export function assemble(file: string, text: string, options: AssembleOptions): AssembleResult {
  const configuration = options.configuration ?? DEFAULT_CONFIGURATION;
  const wrong = checkSource(text);
  if (wrong) return noSource(`${file}: ${wrong.problem}`, wrong.help);
  const assembly = new Assembly(options, configuration);
  const expander = new Expander(assembly);
  const source = new SourceText(text, fileOrigin(new SourceFile(file, text)));
  expander.runAll({ source, frame: undefined });
  // After a limit the rest was not read: what it defines would be missed now.
  const { image, contents, symbols } = expander.isStopped ? UNFINISHED : finish(assembly);
  return {
    ...(image && { image }),
    diagnostics: assembly.reporter.diagnostics(),
    listing: () => listing(expander.listed, contents),
    symbolMap: () => symbolMap(symbols),
    expanded: () => expandedSource(expander.listed, file, options),
  };
}

const UNFINISHED: Finished = { image: undefined, contents: new Map(), symbols: [] };

function noSource(message: string, help: string | undefined): AssembleResult {
  return {
    diagnostics: [{ severity: "error", message, ...(help !== undefined && { help }) }],
    listing: () => "",
    symbolMap: () => "",
    expanded: () => "",
  };
}
