import type { InstructionId } from "../../isa/index.js";
import type { Semantics } from "../operation.js";
import { control } from "./control.js";
import { loadStore } from "./load-store.js";
import { rms } from "./rms.js";
import { rowwise } from "./rowwise.js";
import { scalar } from "./scalar.js";
import { ternary } from "./tmatmul.js";

/** What each instruction does. A row of isa/instructions.yaml without an entry does not compile. */
export const SEMANTICS: Readonly<Record<InstructionId, Semantics>> = {
  ...loadStore,
  ...rowwise,
  ...rms,
  ...ternary,
  ...scalar,
  ...control,
};
