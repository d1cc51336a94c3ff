import { emitAfu } from "./accelerator/emit-afu.js";
import { emitCsrHeader } from "./accelerator/emit-cpp.js";
import { emitCsrManual } from "./accelerator/emit-manual.js";
import { emitCsrPackage } from "./accelerator/emit-systemverilog.js";
import { emitCsrTypeScript } from "./accelerator/emit-typescript.js";
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
    "rtl/card/ternac_csr_pkg.sv": emitCsrPackage(spec),
    "rtl/ofs/ternac.json": emitAfu(spec),
    "rtl/sim/board/registers.h": emitCsrHeader(spec),
    "src/board/generated.ts": emitCsrTypeScript(spec),
    "docs/card/csr.md": emitCsrManual(spec),
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
