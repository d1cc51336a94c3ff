import type { Specification } from "./load.js";
import { GENERATED } from "./names.js";
import { functionTables } from "./tables.js";

/** src/numerics/generated.ts: the function tables. */
export function emitTables({ machine }: Specification): string {
  const { log2e, exp2, sig } = functionTables(machine.numerics);
  const array = (values: readonly number[]) => `new Uint32Array([${values.join(", ")}])`;
  return `// ${GENERATED}

/** round(log2(e) * 2^${machine.numerics.table_fraction_bits}) */
export const LOG2E = ${log2e};
/** ${machine.tables.EXP2} */
export const EXP2 = ${array(exp2)};
/** ${machine.tables.SIG} */
export const SIG = ${array(sig)};
`;
}
