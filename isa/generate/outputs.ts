import { emitSystemVerilog } from "./emit-systemverilog.js";
import { emitTables } from "./emit-tables.js";
import { emitTypeScript } from "./emit-typescript.js";
import type { Specification } from "./load.js";

/** Every derived file's text, by its path from the project's root. */
export function generate(spec: Specification): Map<string, string> {
  return new Map(
    Object.entries({
      "src/isa/generated.ts": emitTypeScript(spec),
      "src/numerics/generated.ts": emitTables(spec),
      "rtl/ternac_pkg.sv": emitSystemVerilog(spec),
    }),
  );
}

/** Folders that hold generated files only, so that a file that is no longer derived is found. */
export const GENERATED_FOLDERS = ["docs/isa"];
