import type { Specification } from "./load.js";
import { aliasesPage } from "./manual/aliases.js";
import { overviewPage } from "./manual/index-page.js";
import { machinePage } from "./manual/machine.js";
import { numericsPage } from "./manual/numerics.js";
import { unitPage } from "./manual/unit.js";

/** docs/isa: the reference manual, a page a file, by its name in that folder. */
export function emitManual(spec: Specification): Record<string, string> {
  const units = Object.keys(spec.machine.units);
  return {
    "README.md": overviewPage(spec),
    "machine.md": machinePage(spec),
    "numerics.md": numericsPage(spec),
    ...Object.fromEntries(units.map((unit) => [`${unit}.md`, unitPage(spec, unit)])),
    "aliases.md": aliasesPage(spec),
  };
}
