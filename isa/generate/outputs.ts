import { emitCompletion } from "./emit-completion.js";
import { emitGrammar } from "./emit-grammar.js";
import { emitManual } from "./emit-manual.js";
import { emitSnippets } from "./emit-snippets.js";
import { emitSystemVerilog } from "./emit-systemverilog.js";
import { emitTables } from "./emit-tables.js";
import { emitTypeScript } from "./emit-typescript.js";
import type { Specification } from "./load.js";

/** Every derived file's text, by its path from the project's root. */
export function generate(spec: Specification): Map<string, string> {
  const files = {
    "src/isa/generated.ts": emitTypeScript(spec),
    "src/numerics/generated.ts": emitTables(spec),
    "rtl/ternac_pkg.sv": emitSystemVerilog(spec),
    "editors/completion.json": emitCompletion(spec),
    "editors/vscode/syntaxes/tasm.tmLanguage.json": emitGrammar(spec),
    "editors/vscode/snippets/tasm.json": emitSnippets(spec),
  };
  const manual = Object.entries(emitManual(spec)).map(
    ([name, text]) => [`docs/isa/${name}`, text] as const,
  );
  return new Map([...Object.entries(files), ...manual]);
}

/** Folders that hold generated files only, so that a file that is no longer derived is found. */
export const GENERATED_FOLDERS = ["docs/isa"];
