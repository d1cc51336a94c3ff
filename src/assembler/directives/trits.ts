import { PACKINGS } from "../../isa/index.js";
import { type Packing, pack, packedSize } from "../../ternary/packing.js";
import type { Assembly } from "../assembly.js";
import type { Scope } from "../symbols/symbol-table.js";
import type { Operand } from "../syntax/ast.js";
import {
  asName,
  asString,
  type Directive,
  dataSection,
  hasOperands,
  mayGrow,
} from "./directive.js";

/** The packing that an operand names, or undefined after an error was reported. */
export function packingOperand(
  assembly: Assembly,
  operand: Operand,
  scope: Scope,
): Packing | undefined {
  const expected = `a packing (${Object.keys(PACKINGS).join(" or ")})`;
  const name = asName(assembly, operand, scope, expected);
  if (name === undefined) return undefined;
  if (Object.hasOwn(PACKINGS, name)) return name as Packing;
  assembly.error(scope, operand, `expected ${expected}, found "${name}"`);
  return undefined;
}

const TRIT_VALUES: Readonly<Record<string, number>> = { "-": -1, "0": 0, "+": 1 };

/** `.trits packing, "+0-+", "0--0"`: a ternary matrix, one string a row. */
export const trits: Directive = (assembly, command, scope) => {
  const usage = '.trits t4, "+0-+", "0--0"';
  if (!hasOperands(assembly, command, scope, [2, Infinity], usage)) return;
  const [packingName, ...rowOperands] = command.operands;
  const packing = packingOperand(assembly, packingName!, scope);
  const rows = rowOperands.map((row) => asString(assembly, row, scope, "a row of + 0 -"));
  const section = dataSection(assembly, command, scope);
  if (!packing || !section || !rows.every((row) => row !== undefined)) return;
  const columns = rows[0]!.value.length;
  const size = packedSize(rows.length, columns, packing);
  if (!mayGrow(assembly, size, scope, command)) return;
  if (!assembly.mayWrite(size, scope, command)) return;
  const values = new Int8Array(rows.length * columns);
  for (const [i, row] of rows.entries()) {
    if (row.value.length !== columns || columns === 0) {
      const message =
        columns === 0
          ? "a row without trits"
          : `this row has ${row.value.length} trits, the first one has ${columns}`;
      return assembly.error(scope, row, message);
    }
    for (let k = 0; k < columns; k++) {
      const trit = TRIT_VALUES[row.value[k]!];
      if (trit === undefined) {
        const at = { start: row.start + 1 + k, end: row.start + 2 + k };
        return assembly.error(scope, at, `"${row.value[k]}" is no trit, expected +, 0 or -`);
      }
      values[i * columns + k] = trit;
    }
  }
  section.append(pack(values, rows.length, columns, packing));
};
