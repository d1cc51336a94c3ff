import { nearest } from "../../diagnostics/suggest.js";
import type { Assembly } from "../assembly.js";
import { forms } from "../instructions/forms.js";
import type { Scope } from "../symbols/symbol-table.js";
import type { Command } from "../syntax/ast.js";
import { DIRECTIVE_NAMES } from "./directive-names.js";

/** Directives of other assemblers, and ours for them. */
const COUNTERPARTS: Readonly<Record<string, string>> = {
  ".align": ".balign",
  ".p2align": ".balign",
  ".quad": ".dword",
  ".long": ".word",
  ".int": ".word",
  ".short": ".half",
  ".string": ".asciz",
  ".space": ".zero",
  ".skip": ".zero",
  ".elif": ".elseif",
};

export function reportUnknownDirective(
  assembly: Assembly,
  { name, nameRange }: Command,
  scope: Scope,
): void {
  const similar = Object.hasOwn(COUNTERPARTS, name)
    ? COUNTERPARTS[name]
    : forms().has(name.slice(1))
      ? name.slice(1)
      : nearest(name, DIRECTIVE_NAMES);
  const help = similar === undefined ? undefined : `did you mean "${similar}"?`;
  assembly.error(scope, nameRange, `unknown directive "${name}"`, help);
}
