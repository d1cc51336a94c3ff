import type { Scope } from "../symbols/symbol-table.js";
import type { Expression, Range } from "../syntax/ast.js";
import type { Template } from "./forms.js";
import type { ParsedOperand } from "./operands.js";

/** A word of .text whose operands' values are not known yet. */
export type PendingWord = PendingInstruction | PendingData;

export interface PendingInstruction {
  readonly kind: "instruction";
  readonly mnemonic: string;
  readonly template: Template;
  /** As written; the template says which of them go where. */
  readonly operands: readonly ParsedOperand[];
  readonly scope: Scope;
  readonly range: Range;
}

/** `.dword` in .text: any 64 bits. */
export interface PendingData {
  readonly kind: "data";
  readonly value: Expression;
  readonly scope: Scope;
  readonly range: Range;
}
