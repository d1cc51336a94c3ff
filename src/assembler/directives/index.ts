import * as data from "./data.js";
import type { Directive } from "./directive.js";
import type { CommandDirective } from "./directive-names.js";
import * as files from "./files.js";
import * as messages from "./messages.js";
import * as sections from "./sections.js";
import * as space from "./space.js";
import * as symbols from "./symbols.js";
import { trits } from "./trits.js";

/** `.include` is not here: it goes on with another text, which is the expander's business. */
export const DIRECTIVES: Readonly<Record<Exclude<CommandDirective, ".include">, Directive>> = {
  ".text": sections.namedSection,
  ".data": sections.namedSection,
  ".rodata": sections.namedSection,
  ".bss": sections.namedSection,
  ".section": sections.section,
  ".balign": space.balign,
  ".byte": data.integers(1),
  ".half": data.integers(2),
  ".word": data.integers(4),
  ".dword": data.integers(8),
  ".fixed": data.fixed,
  ".float": data.float,
  ".ascii": data.strings(false),
  ".asciz": data.strings(true),
  ".zero": space.zero,
  ".fill": space.fill,
  ".trits": trits,
  ".inctrits": files.inctrits,
  ".incbin": files.incbin,
  ".equ": symbols.equ,
  ".set": symbols.equ,
  ".reg": symbols.reg,
  ".globl": symbols.globl,
  ".global": symbols.globl,
  ".tensor": symbols.tensor,
  ".entry": symbols.entry,
  ".file": files.file,
  ".error": messages.error,
  ".warning": messages.warning,
};
