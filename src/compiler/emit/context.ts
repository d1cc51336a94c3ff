import type { Packing } from "../../ternary/packing.js";
import type { LoweredProgram } from "../backend.js";
import type { Program } from "../ir/types.js";
import type { DataPlan } from "../layout/data-plan.js";
import { Addressing } from "./addressing.js";
import { AssemblyText } from "./text.js";

/** What emission needs to know, and the text that it appends to. */
export interface EmitContext {
  readonly program: Program;
  readonly plan: DataPlan;
  readonly packing: Packing;
  readonly text: AssemblyText;
  readonly addressing: Addressing;
}

/** What the emission of a lowered program needs, with an empty text. */
export function emitContext(
  { program, plan, extent }: LoweredProgram,
  packing: Packing,
): EmitContext {
  const text = new AssemblyText();
  return {
    program,
    plan,
    packing,
    text,
    addressing: new Addressing(program, packing, text, extent),
  };
}
