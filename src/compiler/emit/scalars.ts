import { SCALAR_REGISTERS, SCALAR_ROLES, type ScalarRole } from "../registers/scalar-roles.js";
import type { AssemblyText } from "./text.js";

/** Declares the names of the registers that `used` says the program uses. */
export function declareScalars(text: AssemblyText, used: (role: ScalarRole) => boolean): void {
  for (const [role, meaning] of Object.entries(SCALAR_ROLES))
    if (used(role as ScalarRole))
      text.directive(".reg", `${role}, x${SCALAR_REGISTERS[role as ScalarRole]}`, meaning);
}
