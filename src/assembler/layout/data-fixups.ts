import { type Assembly, shortened } from "../assembly.js";
import type { Scope } from "../symbols/symbol-table.js";
import type { Expression } from "../syntax/ast.js";
import { type SectionBuilder, writeInteger } from "./section-builder.js";

/** An integer in a section that is known only when all addresses are. */
export interface DataFixup {
  readonly section: SectionBuilder;
  readonly offset: number;
  /** 1, 2, 4 or 8 bytes. */
  readonly width: number;
  readonly expression: Expression;
  readonly scope: Scope;
}

/** Whether an integer fits into so many bytes, with or without sign; reports it if not. */
export function fitsWidth(
  assembly: Assembly,
  value: bigint,
  width: number,
  expression: Expression,
  scope: Scope,
): boolean {
  const bits = BigInt(8 * width);
  const [min, max] = [-(1n << (bits - 1n)), (1n << bits) - 1n];
  if (value >= min && value <= max) return true;
  assembly.error(
    scope,
    expression,
    `${shortened(value)} does not fit into ${width} byte${width > 1 ? "s" : ""}, expected ${min} to ${max}`,
  );
  return false;
}

/** Fill in the integers that waited for addresses. */
export function applyFixups(
  assembly: Assembly,
  contents: ReadonlyMap<SectionBuilder, Uint8Array>,
): void {
  for (const { section, offset, width, expression, scope } of assembly.fixups) {
    const value = assembly.reporting(() => assembly.evaluator.integer(expression, scope));
    if (value === undefined || !fitsWidth(assembly, value, width, expression, scope)) continue;
    const bytes = contents.get(section)!;
    if (bytes.length < section.size) continue; // there was no memory for it, which is reported
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    writeInteger(view, offset, value, width);
  }
}
